"""Reports for those who may read them, and the dossiers behind their figures."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from engine.deadlines.calendar import local
from engine.errors import NotPermitted
from engine.life.reporting import Ending
from engine.model.actor import Actor, Permission, may_at
from engine.model.report import Kind, Report
from engine.model.status import STATUS_NAMES, Channel, Status
from engine.queries.paging import Page, Slice, page
from engine.reports.asked import Asked, Figure
from engine.reports.kinds import COUNTINGS
from engine.reports.standing_then import held_on
from engine.store.report_tables import report_state as state
from engine.store.tables import dossier, procedure
from engine.store.visibility import visible_dossiers


@dataclass(frozen=True)
class CountedDossier:
    """A dossier behind a figure: as reports saw it at the end of the period, and how it stands now
    (`status`). One that was not received by then had no dates."""

    code: str
    procedure: str
    procedure_name: str
    owner_name: str
    competent_agency: str
    receiving_agency: str
    channel: Channel
    received_on: date | None
    due_on: date | None
    first_due_on: date | None
    ended_on: date | None
    ending: Ending | None
    halted_on: date | None
    pause: str | None
    pause_until_on: date | None
    status: Status
    status_name: str


def count_report(tx: Connection, kind: Kind, asked: Asked, actor: Actor) -> Report:
    """Count a report; raises `NotPermitted`, `AgencyUnknown`, `ReportPeriodInvalid`."""
    require_reader(actor, asked)
    return COUNTINGS[kind].count(tx, asked)


def list_behind(
    tx: Connection, wanted: Slice, kind: Kind, asked: Asked, figure: Figure, actor: Actor
) -> Page[CountedDossier]:
    """The dossiers that a figure counts and the actor may read, the latest handed in first.

    Raises as `count_report`, and `FigureUnknown`.
    """
    require_reader(actor, asked)
    ids = COUNTINGS[kind].behind(tx, asked, figure)
    end = min(asked.period.end, local(asked.now).date())
    query = (
        select(dossier.c.id, *_SAID)
        .outerjoin(state, (state.c.dossier_id == dossier.c.id) & held_on(end))
        .join(procedure, procedure.c.code == dossier.c.procedure)
        .where(dossier.c.id.in_(ids), visible_dossiers(actor, Permission.DOSSIER_READ))
        .order_by(dossier.c.id.desc())
    )
    query = query.where(dossier.c.id < wanted.after[0]) if wanted.after else query
    rows = tx.execute(query.limit(wanted.limit + 1)).all()
    return page(rows, wanted, _item, lambda row: (row.id,))


_SAID = (
    dossier.c.code, procedure.c.code.label("procedure"), procedure.c.name.label("procedure_name"),
    dossier.c.owner_name, dossier.c.status, dossier.c.competent_agency,
    dossier.c.receiving_agency, dossier.c.channel, state.c.received_on, state.c.due_on,
    state.c.first_due_on, state.c.ended_on,
    state.c.ending, state.c.halted_on, state.c.pause, state.c.pause_until_on,
)  # fmt: skip


def _item(row: Any) -> CountedDossier:
    said = row._asdict()
    del said["id"]
    status = Status(said["status"])
    typed = {
        "channel": Channel(row.channel),
        "ending": Ending(row.ending) if row.ending else None,
        "status": status,
        "status_name": STATUS_NAMES[status],
    }
    return CountedDossier(**{**said, **typed})


def require_reader(actor: Actor, asked: Asked) -> None:
    """Raise `NotPermitted` for whoever may not read reports of this agency."""
    if not may_at(actor, Permission.REPORT_READ, asked.agency):
        raise NotPermitted(what=f"xem báo cáo của cơ quan {asked.agency}")
