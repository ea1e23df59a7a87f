"""When the levels before a due moment are reached."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from bpmn.threshold import Threshold
from bpmn.time_limit import TimeLimit
from engine.deadlines.calendar import NO_TIME, VIETNAM
from engine.deadlines.clock import Clock
from engine.life.turn import Turn
from engine.model.alert import NEAR_DUE, Level, Reached, Subject


def levels_before(turn: Turn, subject: Subject, clock: Clock) -> tuple[Reached, ...]:
    """The near-due levels of a running clock, and for a dossier the morning of its last day.

    A level that would lie at the very start, or not before the last morning or the due moment,
    is none.
    """
    rule = turn.rulebook.alerts.get(subject)
    thresholds = rule.near_due if rule else ()
    if subject is Subject.DOSSIER and turn.procedure.facts.near_due is not None:
        thresholds = turn.procedure.facts.near_due
    used = sorted(span for span in (_used_at(clock, each) for each in thresholds) if span > NO_TIME)
    last = list(_last_morning(turn, clock)) if subject is Subject.DOSSIER else []
    end = last[0].at if last else clock.due_at
    near = [at for at in (_when_used(turn, clock, span) for span in used) if at < end]
    return (*(Reached(level, at) for level, at in zip(NEAR_DUE, near, strict=False)), *last)


def moment_at(
    turn: Turn, clock: Clock, used_before: timedelta | None, after: TimeLimit
) -> datetime:
    """When a running clock will have consumed `after` more than it had before."""
    return _when_used(turn, clock, (used_before or NO_TIME) + _span(after))


def _used_at(clock: Clock, threshold: Threshold) -> timedelta:
    """How much of its budget a clock has consumed when the threshold is reached."""
    if threshold.share is not None:
        return clock.budget * float(threshold.share)
    return clock.budget - _span(threshold.left) if threshold.left else clock.budget


def _when_used(turn: Turn, clock: Clock, used: timedelta) -> datetime:
    further = max(used - clock.spent, NO_TIME)
    moment = turn.calendar.add_working_time(clock.running_since, further)
    return moment.replace(microsecond=0)


def _last_morning(turn: Turn, clock: Clock) -> Iterator[Reached]:
    """The opening of the day a dossier is due on, unless it began to run on that day."""
    day = clock.due_at.date()
    if clock.running_since.date() < day:
        midnight = datetime.combine(day, time(), VIETNAM)
        yield Reached(Level.DUE, turn.calendar.next_opening(midnight))


def _span(limit: TimeLimit) -> timedelta:
    return timedelta(hours=float(limit.working_hours()))
