"""The working calendar turns out to be another: every clock is folded again."""

from datetime import datetime

from engine.life.alerting import latest_alert, live_alert, raise_alert, restore, withdraw
from engine.life.due_dates import set_clock, set_place_clock
from engine.life.guards import require_unfinished
from engine.life.pausing import clocked
from engine.life.setting import Setting
from engine.life.turn import Turn
from engine.model.alert import WHOLE, Level, Subject
from engine.model.dossier import Dossier, Task
from engine.model.event import Act


def change_calendar(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Move the dossier to a newer edition; where that moves its due date, say so."""
    require_unfinished(dossier)
    turn = Turn.of(dossier, act, setting)
    dossier.calendar = act.data["calendar"]
    dossier.watches.clear()
    for place in clocked(dossier):
        if place.clock:
            set_place_clock(place, place.clock.on(turn.calendar, turn.at), turn.at)
    for task in dossier.tasks.values():
        _count_anew(turn, task)
    if dossier.clock and set_clock(turn, dossier.clock.on(turn.calendar, turn.at), "calendar"):
        _give_notice(turn, dossier.clock.due_at)
    return turn


def _count_anew(turn: Turn, task: Task) -> None:
    """What was used of a step before it came to who has it, by the calendar as it is now known."""
    used = task.clock.consumed(turn.calendar, turn.at)
    held = task.clock.consumed_since(turn.calendar, task.held_since, turn.at)
    task.held_before = used - held


def _give_notice(turn: Turn, due_at: datetime) -> None:
    """Say that the due date is another; a date that comes back is no news to who took note."""
    key = Subject.CALENDAR, WHOLE
    known = latest_alert(turn.dossier, key, due_at)
    if known is None:
        raise_alert(turn, key, Level.NOTICE, due_at)
    elif not known.live and not known.acknowledged:
        if other := live_alert(turn.dossier, key):
            withdraw(turn, other, "superseded")
        restore(turn, known)
