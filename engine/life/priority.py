"""A dossier goes before others, for a reason that the office's rulebook names."""

from engine.errors.reception import NotPrioritised, PriorityNeedsNote
from engine.life.guards import require_unfinished
from engine.life.setting import Setting
from engine.life.turn import Turn
from engine.model.dossier import Dossier
from engine.model.event import Act


def prioritise(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """From now on it goes before others; saying so again changes the reason."""
    require_unfinished(dossier)
    reason = setting.rulebook.priority(act.data["reason"])
    if reason.note and not act.payload.get("note"):
        raise PriorityNeedsNote(name=reason.name)
    turn = Turn.of(dossier, act, setting)
    dossier.priority = reason.code
    return turn


def withdraw_priority(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """It waits its turn again."""
    require_unfinished(dossier)
    if dossier.priority is None:
        raise NotPrioritised(code=dossier.code)
    turn = Turn.of(dossier, act, setting)
    dossier.priority = None
    return turn
