"""Dossiers: those that someone may see, and one of them with all that a clerk needs."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, or_, select

from bpmn.procedure import Procedure
from engine.deadlines.calendar import VIETNAM, WorkingCalendar
from engine.errors import DossierUnknown, NotPermitted
from engine.life.setting import Setting
from engine.model import snapshot
from engine.model.actor import Actor, HasAgencies, Permission, may
from engine.model.dossier import Dossier
from engine.model.status import STATUS_NAMES, Channel, Status
from engine.queries.paging import Page, Slice, page
from engine.store import definitions, editions
from engine.store.tables import dossier as table
from engine.store.tables import dossier_life, event_payload
from engine.store.tables import procedure as procedure_table
from engine.store.visibility import visible_dossiers


@dataclass(frozen=True)
class DossierFilter:
    """Which dossiers are wanted; days are Vietnamese dates, both included."""

    code: str | None = None
    status: Status | None = None
    procedure: str | None = None
    field: str | None = None
    agency: str | None = None
    channel: Channel | None = None
    overdue: bool | None = None
    outage: int | None = None
    submitted_from: date | None = None
    submitted_to: date | None = None
    received_from: date | None = None
    received_to: date | None = None


@dataclass(frozen=True)
class DossierItem:
    """A line of the list."""

    code: str
    procedure: str
    procedure_name: str
    channel: Channel
    receiving_agency: str
    competent_agency: str
    owner_name: str
    status: Status
    status_name: str
    overdue: bool
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    ticket: str | None
    assisted: bool
    priority: str | None
    priority_name: str | None
    revision: int


def list_dossiers(
    tx: Connection, wanted: Slice, chosen: DossierFilter, actor: Actor
) -> Page[DossierItem]:
    """Dossiers that the actor may read, the latest first."""
    query = (
        select(table, procedure_table.c.name.label("procedure_name"))
        .join(procedure_table, procedure_table.c.code == table.c.procedure)
        .where(visible_dossiers(actor, Permission.DOSSIER_READ), *_conditions(chosen))
        .order_by(table.c.id.desc())
        .limit(wanted.limit + 1)
    )
    if wanted.after:
        query = query.where(table.c.id < wanted.after[0])
    return page(
        tx.execute(query).all(), wanted, lambda row: item_of(tx, row), lambda row: (row.id,)
    )


def item_of(tx: Connection, row: Any) -> DossierItem:
    """The line of a dossier's row that has `procedure_name` beside it."""
    status = Status(row.status)
    return DossierItem(
        code=row.code,
        procedure=row.procedure,
        procedure_name=row.procedure_name,
        channel=Channel(row.channel),
        receiving_agency=row.receiving_agency,
        competent_agency=row.competent_agency,
        owner_name=row.owner_name,
        status=status,
        status_name=STATUS_NAMES[status],
        overdue=row.overdue,
        submitted_at=row.submitted_at,
        received_at=row.received_at,
        due_at=row.due_at,
        finished_at=row.finished_at,
        ticket=row.ticket,
        assisted=row.assisted,
        priority=row.priority,
        priority_name=editions.priority_name(tx, row),
        revision=row.seq,
    )


def _conditions(chosen: DossierFilter) -> Iterator[ColumnElement[bool]]:
    for name in ("code", "status", "procedure", "channel", "overdue", "outage"):
        value = getattr(chosen, name)
        if value is not None:
            yield table.c[name] == value
    if chosen.field is not None:
        yield procedure_table.c.field == chosen.field
    if chosen.agency is not None:
        at = chosen.agency
        yield or_(table.c.receiving_agency == at, table.c.competent_agency == at)
    yield from within(table.c.submitted_at, chosen.submitted_from, chosen.submitted_to)
    yield from within(table.c.received_at, chosen.received_from, chosen.received_to)


def within(
    column: Column[Any], first: date | None, last: date | None
) -> Iterator[ColumnElement[bool]]:
    """Moments of a column from one day in Vietnam to another, both counted in."""
    if first is not None:
        yield column >= datetime.combine(first, time(), VIETNAM)
    if last is not None:
        yield column < datetime.combine(last + timedelta(days=1), time(), VIETNAM)


def owners_of(tx: Connection, codes: Collection[str], actor: Actor) -> dict[str, str]:
    """Whose dossiers these are, by code; those that the actor may not read are left out."""
    visible = visible_dossiers(actor, Permission.DOSSIER_READ)
    query = select(table.c.code, table.c.owner_name).where(table.c.code.in_(codes), visible)
    return {row.code: row.owner_name for row in tx.execute(query)}


@dataclass(frozen=True)
class Found:
    """A dossier that the actor may read, with the rules that it runs under."""

    id: int
    dossier: Dossier
    setting: Setting

    @property
    def procedure(self) -> Procedure:
        """The version of the procedure that it runs on."""
        return self.setting.procedure

    @property
    def calendar(self) -> WorkingCalendar:
        """The working calendar that it runs under."""
        return self.setting.calendar_of(self.dossier.calendar)


def locate(tx: Connection, code: str, actor: Actor) -> Any:
    """The row of a dossier; raises `DossierUnknown` where the actor may not read it.

    For those who audit: it can be read even where the dossier's state can not.
    """
    readable = visible_dossiers(actor, Permission.DOSSIER_READ)
    row = tx.execute(select(table).where(table.c.code == code, readable)).one_or_none()
    if row is None:
        raise DossierUnknown(code=code)
    return row


def find(tx: Connection, code: str, actor: Actor) -> Found:
    """A dossier by its code; raises `DossierUnknown` where the actor may not read it."""
    query = (
        select(table.c.id, dossier_life.c.life)
        .join(dossier_life, dossier_life.c.dossier_id == table.c.id)
        .where(table.c.code == code, visible_dossiers(actor, Permission.DOSSIER_READ))
    )
    row = tx.execute(query).one_or_none()
    if row is None:
        raise DossierUnknown(code=code)
    dossier = snapshot.from_json(row.life)
    setting = definitions.setting_of(tx, dossier.version, dossier.rulebook)
    return Found(row.id, dossier, setting)


def require(dossier: HasAgencies, actor: Actor, permission: Permission, what: str) -> None:
    """Raise `NotPermitted` unless the actor has a further permission on the dossier."""
    if not may(actor, permission, dossier):
        raise NotPermitted(what=what)


def submission(tx: Connection, found: Found) -> Mapping[str, Any]:
    """What was handed in: owner, submitter, application; empty where it was erased by law."""
    query = select(event_payload.c.body).where(
        event_payload.c.dossier_id == found.id, event_payload.c.seq == 1
    )
    body: Mapping[str, Any] = tx.execute(query).scalar_one_or_none() or {}
    return body
