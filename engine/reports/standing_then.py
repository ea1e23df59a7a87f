"""Dossiers as they stood at the end of a period: into which figures of the forms each falls.

Days are compared, not moments: early is before the day on which it was due, on time is on it, and
one that goes on is overdue when the day it was due is before the last day of the period, or before
the day on which its clock was halted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)

from engine.life.reporting import Ending
from engine.model.report import Period
from engine.model.status import Channel
from engine.store.report_states import LASTING
from engine.store.report_tables import report_state as table

_SPANS = range(1, 15)
"""Lengths of states, in binary digits of days: up to 44 years."""


class Origin(StrEnum):
    """How a dossier came into the period."""

    ONLINE = "online"
    DIRECT = "direct"
    CARRIED_OVER = "carried_over"


class Fate(StrEnum):
    """What became of it by the end of the period."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DISCONTINUED = "discontinued"
    IN_TIME = "in_time"
    OVERDUE = "overdue"


class Rest(StrEnum):
    """Whether it rests, and whether for longer than it may."""

    NONE = "none"
    WITHIN = "within"
    OVER = "over"


@dataclass(frozen=True)
class Place:
    """Where one dossier is counted. `put_off`: it is in time only because its first date was put
    off, or its clock stood still."""

    origin: Origin
    fate: Fate
    rest: Rest
    put_off: bool


Tally = Counter[Place]
"""How many dossiers are in each place."""

Narrowing = Mapping[str, Iterable[Any]]
"""Values that parts of a `Place` may have, by their names."""


@dataclass(frozen=True)
class Scope:
    """The dossiers of which a figure tells: those that these agencies decide on, of these
    procedures (None: of all), in a period that ends, or has come, to its last day."""

    agencies: frozenset[str]
    procedures: frozenset[str] | None
    period: Period


def tallies(tx: Connection, scope: Scope, by: Column[Any]) -> dict[str, Tally]:
    """How many dossiers are in each place, apart for each value of a column of the states."""
    place = _place(scope.period)
    keys = [by.label("key"), *(column.label(name) for name, column in place.items())]
    parts = [
        select(*keys, func.count()).where(*where).group_by(*(key.name for key in keys))
        for where in _counted(scope)
    ]
    found: dict[str, Tally] = {}
    for key, origin, fate, rest, put_off, number in tx.execute(union_all(*parts)):
        where = Place(Origin(origin), Fate(fate), Rest(rest), bool(put_off))
        found.setdefault(key, Counter())[where] += number
    return found


def dossiers(scope: Scope, narrowing: Narrowing) -> Select[tuple[int]]:
    """The ids of the dossiers whose places are such."""
    place = _place(scope.period)
    such = [place[name].in_([*values]) for name, values in narrowing.items()]
    parts = [
        select(table.c.dossier_id.label("id")).where(*where, *such) for where in _counted(scope)
    ]
    ids = union_all(*parts).subquery()
    return select(ids.c.id)


def placed(tx: Connection, scope: Scope) -> Iterator[tuple[int, str, str, Place]]:
    """Every dossier with its agency, its procedure and its place."""
    columns = (table.c.dossier_id, table.c.competent_agency, table.c.procedure)
    place = [column.label(name) for name, column in _place(scope.period).items()]
    parts = [select(*columns, *place).where(*where) for where in _counted(scope)]
    for id_, agency, procedure, origin, fate, rest, put_off in tx.execute(union_all(*parts)):
        where = Place(Origin(origin), Fate(fate), Rest(rest), bool(put_off))
        yield id_, agency, procedure, where


def going_on(tx: Connection, scope: Scope, day: date) -> int:
    """How many dossiers were in progress at the end of a day."""
    parts = [select(func.count()).where(*where) for where in _going(scope, day)]
    return sum(tx.execute(union_all(*parts)).scalars())


def held_on(day: date) -> ColumnElement[bool]:
    """States that held at the end of a day: of each dossier one at most."""
    return and_(table.c.since_on <= day, or_(table.c.until_on.is_(None), table.c.until_on > day))


def _counted(scope: Scope) -> Iterator[list[ColumnElement[bool]]]:
    """Conditions that each walk an index over some of the dossiers of a period."""
    start, end = scope.period.start, scope.period.end
    ended = table.c.ended_on.between(start, end) & table.c.ended_on.is_not(None)
    yield [*_within(scope), ended, held_on(end)]
    yield from _going(scope, end)


def _going(scope: Scope, day: date) -> Iterator[list[ColumnElement[bool]]]:
    """In progress at the end of a day: what lasts until now, and by their length what does not."""
    going = [*_within(scope), table.c.ended_on.is_(None), table.c.since_on <= day]
    yield [*going, table.c.span == LASTING]
    for span in _SPANS:
        longest = timedelta(days=2**span - 1)
        near = table.c.since_on > _before(day, longest)
        yield [*going, table.c.span == span, near, table.c.until_on > day]


def _before(day: date, by: timedelta) -> date:
    return day - by if day - date.min > by else date.min


def _within(scope: Scope) -> list[ColumnElement[bool]]:
    agencies = table.c.competent_agency.in_(sorted(scope.agencies))
    here: list[ColumnElement[bool]] = [agencies if scope.agencies else false()]
    if scope.procedures is not None:
        here.append(table.c.procedure.in_(sorted(scope.procedures)))
    return here


def _place(period: Period) -> dict[str, ColumnElement[Any]]:
    """The parts of a dossier's `Place`, by their names."""
    end = literal(period.end, table.c.due_on.type)
    counted_until = func.coalesce(table.c.ended_on, table.c.halted_on, end)
    due, first_due = table.c.due_on, table.c.first_due_on
    origin = case(
        (table.c.received_on < period.start, Origin.CARRIED_OVER),
        (table.c.channel == Channel.ONLINE, Origin.ONLINE),
        else_=Origin.DIRECT,
    )
    fate = case(
        (and_(table.c.ended_on.is_(None), counted_until > due), Fate.OVERDUE),
        (table.c.ended_on.is_(None), Fate.IN_TIME),
        (table.c.ending != Ending.RESOLVED, table.c.ending),
        (table.c.ended_on < due, Fate.EARLY),
        (table.c.ended_on == due, Fate.ON_TIME),
        else_=Fate.LATE,
    )
    rest = case(
        (table.c.pause.is_(None), Rest.NONE),
        (table.c.pause_until_on < end, Rest.OVER),
        else_=Rest.WITHIN,
    )
    put_off = and_(counted_until > first_due, counted_until <= due)
    return {"origin": origin, "fate": fate, "rest": rest, "put_off": put_off}
