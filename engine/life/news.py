"""News from outside that a diagram waits for: supplements, fulfilled obligations."""

from bpmn.steps import Message
from engine.errors import NothingAwaited
from engine.life.dues import OTHERS, require_paid
from engine.life.guards import require_work_allowed
from engine.life.setting import Setting
from engine.life.settle import settle
from engine.life.turn import Turn
from engine.model.dossier import Dossier, Waiting
from engine.model.event import Act, EventType
from engine.workflow.run import Run

_AWAITED = {
    EventType.SUPPLEMENT_RECEIVED: (Message.SUPPLEMENT_RECEIVED, "bổ sung giấy tờ"),
    EventType.OBLIGATION_FULFILLED: (
        Message.OBLIGATION_FULFILLED,
        "thực hiện nghĩa vụ tài chính",
    ),
}


def bring(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """What the dossier waited for has come; the act's payload becomes facts of that wait."""
    require_work_allowed(dossier, setting)
    message, what = _AWAITED[act.type]
    if message is Message.OBLIGATION_FULFILLED:
        require_paid(dossier, OTHERS)
    wait = _waiting_for(dossier, message, setting)
    if wait is None:
        raise NothingAwaited(code=dossier.code, what=what)
    dossier.facts[wait.step] = dict(act.payload)
    turn = Turn.of(dossier, act, setting)
    go_on(turn, wait.place)
    return turn


def go_on(turn: Turn, place: int) -> None:
    """The wait at a place is over: its token moves on."""
    dossier = turn.dossier
    run = Run.restore(turn.procedure.diagram, dossier.state, dossier.facts)
    run.happen(place)
    settle(turn, run)


def _waiting_for(dossier: Dossier, message: Message, setting: Setting) -> Waiting | None:
    known = setting.procedure.places.waits
    return next((w for w in dossier.waits.values() if known[w.step].message is message), None)
