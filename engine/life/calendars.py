"""The working calendar turns out to be another: every clock is folded again."""

from engine.life.alerting import raise_alert
from engine.life.due_dates import set_clock
from engine.life.guards import require_unfinished
from engine.life.pausing import clocked
from engine.life.setting import Setting
from engine.life.turn import Turn
from engine.model.alert import WHOLE, Level, Subject
from engine.model.dossier import Dossier
from engine.model.event import Act


def change_calendar(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Move the dossier to a newer edition; where that moves its due date, say so."""
    require_unfinished(dossier)
    turn = Turn.of(dossier, act, setting)
    dossier.calendar = act.data["calendar"]
    dossier.watches.clear()
    for place in clocked(dossier):
        if place.clock:
            place.clock = place.clock.on(turn.calendar, turn.at)
    if dossier.clock and set_clock(turn, dossier.clock.on(turn.calendar, turn.at), "calendar"):
        raise_alert(turn, (Subject.CALENDAR, WHOLE), Level.NOTICE, dossier.clock.due_at)
    return turn
