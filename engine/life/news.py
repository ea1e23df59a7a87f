"""News from outside that a diagram waits for: supplements, fulfilled obligations, lapsed time."""

from bpmn.steps import Message
from engine.errors import NothingAwaited, TimerOutdated
from engine.life.guards import require_unfinished, require_work_allowed
from engine.life.setting import Setting
from engine.life.settle import settle
from engine.life.timers import TimerKind
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


def bring(dossier: Dossier, act: Act, setting: Setting) -> None:
    """What the dossier waited for has come; the act's payload becomes facts of that wait."""
    require_work_allowed(dossier)
    message, what = _AWAITED[act.type]
    wait = _waiting_for(dossier, message, setting)
    if wait is None:
        raise NothingAwaited(code=dossier.code, what=what)
    dossier.facts[wait.step] = dict(act.payload)
    _go_on(dossier, wait, act, setting)


def lapse(dossier: Dossier, act: Act, setting: Setting) -> None:
    """A timer fired: the time of a wait, of a step or of the whole dossier has run out."""
    require_unfinished(dossier)
    kind, place = TimerKind(act.data["kind"]), act.data["place"]
    if kind is TimerKind.LAPSE:
        if place not in dossier.waits:
            raise TimerOutdated(code=dossier.code)
        _go_on(dossier, dossier.waits[place], act, setting)
    else:
        _note_overdue(dossier, kind, place, act, setting)


def _note_overdue(
    dossier: Dossier, kind: TimerKind, place: int, act: Act, setting: Setting
) -> None:
    if kind is TimerKind.DOSSIER_DUE:
        dossier.overdue = True
        Turn.of(dossier, act, setting).note(EventType.DOSSIER_OVERDUE)
        return
    if place not in dossier.tasks:
        raise TimerOutdated(code=dossier.code)
    task = dossier.tasks[place]
    task.overdue = True
    turn = Turn.of(dossier, act, setting)
    turn.note(EventType.TASK_OVERDUE, place=place, step=task.step, assignee=task.assignee)


def _go_on(dossier: Dossier, wait: Waiting, act: Act, setting: Setting) -> None:
    run = Run.restore(setting.procedure.diagram, dossier.state, dossier.facts)
    turn = Turn.of(dossier, act, setting)
    run.happen(wait.place)
    settle(turn, run)


def _waiting_for(dossier: Dossier, message: Message, setting: Setting) -> Waiting | None:
    known = setting.procedure.places.waits
    return next((w for w in dossier.waits.values() if known[w.step].message is message), None)
