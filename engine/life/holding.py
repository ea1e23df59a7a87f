"""Who had a task for how long: the ledger of responsibility, as the log keeps it."""

from datetime import timedelta

from engine.deadlines.calendar import NO_TIME
from engine.life.moments import text
from engine.life.turn import Turn
from engine.model.dossier import Task
from engine.model.event import EventType


def hand_over(turn: Turn, task: Task, to: int | None) -> None:
    """A task goes from who has it, or from its unit's queue, to someone else or back."""
    end_holding(turn, task)
    task.assignee = to
    task.held_since = turn.at
    task.held_before = task.clock.consumed(turn.calendar, turn.at)


def end_holding(turn: Turn, task: Task) -> None:
    """Record the working time that a task was held, pauses left out; `late` is how much of it
    went beyond the step's limit. A queue that kept nobody waiting is not worth a line."""
    used, budget = task.clock.consumed(turn.calendar, turn.at), task.clock.budget
    worked = used - task.held_before
    if task.assignee is None and not worked:
        return
    late = (
        max(used - max(budget, task.held_before), NO_TIME) if task.clock.limit.amount else NO_TIME
    )
    turn.note(
        EventType.TASK_HELD,
        place=task.place,
        step=task.step,
        agency=task.agency,
        unit=task.unit,
        holder=task.assignee,
        since=text(task.held_since),
        worked=_seconds(worked),
        late=_seconds(late),
    )


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())
