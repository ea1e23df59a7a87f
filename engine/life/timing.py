"""A timer fired: a wait has lapsed, a level is reached, or the next rung is to be told."""

from collections.abc import Callable
from dataclasses import replace

from bpmn.steps import Message
from engine.deadlines.clock_policy import ClockPolicy
from engine.errors import TimerOutdated
from engine.life.alerting import escalate, live_alert, raise_alert
from engine.life.ending import discontinue
from engine.life.guards import require_unfinished
from engine.life.moments import text
from engine.life.news import go_on
from engine.life.pausing import end_pause, mark_overdue
from engine.life.setting import Setting
from engine.life.standing import update_status
from engine.life.timers import TimerKind
from engine.life.turn import Turn
from engine.model.alert import AlertKey, Level, Subject, Watch
from engine.model.dossier import Dossier, Pause
from engine.model.event import Act, EventType


def come_due(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Let the moment of a timer happen; raises `TimerOutdated` when it no longer stands."""
    require_unfinished(dossier)
    kind, place = TimerKind(act.data["kind"]), act.data["place"]
    if kind is TimerKind.LAPSE:
        if place not in dossier.waits:
            raise TimerOutdated(code=dossier.code)
        turn = Turn.of(dossier, act, setting)
        go_on(turn, place)
        return turn
    return _watched(dossier, (Subject(kind.value), place), act, setting)


def _watched(dossier: Dossier, key: AlertKey, act: Act, setting: Setting) -> Turn:
    watch, alert = dossier.watches.get(key), live_alert(dossier, key)
    reached = [r for r in watch.levels if r.at <= act.at] if watch else []
    if watch and reached:
        turn = Turn.of(dossier, act, setting)
        _reach(turn, key, watch, reached[-1].level)
    elif alert and alert.escalates_at and alert.escalates_at <= act.at:
        turn = Turn.of(dossier, act, setting)
        escalate(turn, alert)
    else:
        raise TimerOutdated(code=dossier.code)
    return turn


def _reach(turn: Turn, key: AlertKey, watch: Watch, level: Level) -> None:
    """Of several levels passed at once, only the worst is raised; none where a pause has ended
    by itself, for then nobody is to be warned of it."""
    later = tuple(reached for reached in watch.levels if reached.at > turn.at)
    turn.dossier.watches[key] = replace(watch, levels=later)
    subject, place = key
    if level is Level.OVERDUE and subject in _EFFECTS:
        _EFFECTS[subject](turn, place)
    if subject is not Subject.PAUSE or any(p.key == place for p in turn.dossier.pauses):
        raise_alert(turn, key, level, watch.against)


def _dossier_overdue(turn: Turn, place: int) -> None:
    turn.dossier.overdue = True
    turn.note(EventType.DOSSIER_OVERDUE)


def _step_overdue(turn: Turn, place: int) -> None:
    task = turn.dossier.tasks[place]
    task.overdue = True
    turn.note(EventType.TASK_OVERDUE, place=place, step=task.step, assignee=task.assignee)


def _pause_overdue(turn: Turn, place: int) -> None:
    """A pause has lasted longer than it may; its policy may say what follows by itself."""
    dossier = turn.dossier
    pause = mark_overdue(dossier, next(p for p in dossier.pauses if p.key == place))
    until = text(pause.until) if pause.until else None
    turn.note(EventType.PAUSE_OVERDUE, reason=pause.reason, place=pause.place, until=until)
    policy = turn.setting.pause_reason(pause.reason).policy
    interruptions = turn.procedure.places.interruptions
    if policy is ClockPolicy.DEEMED:
        _deem_agreed(turn, pause)
    elif policy is ClockPolicy.STOP and Message.DISCONTINUATION_DECIDED in interruptions:
        discontinue(turn)


def _deem_agreed(turn: Turn, pause: Pause) -> None:
    """Silence counts as consent: what waited goes on."""
    if pause.place in turn.dossier.waits:
        go_on(turn, pause.place)
        return
    turn.note(EventType.DOSSIER_RESUMED, reason=pause.reason, place=pause.place)
    end_pause(turn, pause)
    update_status(turn)


_EFFECTS: dict[Subject, Callable[[Turn, int], None]] = {
    Subject.DOSSIER: _dossier_overdue,
    Subject.STEP: _step_overdue,
    Subject.PAUSE: _pause_overdue,
}
