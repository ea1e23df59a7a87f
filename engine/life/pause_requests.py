"""Asking those who may order a pause to do so."""

from engine.errors.time import NoPauseRequested, PauseRequestPending
from engine.life.guards import require_unfinished
from engine.life.pause_terms import require_orderable
from engine.life.setting import Setting
from engine.life.turn import Turn
from engine.model.dossier import Dossier, PauseRequest
from engine.model.event import Act


def ask_for_pause(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Someone asks for a pause that others decide on; nothing halts until they do."""
    until = require_orderable(dossier, act, setting)
    if dossier.pause_request:
        raise PauseRequestPending(code=dossier.code)
    turn = Turn.of(dossier, act, setting)
    evidence = act.data.get("evidence")
    dossier.pause_request = PauseRequest(act.data["reason"], act.actor, turn.at, until, evidence)
    return turn


def decline_pause(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Those who decide say no."""
    require_unfinished(dossier)
    if dossier.pause_request is None:
        raise NoPauseRequested(code=dossier.code)
    turn = Turn.of(dossier, act, setting)
    dossier.pause_request = None
    return turn
