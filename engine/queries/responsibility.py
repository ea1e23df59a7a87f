"""Who had a dossier for how long, step by step: working time, pauses taken out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from engine.deadlines.calendar import NO_TIME, WorkingCalendar
from engine.deadlines.clock import Clock
from engine.model.actor import Actor, Permission
from engine.model.dossier import Task
from engine.queries.dossiers import Found, require
from engine.queries.naming import software
from engine.queries.pauses import list_pauses
from engine.queries.people import names_of
from engine.store.tables import agency, unit
from engine.store.time_tables import holding as table

QUEUE = "Chưa ai nhận"
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Holding:
    """A task as one person had it, or as it waited in a unit's queue; or what other software was
    asked (`holder` None in both).

    `until` is None while that lasts. Hours are working hours of the step's own clock; `late` are
    those beyond the step's limit.
    """

    place: int
    step: str
    step_name: str
    agency: str
    unit: str | None
    unit_name: str
    holder: int | None
    holder_name: str
    since: datetime
    until: datetime | None
    limit: str
    limit_in_words: str
    hours: float
    late: float


@dataclass(frozen=True)
class Total:
    """Several holdings together."""

    key: str | None
    name: str
    holdings: int
    hours: float
    late_holdings: int
    late: float


@dataclass(frozen=True)
class Responsibility:
    """The ledger of one dossier; `paused` are the working hours that count for nobody."""

    holdings: list[Holding]
    by_step: list[Total]
    by_unit: list[Total]
    by_person: list[Total]
    paused: float


@dataclass(frozen=True)
class _Line:
    place: int
    step: str
    agency: str
    unit: str | None
    holder: int | None
    since: datetime
    until: datetime | None
    worked: timedelta
    late: timedelta
    software: str | None = None


def responsibility(tx: Connection, found: Found, actor: Actor, now: datetime) -> Responsibility:
    """Every holding in the order in which they began, with totals.

    Raises `NotPermitted` for those who may not read the events.
    """
    require(found.dossier, actor, Permission.EVENT_READ, "xem sổ trách nhiệm của hồ sơ này")
    held = [*_ended(tx, found), *_running(found, now), *_asked(found, now)]
    lines = sorted(held, key=lambda line: line.since)
    people = names_of(tx, (line.holder for line in lines))
    places = unit_names(tx, {line.agency for line in lines})
    holdings = [_holding(line, found, people, places) for line in lines]
    excluded = (pause.excluded for pause in list_pauses(tx, found, actor, now))
    return Responsibility(
        holdings=holdings,
        by_step=_totals(holdings, lambda h: (h.step, h.step_name)),
        by_unit=_totals(holdings, lambda h: (h.unit, h.unit_name)),
        by_person=_totals(holdings, lambda h: (_text(h.holder), h.holder_name)),
        paused=hours(sum(excluded, NO_TIME)),
    )


def unit_names(tx: Connection, agencies: set[str]) -> dict[tuple[str, str | None], str]:
    """Names of the units of agencies, and of the agencies themselves (unit None)."""
    query = select(unit.c.agency, unit.c.code, unit.c.name).where(unit.c.agency.in_(agencies))
    names: dict[tuple[str, str | None], str] = {}
    names.update({(row.agency, row.code): row.name for row in tx.execute(query)})
    whole = select(agency.c.code, agency.c.name).where(agency.c.code.in_(agencies))
    names.update({(row.code, None): row.name for row in tx.execute(whole)})
    return names


def hours(span: timedelta) -> float:
    """Working hours, to the hundredth."""
    return round(span / _HOUR, 2)


def _ended(tx: Connection, found: Found) -> Iterator[_Line]:
    query = select(table).where(table.c.dossier_id == found.id).order_by(table.c.seq)
    for row in tx.execute(query):
        worked, late = timedelta(seconds=row.worked), timedelta(seconds=row.late)
        yield _Line(
            row.place,
            row.step,
            row.agency,
            row.unit,
            row.holder,
            row.since,
            row.until,
            worked,
            late,
        )


def _running(found: Found, now: datetime) -> Iterator[_Line]:
    for task in found.dossier.tasks.values():
        worked, late = _so_far(task, found.calendar, now)
        yield _Line(
            task.place, task.step, task.agency, task.unit, task.assignee, task.held_since, None,
            worked, late,
        )  # fmt: skip


def _asked(found: Found, now: datetime) -> Iterator[_Line]:
    """What other software was asked, from then until it answered or the dossier went on: its own
    clock, whatever the dossier's did."""
    for request in found.dossier.requests.values():
        if request.place is None:
            continue
        until = request.ended_at
        worked = found.calendar.working_time(request.made_at, until or max(now, request.made_at))
        asked = found.procedure.places.services.get(request.step)
        limit = asked.limit if asked else None
        clock = Clock.start(found.calendar, request.made_at, limit) if limit else None
        beyond = worked - clock.budget if clock else NO_TIME
        yield _Line(
            request.place, request.step, found.dossier.competent_agency, None, None,
            request.made_at, until, worked, max(beyond, NO_TIME), software(request.connector),
        )  # fmt: skip


def _so_far(task: Task, calendar: WorkingCalendar, now: datetime) -> tuple[timedelta, timedelta]:
    """As `engine.life.holding` will note it when the holding ends."""
    used = task.clock.consumed(calendar, now)
    beyond = used - max(task.clock.budget, task.held_before)
    late = max(beyond, NO_TIME) if task.clock.limit.amount else NO_TIME
    return max(used - task.held_before, NO_TIME), late


def _holding(
    line: _Line,
    found: Found,
    people: dict[int, str],
    places: dict[tuple[str, str | None], str],
) -> Holding:
    known = found.procedure.places
    step = known.services.get(line.step) or known.steps[line.step]
    limit = step.limit
    mine = ("worked", "late", "software")
    plain = {name: value for name, value in vars(line).items() if name not in mine}
    return Holding(
        **plain,
        step_name=step.name,
        unit_name=line.software or places[line.agency, line.unit],
        holder_name=line.software or _holder(line, people),
        limit=str(limit) if limit else "",
        limit_in_words=limit.in_words() if limit else "",
        hours=hours(line.worked),
        late=hours(line.late),
    )


def _holder(line: _Line, people: dict[int, str]) -> str:
    return people.get(line.holder, "") if line.holder is not None else QUEUE


def _totals(
    holdings: list[Holding], key: Callable[[Holding], tuple[str | None, str]]
) -> list[Total]:
    """In the order in which each came to have it."""
    found: dict[tuple[str | None, str], list[Holding]] = {}
    for holding in holdings:
        found.setdefault(key(holding), []).append(holding)
    return [_total(*named, held) for named, held in found.items()]


def _total(key: str | None, name: str, held: list[Holding]) -> Total:
    return Total(
        key,
        name,
        len(held),
        round(sum(h.hours for h in held), 2),
        sum(h.late > 0 for h in held),
        round(sum(h.late for h in held), 2),
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
