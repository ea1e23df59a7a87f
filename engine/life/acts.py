"""Every act there is, and the rule that applies it: the table that commands and replay share."""

from collections.abc import Callable

from engine.life.assignment import assign, claim, delegate, release
from engine.life.completion import complete
from engine.life.ending import interrupt
from engine.life.guards import require_keepable
from engine.life.news import bring, lapse
from engine.life.pausing import pause_by_order, resume_by_order
from engine.life.setting import Setting
from engine.life.submission import submit
from engine.model.dossier import Dossier
from engine.model.event import Act, EventType

Rule = Callable[[Dossier, Act, Setting], None]

RULES: dict[EventType, Rule] = {
    EventType.TASK_CLAIMED: claim,
    EventType.TASK_RELEASED: release,
    EventType.TASK_ASSIGNED: assign,
    EventType.TASK_DELEGATED: delegate,
    EventType.TASK_COMPLETED: complete,
    EventType.SUPPLEMENT_RECEIVED: bring,
    EventType.OBLIGATION_FULFILLED: bring,
    EventType.DOSSIER_PAUSED: pause_by_order,
    EventType.DOSSIER_RESUMED: resume_by_order,
    EventType.WITHDRAWAL_REQUESTED: interrupt,
    EventType.DISCONTINUATION_DECIDED: interrupt,
    EventType.TIMER_FIRED: lapse,
}


def begin(act: Act, setting: Setting) -> Dossier:
    """The dossier that a DOSSIER_SUBMITTED act begins."""
    require_keepable(act.payload)
    return submit(act, setting)


def apply(dossier: Dossier, act: Act, setting: Setting) -> None:
    """Let an act happen to a dossier.

    Raises an `EngineError` that says why not; the dossier is then to be thrown away.
    """
    require_keepable(act.payload)
    RULES[act.type](dossier, act, setting)
