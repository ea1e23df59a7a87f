"""A dossier is taken out of its way: withdrawn by the citizen, or discontinued by the agency."""

from bpmn.steps import Message
from engine.errors import AlreadyEnding, TooLate
from engine.life.dues import lapse
from engine.life.guards import require_unfinished
from engine.life.pausing import resume_from
from engine.life.setting import Setting
from engine.life.settle import settle
from engine.life.turn import Turn
from engine.model.dossier import Dossier
from engine.model.event import Act, EventType
from engine.model.status import Status
from engine.workflow.run import Run

_MESSAGES = {
    EventType.WITHDRAWAL_REQUESTED: (Message.WITHDRAWAL_REQUESTED, "rút hồ sơ"),
    EventType.DISCONTINUATION_DECIDED: (Message.DISCONTINUATION_DECIDED, "dừng xử lý"),
}


def interrupt(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Stop all that is going on and start the way out that the diagram draws."""
    require_unfinished(dossier)
    message, what = _MESSAGES[act.type]
    if dossier.interruption is not None:
        raise AlreadyEnding(code=dossier.code)
    if dossier.status is Status.PROCESSED or message not in setting.procedure.places.interruptions:
        raise TooLate(code=dossier.code, what=what)
    turn = Turn.of(dossier, act, setting)
    _take_out(turn, message)
    return turn


def discontinue(turn: Turn) -> None:
    """Start the way out of a dossier that waited in vain; its leader signs what is drawn there."""
    if turn.dossier.interruption is None:
        _take_out(turn, Message.DISCONTINUATION_DECIDED)


def _take_out(turn: Turn, message: Message) -> None:
    dossier = turn.dossier
    run = Run.restore(turn.procedure.diagram, dossier.state, dossier.facts)
    dossier.interruption = message
    lapse(turn)
    if pause := dossier.suspended:
        resume_from(turn, pause)
    run.interrupt(message, turn.procedure.places.interruptions[message])
    settle(turn, run)
