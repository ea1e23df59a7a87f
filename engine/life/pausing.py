"""Stopping and restarting a dossier's clock: by a person's order, or by where its token rests."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from engine.deadlines.clock_policy import ClockPolicy
from engine.errors import NotPaused
from engine.life.due_dates import set_clock, set_place_clock
from engine.life.guards import require_unfinished
from engine.life.moments import text
from engine.life.pause_terms import count_key, latest_end, require_orderable, require_times_left
from engine.life.rulebook import PauseReason
from engine.life.setting import Setting
from engine.life.standing import update_status
from engine.life.turn import Turn
from engine.model.dossier import Dossier, Pause, Task, Waiting
from engine.model.event import Act, EventType


def pause_by_order(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """A person stops all work on the dossier, for a reason of the rulebook.

    A pause that someone had asked for is thereby granted.
    """
    until = require_orderable(dossier, act, setting)
    reason = setting.pause_reason(act.data["reason"])
    turn = Turn.of(dossier, act, setting)
    asked_by = dossier.pause_request.by if dossier.pause_request else None
    dossier.pause_request = None
    evidence = act.data.get("evidence")
    _begin(turn, Pause(reason.code, turn.at, None, until, act.actor, asked_by, evidence), reason)
    turn.note(EventType.PAUSE_LIMIT_SET, reason=reason.code, until=text(until), asked_by=asked_by)
    for place in clocked(dossier):
        stand_still(turn, place)
    update_status(turn)
    return turn


def resume_by_order(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """A person lets work go on; every clock keeps the working time that it had left."""
    require_unfinished(dossier)
    pause = dossier.suspended
    if pause is None:
        raise NotPaused(code=dossier.code)
    turn = Turn.of(dossier, act, setting)
    end_pause(turn, pause)
    update_status(turn)
    return turn


def pause_at(turn: Turn, place: int, code: str) -> None:
    """A token came to rest at a place that the diagram says pauses the dossier."""
    reason = turn.setting.pause_reason(code)
    until = latest_end(turn.calendar, turn.at, reason)
    _begin(turn, Pause(reason.code, turn.at, place, until, turn.act.actor), reason)
    turn.note(
        EventType.DOSSIER_PAUSED, reason=code, place=place, until=text(until) if until else None
    )


def rest(turn: Turn, code: str, evidence: Mapping[str, Any]) -> None:
    """All work stops because of an act that is about something else, on the evidence of it."""
    reason = turn.setting.pause_reason(code)
    until = latest_end(turn.calendar, turn.at, reason)
    _begin(turn, Pause(code, turn.at, None, until, turn.act.actor, None, evidence), reason)
    told = {"reason": code, "place": None, "until": text(until) if until else None}
    turn.note(EventType.DOSSIER_PAUSED, **told, evidence=dict(evidence))
    for place in clocked(turn.dossier):
        stand_still(turn, place)
    update_status(turn)


def resume_from(turn: Turn, pause: Pause) -> None:
    """The token left the place that had paused the dossier, or another act ends the pause."""
    turn.note(EventType.DOSSIER_RESUMED, reason=pause.reason, place=pause.place)
    end_pause(turn, pause)


def stand_still(turn: Turn, place: Task | Waiting) -> None:
    """Halt the clock of a place while an ordered pause does; whatever it does to the dossier's
    limit, a step or a timer of the diagram goes on with the time that it had left."""
    pause = turn.dossier.suspended
    if pause and place.clock and turn.setting.pause_reason(pause.reason).policy.halts:
        place.clock = place.clock.pause(turn.calendar, turn.at, ClockPolicy.PAUSE)


def clocked(dossier: Dossier) -> Iterator[Task | Waiting]:
    """The open places of the diagram, with or without a clock."""
    yield from dossier.tasks.values()
    yield from dossier.waits.values()


def end_pause(turn: Turn, pause: Pause) -> None:
    """Let the clocks run that this pause had halted, unless another one still halts them."""
    dossier = turn.dossier
    dossier.pauses.remove(pause)
    if pause.place is None:
        for place in clocked(dossier):
            if place.clock and place.clock.is_halted:
                resumed = place.clock.resume(turn.calendar, turn.at)
                set_place_clock(place, resumed, turn.at)
    halting = any(turn.setting.pause_reason(p.reason).policy.halts for p in dossier.pauses)
    if dossier.clock and dossier.clock.is_halted and not halting:
        set_clock(turn, dossier.clock.resume(turn.calendar, turn.at), pause.reason)


def _begin(turn: Turn, pause: Pause, reason: PauseReason) -> None:
    _count(turn.dossier, reason)
    turn.dossier.pauses.append(pause)
    if turn.dossier.clock is None:
        return
    if reason.policy is ClockPolicy.EXTEND and reason.extension:
        extended = turn.dossier.clock.extend(turn.calendar, turn.at, reason.extension)
        set_clock(turn, extended, reason.code)
    elif reason.policy.halts:
        _halt(turn, reason.policy)


def _halt(turn: Turn, policy: ClockPolicy) -> None:
    """Halt the dossier's clock; of several pauses at once a RESET outweighs the others."""
    clock = turn.dossier.clock
    outweighs = policy is ClockPolicy.RESET and clock and clock.policy is not policy
    if clock and (outweighs or not clock.is_halted):
        turn.dossier.clock = clock.pause(turn.calendar, turn.at, policy)


def _count(dossier: Dossier, reason: PauseReason) -> None:
    require_times_left(dossier, reason)
    key = count_key(dossier, reason)
    dossier.times_paused[key] = dossier.times_paused.get(key, 0) + 1


def mark_overdue(dossier: Dossier, pause: Pause) -> Pause:
    """Remember that a pause has lasted longer than it may."""
    late = replace(pause, overdue=True)
    dossier.pauses[dossier.pauses.index(pause)] = late
    return late
