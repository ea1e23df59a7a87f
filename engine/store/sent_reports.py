"""Reports as they were sent: numbered, kept for ever, and covered by the log of administration."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from engine.deadlines.calendar import local
from engine.model.office_event import OfficeEvent, OfficeEventType, agency_subject
from engine.store import books, office_log
from engine.store.chain import canonical
from engine.store.report_tables import sent_report as table
from engine.store.tables import dossier

BOOK = "report"
_AT_ONCE = 5_000


def keep(
    tx: Connection,
    report: Mapping[str, Any],
    counted: tuple[bytes, int],
    by: int,
    now: datetime,
) -> int:
    """Number a report and keep it with what it counted; gives its id.

    `report` is as `engine.model.report.as_json` gives it, `counted` the dossiers behind its figures
    (`engine.reports.frozen`) and how many there are.
    """
    office_log.one_at_a_time(tx)
    agency, year = report["agency"]["code"], local(now).year
    number = books.next_number(tx, agency, BOOK, year)
    document, dossiers = counted
    digest = digest_of(report, document)
    period = report["period"]
    told = {"kind": report["kind"], "period": period, "number": number, "year": year}
    event = OfficeEvent(
        OfficeEventType.REPORT_SENT,
        agency,
        agency_subject(agency),
        after={**told, "dossiers": dossiers, "digest": digest},
    )
    office_log.record(tx, event, str(by), now)
    row = {
        **{name: report[name] for name in ("kind", "level", "field")},
        "agency": agency,
        "year": year,
        "number": number,
        "start_on": date.fromisoformat(period["start"]),
        "end_on": date.fromisoformat(period["end"]),
        "report": report,
        "counted": document,
        "dossiers": dossiers,
        "digest": digest,
        "sent_at": now,
        "sent_by": by,
    }
    return int(tx.execute(insert(table).values(row).returning(table.c.id)).scalar_one())


def digest_of(report: Mapping[str, Any], counted: bytes) -> str:
    """What stands for a report with all that it counted."""
    return hashlib.sha256(canonical(report) + hashlib.sha256(counted).digest()).hexdigest()


def lengths_of_logs(tx: Connection, ids: Sequence[int]) -> dict[int, int]:
    """How many events each of these dossiers has."""
    found: dict[int, int] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        query = select(dossier.c.id, dossier.c.seq).where(dossier.c.id.in_(some))
        found.update({row.id: row.seq for row in tx.execute(query)})
    return found
