"""Versions of procedures come into force: for everybody, or as an agency's own process."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from bpmn.catalogue.entry import Standing
from bpmn.procedure import Procedure
from bpmn.promises import broken_promises
from engine.errors import NotPermitted, ProcedureUnknown
from engine.errors.procedure_drafts import (
    AlreadyEnded,
    DecisionMissing,
    EffectiveDatePast,
    OwnProcessPromises,
)
from engine.model.actor import Actor, Permission, has, may_at
from engine.model.office_event import OfficeEvent, OfficeEventType, procedure_subject
from engine.model.procedure_life import Holding
from engine.store import agencies, definitions, office_log, standings

MOST_DECISION = 500


@dataclass(frozen=True)
class Order:
    """For whom something holds (`agency`, None for everybody), on which decision, and from which
    day on; None is today."""

    agency: str | None
    decision: str
    effective_from: date | None = None


@dataclass(frozen=True)
class Standard:
    """A version that comes into force, how the log calls that, and what more it tells."""

    procedure: Procedure
    event: OfficeEventType = OfficeEventType.PROCEDURE_DEPLOYED
    told: Mapping[str, Any] | None = None


def may_decide(tx: Connection, actor: Actor, permission: Permission, agency: str | None) -> bool:
    """Whether the actor may do this for an agency; for everybody (None) only who may for every
    agency that has none above it."""
    if agency is not None:
        return may_at(actor, permission, agency)
    tops = agencies.roots(tx)
    return has(actor, permission) and all(may_at(actor, permission, top) for top in tops)


def require_decider(tx: Connection, actor: Actor, agency: str | None, what: str) -> None:
    """Raise `NotPermitted` unless the actor decides what holds there."""
    if not may_decide(tx, actor, Permission.PROCEDURE_DEPLOY, agency):
        where = f"của cơ quan {agency}" if agency else "trong danh mục chung"
        raise NotPermitted(what=f"{what} {where}")


def ordered_day(order: Order, now: datetime) -> date:
    """From when on it holds; raises `DecisionMissing` or `EffectiveDatePast`."""
    if not 0 < len(order.decision.strip()) <= MOST_DECISION:
        raise DecisionMissing(most=MOST_DECISION)
    today = standings.day_of(now)
    day = order.effective_from or today
    if day < today:
        raise EffectiveDatePast(day=f"{day:%d/%m/%Y}")
    return day


def put_in_force(
    tx: Connection, order: Order, standard: Standard, actor: Actor, now: datetime
) -> None:
    """Write down that a version holds from a day on, and let it hold where the day has come.

    The caller holds the office log. Raises `DecisionMissing`, `EffectiveDatePast`, `AlreadyEnded`,
    `ProcedureUnknown` or `OwnProcessPromises`.
    """
    procedure, day = standard.procedure, ordered_day(order, now)
    code = procedure.facts.code
    held = standings.held(tx, code, order.agency, day)
    if order.agency is not None:
        if broken := broken_for_all(tx, procedure, day):
            raise OwnProcessPromises(parts=", ".join(broken))
    elif held.ended:
        raise AlreadyEnded(procedure=code, day=f"{held.ended.effective_from:%d/%m/%Y}")
    definitions.keep(tx, [(procedure.digest, code, procedure.sources)], actor.id or None, now)
    decide(tx, order, standard, held, actor, now)


def decide(
    tx: Connection,
    order: Order,
    standard: Standard,
    held: Holding,
    actor: Actor,
    now: datetime,
) -> None:
    """Append the decision to the history, and to the log of administration."""
    procedure, day = standard.procedure, ordered_day(order, now)
    standing = Standing.AMENDED if held.given else Standing.ANNOUNCED
    said = definitions.announcement(
        procedure, standing, agency=order.agency, decision=order.decision.strip()
    )
    standings.record(tx, [said], day, actor.key, now)
    standings.bring_into_force(tx, now, said.procedure)
    after = {"version": procedure.digest, "name": procedure.facts.name, **(standard.told or {})}
    change = ({"version": held.version}, after)
    event = event_of(standard.event, said.procedure, order, change, day)
    office_log.record(tx, event, actor.key, now)


def event_of(
    type_: OfficeEventType,
    code: str,
    order: Order,
    change: tuple[Mapping[str, Any], Mapping[str, Any]],
    day: date,
) -> OfficeEvent:
    """What the log of administration says of something that was decided of a procedure."""
    before, after = change
    told = {"decision": order.decision.strip(), "effective_from": day.isoformat()}
    return OfficeEvent(type_, order.agency, procedure_subject(code), before, {**after, **told})


def broken_for_all(tx: Connection, procedure: Procedure, day: date) -> list[str]:
    """The parts in which an agency's own process would say something else than the catalogue says
    to everybody on that day; raises `ProcedureUnknown` where it has no such procedure."""
    code = procedure.facts.code
    catalogue = standings.held(tx, code, None, day)
    if catalogue.version is None or catalogue.ended:
        raise ProcedureUnknown(procedure=code)
    return broken_promises(procedure, definitions.version(tx, catalogue.version))
