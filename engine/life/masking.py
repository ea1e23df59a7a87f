"""What people said and are is masked by law, in a dossier that has ended.

Nothing of its course changes: the act tells on what ground it was done, what the chain covers of
the payloads left (by event, the hexadecimal SHA-256 that `engine.store.chain.payload_digest` has of
them), and which files of papers handed in are destroyed.
"""

from engine.errors.retention import AlreadyMasked, StillRunning
from engine.life.setting import Setting
from engine.life.turn import Turn
from engine.model.dossier import Dossier
from engine.model.event import Act


def mask(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Raises `StillRunning` or `AlreadyMasked`."""
    if dossier.finished_at is None:
        raise StillRunning(code=dossier.code)
    if dossier.masked_at is not None:
        raise AlreadyMasked(code=dossier.code)
    turn = Turn.of(dossier, act, setting)
    dossier.masked_at = turn.at
    return turn
