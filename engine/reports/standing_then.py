"""Dossiers as they stood at the end of a period: into which figures of the forms each falls.

Days are compared, not moments: early is before the day on which it was due, on time is on it, and
one that goes on is overdue when the day it was due is before the last day of the period, or before
the day on which its clock was halted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import product
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


_PARTS: Mapping[str, Sequence[Any]] = {
    "origin": [*Origin],
    "fate": [*Fate],
    "rest": [*Rest],
    "put_off": [False, True],
}
"""What each part of a place may be: the database works with the numbers of these."""
_PLACES = [Place(*parts) for parts in product(*_PARTS.values())]
"""Every place there is; a dossier's is known by its number in this list."""

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
    parts = [select(by.label("key"), _place(scope.period)).where(*w) for w in _counted(scope)]
    # The offset keeps PostgreSQL from looking inside: it would guess at so many groups that it
    # sorts all rows, where a table of some thousand counters is enough.
    rows = union_all(*parts).subquery().select().offset(0).subquery()
    query = select(rows.c.key, rows.c.place, func.count()).group_by(rows.c.key, rows.c.place)
    found: dict[str, Tally] = {}
    for key, place, number in tx.execute(query):
        found.setdefault(key, Counter())[_PLACES[place]] += number
    return found


def dossiers(scope: Scope, narrowing: Narrowing) -> Select[tuple[int]]:
    """The ids of the dossiers whose places are such."""
    numbers = _numbers(scope.period)
    such = [
        numbers[name].in_([_PARTS[name].index(value) for value in values])
        for name, values in narrowing.items()
    ]
    parts = [
        select(table.c.dossier_id.label("id")).where(*where, *such) for where in _counted(scope)
    ]
    ids = union_all(*parts).subquery()
    return select(ids.c.id)


def placed(tx: Connection, scope: Scope) -> Iterator[tuple[int, str, str, Place]]:
    """Every dossier with its agency, its procedure and its place."""
    columns = (table.c.dossier_id, table.c.competent_agency, table.c.procedure)
    parts = [select(*columns, _place(scope.period)).where(*where) for where in _counted(scope)]
    for id_, agency, procedure, place in tx.execute(union_all(*parts)):
        yield id_, agency, procedure, _PLACES[place]


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


def _place(period: Period) -> ColumnElement[int]:
    """The number of a dossier's place."""
    numbers = _numbers(period)
    place: ColumnElement[int] = literal(0)
    for name, values in _PARTS.items():
        place = place * len(values) + numbers[name]
    return place.label("place")


def _numbers(period: Period) -> dict[str, ColumnElement[int]]:
    """The parts of a dossier's place, as their numbers."""
    end = literal(period.end, table.c.due_on.type)
    counted_until = func.coalesce(table.c.ended_on, table.c.halted_on, end)
    due, going = table.c.due_on, table.c.ended_on.is_(None)
    return {
        "origin": _number(
            (table.c.received_on < period.start, Origin.CARRIED_OVER),
            (table.c.channel == Channel.ONLINE, Origin.ONLINE),
            else_=Origin.DIRECT,
        ),
        "fate": _number(
            (and_(going, counted_until > due), Fate.OVERDUE),
            (going, Fate.IN_TIME),
            *((table.c.ending == other, Fate(other.value)) for other in _OTHER_WAYS),
            (table.c.ended_on < due, Fate.EARLY),
            (table.c.ended_on == due, Fate.ON_TIME),
            else_=Fate.LATE,
        ),
        "rest": _number(
            (table.c.pause.is_(None), Rest.NONE),
            (table.c.pause_until_on < end, Rest.OVER),
            else_=Rest.WITHIN,
        ),
        "put_off": _number(
            (and_(counted_until > table.c.first_due_on, counted_until <= due), True), else_=False
        ),
    }


_OTHER_WAYS = (Ending.REFUSED, Ending.WITHDRAWN, Ending.DISCONTINUED)


def _number(*whens: tuple[ColumnElement[bool], Any], else_: Any) -> ColumnElement[int]:
    """The number of what holds first, among all that this part of a place may be."""
    values = next(values for values in _PARTS.values() if else_ in values)
    return case(*((when, values.index(value)) for when, value in whens), else_=values.index(else_))
