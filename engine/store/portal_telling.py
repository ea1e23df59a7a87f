"""Gathers what a message to the portal is made of."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, bindparam, case, func, or_, select

from bpmn.roles import ROLE_NAMES, Role
from engine.deadlines.calendar import local
from engine.life.setting import Setting
from engine.model.dossier import Dossier
from engine.model.event import SYSTEM, Event, EventType
from engine.model.status import Status
from engine.portal.history import FOLDED, CodeOf, History, fold
from engine.portal.statuses import standard_statuses
from engine.portal.told import Desk, Owner, Told
from engine.store import definitions
from engine.store.tables import agency, event, event_payload, task, unit, user

_body = event_payload.c.body
_ASKED = func.coalesce(
    _body[("form", "items")].as_string(), _body[("form", "supplement_items")].as_string()
)
_EVENTS = (
    select(
        event.c.seq,
        event.c.type,
        event.c.at,
        event.c.actor,
        event.c.caused_by,
        event.c.data,
        case((event.c.type == EventType.TASK_COMPLETED, _ASKED)).label("asked"),
        *(
            case((event.c.seq == 1, _body["owner", number].as_string())).label(number)
            for number in ("personal_id", "tax_code")
        ),
    )
    .outerjoin(
        event_payload,
        (event_payload.c.dossier_id == event.c.dossier_id) & (event_payload.c.seq == event.c.seq),
    )
    .where(
        event.c.dossier_id == bindparam("the_dossier"),
        or_(event.c.seq == 1, event.c.type.in_(FOLDED)),
    )
    .order_by(event.c.seq)
)
_DESKS = (
    select(
        task.c.place,
        task.c.name,
        task.c.role,
        task.c.opened_at,
        task.c.due_at,
        task.c.closed_by,
        agency.c.name.label("agency_name"),
        unit.c.name.label("unit_name"),
    )
    .join(agency, agency.c.code == task.c.agency)
    .outerjoin(unit, (unit.c.agency == task.c.agency) & (unit.c.code == task.c.unit))
    .where(task.c.dossier_id == bindparam("the_dossier"), task.c.state == "completed")
)


class Subject(Protocol):
    """A dossier whose lock the caller holds."""

    @property
    def id(self) -> int:
        """Its id."""

    @property
    def dossier(self) -> Dossier:
        """As it is now."""

    @property
    def owner_name(self) -> str:
        """Whose it is."""


def told_of(tx: Connection, subject: Subject) -> Told:
    """All that the portal may be told of a dossier as it is now."""
    dossier, here = subject.dossier, {"the_dossier": subject.id}
    setting = definitions.setting_of(tx, dossier.version, dossier.rulebook)
    first, *rest = tx.execute(_EVENTS, here).all()
    code_of = _coding(setting)
    history = fold(map(_event, rest), code_of)
    desks = tx.execute(_DESKS, here).all()
    people = _people(tx, history, desks)
    pause = dossier.suspended or next(iter(dossier.pauses), None)
    at = dossier.last_at or dossier.submitted_at
    return Told(
        dossier=dossier,
        facts=setting.procedure.facts,
        owner=Owner(subject.owner_name, first.personal_id, first.tax_code),
        code=code_of(dossier.status, pause.reason if pause else None, at),
        history=history,
        agencies=_agencies(tx, dossier),
        people=people,
        desks={row.place: _desk(row, people) for row in desks},
    )


def _event(row: Any) -> Event:
    payload = {"asked": row.asked} if row.asked else {}
    return Event(row.seq, EventType(row.type), row.at, row.actor, row.data, payload, row.caused_by)


def _coding(setting: Setting) -> CodeOf:
    def code_of(status: Status, reason: str | None, at: datetime) -> int:
        edition = standard_statuses().on(local(at).date())
        return edition.code(status, setting.pause_reason(reason) if reason else None)

    return code_of


def _people(tx: Connection, history: History, desks: Sequence[Any]) -> dict[str, str]:
    """Names by actor; a clerk of the office stands for what time brought about."""
    keys = {row.closed_by for row in desks} | {each.by for each in history.supplements}
    ids = [int(key) for key in keys if key != SYSTEM]
    found = tx.execute(select(user.c.id, user.c.full_name).where(user.c.id.in_(ids)))
    return {str(row.id): row.full_name for row in found} | {SYSTEM: "Hệ thống"}


def _agencies(tx: Connection, dossier: Dossier) -> dict[str, str]:
    codes = {dossier.receiving_agency, dossier.competent_agency}
    query = select(agency.c.code, agency.c.name).where(agency.c.code.in_(codes))
    return {row.code: row.name for row in tx.execute(query)}


def _desk(row: Any, people: dict[str, str]) -> Desk:
    return Desk(
        task=row.name,
        person=people[row.closed_by],
        title=ROLE_NAMES[Role(row.role)],
        place=row.unit_name or row.agency_name,
        opened_at=row.opened_at,
        due_at=row.due_at,
    )
