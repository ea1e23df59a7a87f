"""Why a dossier is due when it is: day by day, with the pauses it had."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bpmn.time_limit import StartRule
from engine.deadlines.calendar import WorkingCalendar, local
from engine.deadlines.clock import Clock, ClockPolicy
from engine.deadlines.due import DayCount, due
from engine.queries.events import PauseItem


@dataclass(frozen=True)
class DueView:
    """A due date and how it came about; everything None before the dossier was received.

    `used` and `remaining` are working hours; `remaining` is negative when overdue.
    """

    limit: str | None = None
    limit_in_words: str | None = None
    rule: StartRule | None = None
    started_at: datetime | None = None
    first_due_at: datetime | None = None
    due_at: datetime | None = None
    paused_at: datetime | None = None
    used: float | None = None
    remaining: float | None = None
    days: tuple[DayCount, ...] = ()


def explain(
    calendar: WorkingCalendar, clock: Clock | None, pauses: list[PauseItem], now: datetime
) -> DueView:
    """The due date of a dossier's clock with every day from the start to it."""
    if clock is None:
        return DueView()
    return DueView(
        limit=str(clock.limit),
        limit_in_words=clock.limit.in_words(),
        rule=clock.rule,
        started_at=clock.started_at,
        first_due_at=clock.first_due_at,
        due_at=clock.due_at,
        paused_at=clock.paused_at,
        used=_hours(clock.consumed(calendar, now)),
        remaining=_hours(clock.remaining_at(calendar, now)),
        days=tuple(_days(calendar, clock, pauses)),
    )


def _hours(span: timedelta) -> float:
    return round(span.total_seconds() / 3600, 2)


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
        if pause.policy is ClockPolicy.NONE or not usual.counted:
            continue
        first, last = local(pause.since).date(), _last(pause)
        if first < usual.date < last:
            return DayCount(usual.date, False, f"Tạm dừng: {pause.name}")
        if usual.date in (first, last):
            return DayCount(usual.date, True, f"{usual.why}, có lúc tạm dừng: {pause.name}")
    return usual


def _last(pause: PauseItem) -> date:
    return local(pause.resumed_at).date() if pause.resumed_at else date.max
