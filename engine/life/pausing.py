"""Stopping and restarting a dossier's clock: by a person's order, or by where its token rests."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.deadlines.calendar import WorkingCalendar
from engine.deadlines.clock import Clock, ClockPolicy
from engine.errors import AlreadyPaused, NotPaused, PauseNotAllowed
from engine.life.guards import require_unfinished
from engine.life.moments import text
from engine.life.pause_reasons import pause_reason
from engine.life.setting import Setting
from engine.life.standing import update_status
from engine.model.dossier import Dossier, Pause
from engine.model.event import Act, EventType


def pause_by_order(dossier: Dossier, act: Act, setting: Setting) -> None:
    """A person stops all work on the dossier, for a reason of the catalogue."""
    require_unfinished(dossier)
    reason = pause_reason(act.data["reason"])
    if dossier.suspended:
        raise AlreadyPaused(code=dossier.code)
    if not reason.manual or dossier.received_at is None:
        raise PauseNotAllowed(name=reason.name)
    cause = dossier.record(act).seq
    until = act.data.get("until")
    pause = Pause(reason.code, act.at, None, datetime.fromisoformat(until) if until else None)
    _add(dossier, pause, act.at, setting.calendar)
    for clocked in _clocked(dossier):
        clocked.clock = clocked.clock.pause(setting.calendar, act.at, reason.policy)
    update_status(dossier, act, setting.procedure, cause)


def resume_by_order(dossier: Dossier, act: Act, setting: Setting) -> None:
    """A person lets work go on; every clock keeps the working time that it had left."""
    pause = dossier.suspended
    if pause is None:
        raise NotPaused(code=dossier.code)
    cause = dossier.record(act).seq
    _remove(dossier, pause, act, cause, setting.calendar)
    for clocked in _clocked(dossier):
        clocked.clock = clocked.clock.resume(setting.calendar, act.at)
    update_status(dossier, act, setting.procedure, cause)


def pause_at(
    dossier: Dossier, place: int, reason: str, act: Act, cause: int, calendar: WorkingCalendar
) -> None:
    """A token came to rest at a place that the diagram says pauses the dossier."""
    pause = Pause(pause_reason(reason).code, act.at, place)
    _add(dossier, pause, act.at, calendar)
    data = {"reason": pause.reason, "place": place}
    dossier.record(act, EventType.DOSSIER_PAUSED, data, cause)


def resume_from(
    dossier: Dossier, pause: Pause, act: Act, cause: int, calendar: WorkingCalendar
) -> None:
    """The token left the place that had paused the dossier."""
    _remove(dossier, pause, act, cause, calendar)


def _clocked(dossier: Dossier) -> list[Any]:
    return [
        clocked
        for clocked in (*dossier.tasks.values(), *dossier.waits.values())
        if clocked.clock is not None
    ]


def _add(dossier: Dossier, pause: Pause, at: datetime, calendar: WorkingCalendar) -> None:
    dossier.pauses.append(pause)
    clock, policy = dossier.clock, pause_reason(pause.reason).policy
    if clock is None or policy is ClockPolicy.NONE:
        return
    if clock.paused_at is None:
        dossier.clock = clock.pause(calendar, at, policy)
    elif policy is ClockPolicy.RESET:
        dossier.clock = replace(clock, policy=policy)


def _remove(
    dossier: Dossier, pause: Pause, act: Act, cause: int, calendar: WorkingCalendar
) -> None:
    dossier.pauses.remove(pause)
    dossier.clock = _running(dossier, dossier.clock, act.at, calendar)
    if act.type is not EventType.DOSSIER_RESUMED or pause.place is not None:
        data = {"reason": pause.reason, "place": pause.place}
        dossier.record(act, EventType.DOSSIER_RESUMED, data, cause)
    if dossier.clock is not None:
        data = {"due_at": text(dossier.clock.due_at)}
        dossier.record(act, EventType.DUE_DATE_SET, data, cause)


def _running(
    dossier: Dossier, clock: Clock | None, at: datetime, calendar: WorkingCalendar
) -> Clock | None:
    still = [p for p in dossier.pauses if pause_reason(p.reason).policy is not ClockPolicy.NONE]
    if clock is None or clock.paused_at is None or still:
        return clock
    return clock.resume(calendar, at)
