"""A report is sent: from then on it stays as it was counted."""

from sqlalchemy import Connection

from engine.deadlines.calendar import local
from engine.errors import NotPermitted
from engine.errors.reports import ReportPeriodUnfinished
from engine.model.actor import Actor, Permission, may_at
from engine.model.report import Kind, as_json
from engine.reports.asked import Asked
from engine.reports.frozen import freeze
from engine.reports.kinds import COUNTINGS
from engine.reports.members import members
from engine.store import sent_reports


def send_report(tx: Connection, kind: Kind, asked: Asked, actor: Actor) -> int:
    """Count a report, number it and keep it with the dossiers behind its figures; gives its id.

    Raises `NotPermitted`, `ReportPeriodUnfinished`, and whatever counting raises.
    """
    if not may_at(actor, Permission.REPORT_SEND, asked.agency):
        raise NotPermitted(what=f"gửi báo cáo của cơ quan {asked.agency}")
    if asked.period.end > local(asked.now).date():
        raise ReportPeriodUnfinished(end=f"{asked.period.end:%d/%m/%Y}")
    report = COUNTINGS[kind].count(tx, asked)
    behind = members(tx, kind, asked, report)
    ids = sorted({id_ for figure in behind.values() for id_ in figure})
    document = freeze(behind, sent_reports.lengths_of_logs(tx, ids))
    counted = document, len(ids)
    return sent_reports.keep(tx, as_json(report), counted, actor.id, asked.now)
