"""A supervisor presses whoever has a task, with a note."""

from datetime import timedelta

from engine.deadlines.calendar import local
from engine.errors.time import PressedLately
from engine.life.alerting import raise_alert
from engine.life.guards import open_task, require_unfinished
from engine.life.setting import Setting
from engine.life.turn import Turn
from engine.model.alert import Level, Subject
from engine.model.dossier import Dossier, Task
from engine.model.event import Act

APART = timedelta(hours=1)
"""A task is pressed no more often than this: who hears it all the time hears it no more."""


def press(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Tell whoever has a task, or might take it, to get on; also while the dossier is paused."""
    require_unfinished(dossier)
    task = open_task(dossier, act.data["place"])
    _require_some_time_since(dossier, task, act)
    turn = Turn.of(dossier, act, setting)
    raise_alert(turn, (Subject.PRESS, task.place), Level.NOTICE, turn.at)
    return turn


def _require_some_time_since(dossier: Dossier, task: Task, act: Act) -> None:
    """Raise `PressedLately` when the task was pressed less than an hour ago."""
    key = Subject.PRESS, task.place
    last = max((alert.raised_at for alert in dossier.alerts if alert.key == key), default=None)
    if last is not None and act.at < last + APART:
        at = f"{local(last):%H:%M}"
        raise PressedLately(name=task.name, code=dossier.code, at=at)
