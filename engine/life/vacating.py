"""Tasks of someone who leaves, or who no longer has the role for them."""

from engine.life.assignment import require_four_eyes
from engine.life.guards import open_task, require_unfinished
from engine.life.holding import hand_over
from engine.life.setting import Setting
from engine.life.turn import Turn
from engine.model.dossier import Dossier
from engine.model.event import Act


def vacate(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """A task leaves its holder for a successor (`assignee`) or for the queue of its unit (None).

    Also while the dossier rests: who left cannot hold it until it goes on.
    """
    require_unfinished(dossier)
    task, to = open_task(dossier, act.data["place"]), act.data["assignee"]
    if to is not None:
        require_four_eyes(dossier, task, str(to), setting.procedure)
    turn = Turn.of(dossier, act, setting)
    hand_over(turn, task, to)
    return turn
