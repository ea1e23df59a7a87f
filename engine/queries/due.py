"""Why a dossier is due when it is: day by day, with the pauses it had."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bpmn.time_limit import StartRule
from engine.deadlines.calendar import WorkingCalendar, local
from engine.deadlines.clock import Clock
from engine.deadlines.clock_policy import ClockPolicy
from engine.deadlines.due import DayCount, due
from engine.model.dossier import Task
from engine.queries.clock_then import hours
from engine.queries.dossiers import Found
from engine.queries.pauses import PauseItem


@dataclass(frozen=True)
class StepDue:
    """The clock of an open step; hours are working hours."""

    place: int
    name: str
    limit: str
    limit_in_words: str
    opened_at: datetime
    first_due_at: datetime
    due_at: datetime
    paused_at: datetime | None
    budget: float
    used: float
    remaining: float
    overdue: bool


@dataclass(frozen=True)
class DueView:
    """A due date and how it came about; everything None before the dossier was received.

    `budget`, `used` and `remaining` are working hours; `used` and `remaining` make up the
    budget, and `remaining` is negative when it is overdrawn. `steps` are the clocks of the open
    steps, whose lateness is not the dossier's.
    """

    limit: str | None = None
    limit_in_words: str | None = None
    rule: StartRule | None = None
    started_at: datetime | None = None
    first_due_at: datetime | None = None
    due_at: datetime | None = None
    paused_at: datetime | None = None
    budget: float | None = None
    used: float | None = None
    remaining: float | None = None
    overdue: bool = False
    days: tuple[DayCount, ...] = ()
    steps: tuple[StepDue, ...] = ()


def explain(found: Found, pauses: list[PauseItem], now: datetime) -> DueView:
    """The due date of a dossier's clock with every day from the start to it."""
    clock, calendar = found.dossier.clock, found.calendar
    steps = tuple(_step(task, calendar, now) for task in found.dossier.tasks.values())
    if clock is None:
        return DueView(steps=steps)
    read_at = found.dossier.processed_at or now
    return DueView(
        limit=str(clock.limit),
        limit_in_words=clock.limit.in_words(),
        rule=clock.rule,
        started_at=clock.started_at,
        first_due_at=clock.first_due_at,
        due_at=clock.due_at,
        paused_at=clock.paused_at,
        **hours(clock, calendar, read_at),
        overdue=found.dossier.overdue,
        days=tuple(_days(calendar, clock, pauses)),
        steps=steps,
    )


def _step(task: Task, calendar: WorkingCalendar, now: datetime) -> StepDue:
    clock = task.clock
    return StepDue(
        place=task.place,
        name=task.name,
        limit=str(clock.limit),
        limit_in_words=clock.limit.in_words(),
        opened_at=task.opened_at,
        first_due_at=clock.first_due_at,
        due_at=clock.due_at,
        paused_at=clock.paused_at,
        **hours(clock, calendar, now),
        overdue=task.overdue,
    )


def _days(calendar: WorkingCalendar, clock: Clock, pauses: list[PauseItem]) -> Iterator[DayCount]:
    begun = _begun(clock, pauses)
    plain = due(calendar, begun, clock.limit, clock.rule)
    if plain.due_at == clock.due_at:
        yield from plain.days
        return
    known = {day.date: day for day in plain.days}
    day = begun.date()
    while day <= clock.due_at.date():
        usual = known.get(day, DayCount(day, calendar.is_working_day(day), calendar.why(day)))
        yield _paused(usual, pauses)
        day += timedelta(days=1)


def _begun(clock: Clock, pauses: list[PauseItem]) -> datetime:
    """From when the limit is counted: the start, or the end of the last pause that resets it."""
    resets = [
        p.resumed_at
        for p in pauses
        if p.policy is ClockPolicy.RESET and p.resumed_at and p.since > clock.started_at
    ]
    return local(resets[-1]) if resets else clock.started_at


def _paused(usual: DayCount, pauses: list[PauseItem]) -> DayCount:
    for pause in pauses:
        if not pause.policy.halts or not usual.counted:
            continue
        first, last = local(pause.since).date(), _last(pause)
        if first < usual.date < last:
            return DayCount(usual.date, False, f"Tạm dừng: {pause.name}")
        if usual.date in (first, last):
            return DayCount(usual.date, True, f"{usual.why}, có lúc tạm dừng: {pause.name}")
    return usual


def _last(pause: PauseItem) -> date:
    return local(pause.resumed_at).date() if pause.resumed_at else date.max
