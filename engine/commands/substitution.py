"""Delegation of duty: somebody stands in for a colleague on leave."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from engine.commands.administering import note
from engine.deadlines.calendar import local
from engine.errors import NotPermitted
from engine.errors.substitution import (
    SubstituteAbsent,
    SubstituteIsOneself,
    SubstituteUnfit,
    SubstitutionOver,
    SubstitutionOverlaps,
    SubstitutionPeriodInvalid,
    SubstitutionUnexplained,
    SubstitutionUnknown,
)
from engine.model.actor import Actor
from engine.model.office_event import OfficeEventType
from engine.model.substitution import Substitution, SubstitutionState
from engine.store import accounts, office_log, substitutions, users
from engine.store.tables import user

MOST_REASON = 500
LONGEST = timedelta(days=366)
"""How long a substitution may last, and how far ahead it may begin."""


@dataclass(frozen=True)
class StandIn:
    """`substitute` does the duty of `absent` from one Vietnamese day to another, both included."""

    absent: int
    substitute: int
    first_day: date
    last_day: date
    reason: str


def stand_in(tx: Connection, command: StandIn, actor: Actor, now: datetime) -> int:
    """Let somebody stand in for oneself, or for someone whom one administers; returns its number.

    The substitute then has the roles of the absent person in agencies where both have one,
    and the same tasks in hand. Raises `NotPermitted`, and the errors of
    `engine.errors.substitution`.
    """
    if not users.in_charge_of(tx, actor, command.absent):
        raise NotPermitted(what="cử người làm thay cho người này")
    if command.absent == command.substitute:
        raise SubstituteIsOneself()
    _require_period(command, local(now).date())
    reason = command.reason.strip()
    if not reason or len(reason) > MOST_REASON:
        raise SubstitutionUnexplained(most=MOST_REASON)
    office_log.one_at_a_time(tx)
    absent = accounts.lock(tx, command.absent)
    _require_fit(tx, command, absent.full_name)
    _require_free(tx, command)
    row = {**vars(command), "reason": reason, "made_at": now, "made_by": actor.id}
    number = substitutions.add(tx, row)
    made = substitutions.get(tx, number)
    note(tx, OfficeEventType.SUBSTITUTION_MADE, absent, ({}, _told(made)), actor, now)
    return number


@dataclass(frozen=True)
class EndSubstitution:
    """End a substitution at once, or take back one that has not begun."""

    substitution: int


def end_substitution(
    tx: Connection, command: EndSubstitution, actor: Actor, now: datetime
) -> Substitution:
    """The absent person is back, or someone else is to stand in: the roles go at once.

    Raises `SubstitutionUnknown`, `SubstitutionOver`.
    """
    office_log.one_at_a_time(tx)
    found = substitutions.get(tx, command.substitution)
    if not users.in_charge_of(tx, actor, found.absent):
        if actor.id == found.substitute:
            raise NotPermitted(what="kết thúc lần làm thay mà người khác đã cử")
        raise SubstitutionUnknown(substitution=found.id)
    if found.state(local(now).date()) is SubstitutionState.OVER:
        raise SubstitutionOver()
    substitutions.end(tx, found.id, actor.id, now)
    absent = accounts.lock(tx, found.absent)
    note(tx, OfficeEventType.SUBSTITUTION_ENDED, absent, (_told(found), {}), actor, now)
    return substitutions.get(tx, found.id)


def _require_period(command: StandIn, today: date) -> None:
    first, last = command.first_day, command.last_day
    why = None
    if last < first:
        why = "ngày cuối trước ngày đầu"
    elif last < today:
        why = "thời gian này đã qua"
    elif last - first > LONGEST or first - today > LONGEST:
        why = f"chỉ cử được trong vòng {LONGEST.days} ngày"
    if why:
        raise SubstitutionPeriodInvalid(why=why)


def _require_fit(tx: Connection, command: StandIn, absent_name: str) -> None:
    fit = substitutions.may_stand_in(command.absent)
    query = select(user.c.id).where(user.c.id == command.substitute, fit)
    if tx.execute(query).first() is None:
        raise SubstituteUnfit(absent=absent_name)


def _require_free(tx: Connection, command: StandIn) -> None:
    """Nobody else stands in for the absent person then, and the substitute is not away too."""
    period = (command.first_day, command.last_day)
    if other := substitutions.of_absent(tx, command.absent, *period):
        raise SubstitutionOverlaps(absent=other.absent_name, **_said(other))
    if away := substitutions.of_absent(tx, command.substitute, *period):
        raise SubstituteAbsent(**{**_said(away), "substitute": away.absent_name})


def _told(found: Substitution) -> dict[str, object]:
    """A substitution as the log of the office tells of it: the reason may be nobody's business."""
    days = {name: getattr(found, name).isoformat() for name in ("first_day", "last_day")}
    return {"substitution": found.id, "substitute": found.substitute, **days}


def _said(found: Substitution) -> dict[str, str]:
    days = {name: f"{getattr(found, name):%d/%m/%Y}" for name in ("first_day", "last_day")}
    return {"substitute": found.substitute_name, **days}
