"""Procedures end, are replaced by others, come back, and go back to earlier versions."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from bpmn.catalogue.entry import Standing
from engine.commands.putting_in_force import (
    Order,
    Standard,
    decide,
    event_of,
    ordered_day,
    put_in_force,
    require_decider,
)
from engine.errors import ProcedureUnknown
from engine.errors.procedure_drafts import (
    AlreadyEnded,
    NotEnded,
    NothingToGoBackTo,
    NotReplaceable,
)
from engine.model.actor import Actor
from engine.model.office_event import OfficeEventType
from engine.model.procedure_life import Decided
from engine.store import definitions, office_log, standings


@dataclass(frozen=True)
class Repeal:
    """A procedure takes no new dossiers from a day on; they are to be handed in for `replaced_by`
    where it is replaced. For an agency: its own process ends, and the catalogue's holds there."""

    procedure: str
    order: Order
    replaced_by: str | None = None


@dataclass(frozen=True)
class Restore:
    """What was repealed holds again, as it was."""

    procedure: str
    order: Order


@dataclass(frozen=True)
class RollBack:
    """An earlier version holds again from a day on."""

    procedure: str
    version: str
    order: Order


def repeal(tx: Connection, command: Repeal, actor: Actor, now: datetime) -> None:
    """End a procedure, or an agency's own process for one; running dossiers stay.

    Raises `ProcedureUnknown`, `AlreadyEnded` or `NotReplaceable`.
    """
    code, order, instead = command.procedure, command.order, command.replaced_by
    require_decider(tx, actor, order.agency, "bãi bỏ quy trình")
    day = ordered_day(order, now)
    office_log.one_at_a_time(tx)
    held = standings.held(tx, code, order.agency, day)
    if held.version is None:
        raise ProcedureUnknown(procedure=code)
    if ended := standings.held(tx, code, order.agency, date.max).ended or held.ended:
        raise AlreadyEnded(procedure=code, day=f"{ended.effective_from:%d/%m/%Y}")
    if instead is not None:
        _require_replaceable(tx, code, instead, order, day)
    procedure = definitions.version(tx, held.version)
    said = definitions.announcement(
        procedure, Standing.REPEALED, agency=order.agency, decision=order.decision.strip()
    )
    said = replace(said, version=None, replaced_by=instead)
    standings.record(tx, [said], day, actor.key, now)
    standings.bring_into_force(tx, now, code)
    change = ({"version": held.version}, {"replaced_by": instead} if instead else {})
    event = event_of(OfficeEventType.PROCEDURE_REPEALED, code, order, change, day)
    office_log.record(tx, event, actor.key, now)


def restore(tx: Connection, command: Restore, actor: Actor, now: datetime) -> None:
    """Undo a repeal, from the day of the repeal on where that has not come; raises `NotEnded`."""
    code, order = command.procedure, command.order
    require_decider(tx, actor, order.agency, "khôi phục quy trình")
    day = ordered_day(order, now)
    office_log.one_at_a_time(tx)
    ended = standings.held(tx, code, order.agency, date.max).ended
    if ended is None:
        raise NotEnded(procedure=code)
    order = replace(order, effective_from=max(day, ended.effective_from))
    held = standings.held(tx, code, order.agency, ordered_day(order, now))
    if held.version is None:
        raise ProcedureUnknown(procedure=code)
    told = {"repealed_on": ended.effective_from.isoformat()}
    procedure = definitions.version(tx, held.version)
    standard = Standard(procedure, OfficeEventType.PROCEDURE_RESTORED, told)
    decide(tx, order, standard, held, actor, now)


def roll_back(tx: Connection, command: RollBack, actor: Actor, now: datetime) -> None:
    """Decide for the files of an earlier version again; what came between stays in the history.

    Raises `NothingToGoBackTo` for a version that never was decided on there, or that holds.
    """
    code, order = command.procedure, command.order
    require_decider(tx, actor, order.agency, "trở lại phiên bản trước")
    office_log.one_at_a_time(tx)
    day = ordered_day(order, now)
    before = [d for d in standings.decided(tx, code) if _is_of(d, command)]
    if not before or standings.held(tx, code, order.agency, day).version == command.version:
        raise NothingToGoBackTo(procedure=code)
    procedure = definitions.version(tx, command.version)
    standard = Standard(procedure, OfficeEventType.PROCEDURE_ROLLED_BACK)
    put_in_force(tx, order, standard, actor, now)


def _is_of(decided: Decided, command: RollBack) -> bool:
    return decided.version == command.version and decided.agency == command.order.agency


def _require_replaceable(tx: Connection, code: str, instead: str, order: Order, day: date) -> None:
    """What replaces a procedure must be another one, and neither end then nor later."""
    there = standings.held(tx, instead, None, day)
    ends = there.ended or standings.held(tx, instead, None, date.max).ended
    if order.agency is not None or instead == code or there.version is None or ends:
        raise NotReplaceable(procedure=code, replaced_by=instead)
