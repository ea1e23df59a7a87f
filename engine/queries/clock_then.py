"""A clock as it stood at some moment: how much was used, how much was left, whether it ran."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from engine.deadlines.calendar import WorkingCalendar
from engine.deadlines.clock import Clock


class ClockState(StrEnum):
    """Whether time was being consumed."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True)
class ClockThen:
    """A time limit at a moment; `budget`, `used` and `remaining` are working hours.

    `remaining` is negative once it is overdrawn. `why` names what halts the clock.
    """

    state: ClockState
    limit_in_words: str
    budget: float
    used: float
    remaining: float
    due_at: datetime
    first_due_at: datetime
    overdue: bool
    paused_at: datetime | None
    why: str | None


def clock_then(
    clock: Clock, calendar: WorkingCalendar, at: datetime, why: str | None = None
) -> ClockThen:
    """The clock at a moment; `why` is the reason should it be halted."""
    return ClockThen(
        state=_state(clock),
        limit_in_words=clock.limit.in_words(),
        **hours(clock, calendar, at),
        due_at=clock.due_at,
        first_due_at=clock.first_due_at,
        overdue=clock.is_overdue(at),
        paused_at=clock.paused_at,
        why=why if clock.is_halted else None,
    )


def hours(clock: Clock, calendar: WorkingCalendar, at: datetime) -> dict[str, Any]:
    """Budget, used and remaining working hours at a moment."""
    spans = {
        "budget": clock.budget,
        "used": clock.consumed(calendar, at),
        "remaining": clock.remaining(calendar, at),
    }
    return {name: round(span.total_seconds() / 3600, 2) for name, span in spans.items()}


def _state(clock: Clock) -> ClockState:
    if clock.stopped_at is not None:
        return ClockState.STOPPED
    return ClockState.PAUSED if clock.is_halted else ClockState.RUNNING
