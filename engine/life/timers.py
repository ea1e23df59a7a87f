"""Which moments a dossier waits for. Timers are not remembered, they are read off its clocks."""

from datetime import datetime
from enum import StrEnum

from engine.deadlines.clock import Clock
from engine.model.dossier import Dossier
from engine.model.status import Status


class TimerKind(StrEnum):
    """What the moment means when it comes."""

    LAPSE = "lapse"
    STEP_DUE = "step_due"
    DOSSIER_DUE = "dossier_due"


TimerKey = tuple[TimerKind, int]
"""Kind and place; place 0 is the whole dossier."""


def timers(dossier: Dossier) -> dict[TimerKey, datetime]:
    """Every moment that must not pass unnoticed, by kind and place.

    A paused clock has none, nor has a step without time limit; and once the result is there, the
    citizen may fetch it when they like.
    """
    if dossier.outcome is not None:
        return {}
    found: dict[TimerKey, Clock | None] = {}
    for place, wait in dossier.waits.items():
        found[TimerKind.LAPSE, place] = wait.clock
    for place, task in dossier.tasks.items():
        timeless = task.overdue or not task.clock.limit.amount
        found[TimerKind.STEP_DUE, place] = None if timeless else task.clock
    settled = dossier.overdue or dossier.status is Status.PROCESSED
    found[TimerKind.DOSSIER_DUE, 0] = None if settled else dossier.clock
    return {key: clock.due_at for key, clock in found.items() if clock and not clock.is_halted}
