"""Stopping and restarting a dossier's clock: by a person's order, or by where its token rests."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from engine.deadlines.clock import ClockPolicy
from engine.errors import AlreadyPaused, NotPaused, PauseNotAllowed, TooLate
from engine.life.guards import require_unfinished
from engine.life.moments import text
from engine.life.pause_reasons import pause_reason
from engine.life.setting import Setting
from engine.life.standing import update_status
from engine.life.turn import Turn
from engine.model.dossier import Dossier, Pause, Task, Waiting
from engine.model.event import Act, EventType
from engine.model.status import Status


def pause_by_order(dossier: Dossier, act: Act, setting: Setting) -> None:
    """A person stops all work on the dossier, for a reason of the catalogue."""
    require_unfinished(dossier)
    reason = pause_reason(act.data["reason"])
    if dossier.suspended:
        raise AlreadyPaused(code=dossier.code)
    if not reason.manual or dossier.received_at is None:
        raise PauseNotAllowed(name=reason.name)
    if dossier.status is Status.PROCESSED:
        raise TooLate(code=dossier.code, what="tạm dừng")
    turn = Turn.of(dossier, act, setting)
    until = act.data.get("until")
    _begin(
        turn, Pause(reason.code, turn.at, None, datetime.fromisoformat(until) if until else None)
    )
    for place in _clocked(dossier):
        if place.clock:
            place.clock = place.clock.pause(turn.calendar, turn.at, reason.policy)
    update_status(turn)


def resume_by_order(dossier: Dossier, act: Act, setting: Setting) -> None:
    """A person lets work go on; every clock keeps the working time that it had left."""
    require_unfinished(dossier)
    pause = dossier.suspended
    if pause is None:
        raise NotPaused(code=dossier.code)
    turn = Turn.of(dossier, act, setting)
    _end(turn, pause)
    for place in _clocked(dossier):
        if place.clock and place.clock.paused_at is not None:
            place.clock = place.clock.resume(turn.calendar, turn.at)
    update_status(turn)


def pause_at(turn: Turn, place: int, reason: str) -> None:
    """A token came to rest at a place that the diagram says pauses the dossier."""
    _begin(turn, Pause(pause_reason(reason).code, turn.at, place))
    turn.note(EventType.DOSSIER_PAUSED, reason=reason, place=place)


def resume_from(turn: Turn, pause: Pause) -> None:
    """The token left the place that had paused the dossier, or another act ends the pause."""
    turn.note(EventType.DOSSIER_RESUMED, reason=pause.reason, place=pause.place)
    _end(turn, pause)


def _clocked(dossier: Dossier) -> Iterator[Task | Waiting]:
    yield from dossier.tasks.values()
    yield from dossier.waits.values()


def _begin(turn: Turn, pause: Pause) -> None:
    dossier, policy = turn.dossier, pause_reason(pause.reason).policy
    dossier.pauses.append(pause)
    if dossier.clock is None or policy is ClockPolicy.NONE:
        return
    if dossier.clock.paused_at is None:
        dossier.clock = dossier.clock.pause(turn.calendar, turn.at, policy)
    elif policy is ClockPolicy.RESET:
        dossier.clock = replace(dossier.clock, policy=policy)


def _end(turn: Turn, pause: Pause) -> None:
    dossier = turn.dossier
    dossier.pauses.remove(pause)
    stopping = [p for p in dossier.pauses if pause_reason(p.reason).policy is not ClockPolicy.NONE]
    if dossier.clock is None or dossier.clock.paused_at is None or stopping:
        return
    before = dossier.clock.due_at
    dossier.clock = dossier.clock.resume(turn.calendar, turn.at)
    if dossier.clock.due_at != before:
        dossier.overdue = False
        turn.note(EventType.DUE_DATE_SET, due_at=text(dossier.clock.due_at))
