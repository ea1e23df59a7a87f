"""Which moments a dossier waits for. Timers are not remembered, they are read off its state."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from engine.life.alerting import live_alert
from engine.model.alert import AlertKey, Subject
from engine.model.dossier import Dossier


class TimerKind(StrEnum):
    """What the moment means when it comes: a wait lapses, or a subject of alerts turns worse."""

    LAPSE = "lapse"
    DOSSIER = Subject.DOSSIER.value
    STEP = Subject.STEP.value
    PAUSE = Subject.PAUSE.value
    UNASSIGNED = Subject.UNASSIGNED.value
    INTAKE = Subject.INTAKE.value
    OBLIGATION = Subject.OBLIGATION.value


TimerKey = tuple[TimerKind, int]
"""Kind and place; place 0 is the whole dossier."""


def timers(dossier: Dossier) -> dict[TimerKey, datetime]:
    """Every moment that must not pass unnoticed, by kind and place: for each subject of alerts
    the next level or the next rung of the ladder, whichever comes first."""
    if dossier.outcome is not None:
        return {}
    found: dict[TimerKey, datetime] = {}
    for place, wait in dossier.waits.items():
        if wait.clock and wait.clock.is_running:
            found[TimerKind.LAPSE, place] = wait.clock.due_at
    for key in dossier.watches:
        if moments := list(_moments(dossier, key)):
            found[TimerKind(key[0].value), key[1]] = min(moments)
    return found


def _moments(dossier: Dossier, key: AlertKey) -> Iterator[datetime]:
    if levels := dossier.watches[key].levels:
        yield levels[0].at
    alert = live_alert(dossier, key)
    if alert and alert.escalates_at:
        yield alert.escalates_at
