"""Somebody takes note of an alert."""

from engine.errors.time import AlertUnknown
from engine.life.alerting import acknowledged, change
from engine.life.setting import Setting
from engine.life.turn import Turn
from engine.model.dossier import Dossier
from engine.model.event import Act


def acknowledge(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Take note of a live alert; what only wanted to be known climbs the ladder no further."""
    seq = act.data["alert"]
    alert = next((a for a in dossier.alerts if a.live and a.seq == seq), None)
    if alert is None:
        raise AlertUnknown(code=dossier.code, alert=seq)
    turn = Turn.of(dossier, act, setting)
    change(dossier, alert, acknowledged(turn, alert))
    return turn
