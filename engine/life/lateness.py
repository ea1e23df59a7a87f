"""Why something ended late: recorded when it is known, demanded when it ends."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.deadlines.clock import Clock
from engine.errors.time import NotOverdue, OutageNeeded, OverdueCauseNeeded
from engine.life.rulebook import Rulebook
from engine.life.setting import Setting
from engine.life.turn import Turn
from engine.model.alert import WHOLE, Subject
from engine.model.dossier import Dossier, Lateness, Task
from engine.model.event import Act, EventType

GIVEN = "overdue"
"""Under this name an act that ends something gives the cause of its lateness."""


def record_cause(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Someone says why the dossier, or one of its open tasks, is late; it may be said again."""
    place = act.data["place"]
    lateness = _read(act.data, setting.rulebook)
    task = dossier.tasks.get(place)
    late = _is_late(task, act.at) if task else place == WHOLE and _missed_date(dossier, act.at)
    if not late:
        what = f"bước «{task.name}»" if task else "việc này" if place else "hồ sơ"
        raise NotOverdue(code=dossier.code, what=what)
    turn = Turn.of(dossier, act, setting)
    dossier.lateness[place] = lateness
    return turn


def require_known_cause(act: Act, setting: Setting) -> None:
    """Raise what is wrong with the cause that an act gives, late or not."""
    if act.data.get(GIVEN):
        _read(act.data[GIVEN], setting.rulebook)


def require_cause_of_task(turn: Turn, task: Task) -> None:
    """Demand why a task that ends now is late, if it is and nobody has said so."""
    task.overdue = _is_late(task, turn.at)
    if task.overdue:
        _demand(turn, Subject.STEP, task.place, f"bước «{task.name}»", task.clock)
    turn.dossier.lateness.pop(task.place, None)


def require_cause_of_dossier(turn: Turn) -> None:
    """Demand why a dossier whose result is ready, or whose life ends, is late."""
    dossier = turn.dossier
    if dossier.processed_at == turn.at and dossier.overdue and dossier.clock:
        _demand(turn, Subject.DOSSIER, WHOLE, f"hồ sơ {dossier.code}", dossier.clock)


def _is_late(task: Task, at: datetime) -> bool:
    """By its clock, whether or not the scheduler has seen it; without a limit nothing is late."""
    return task.clock.is_overdue(at) and bool(task.clock.limit.amount)


def _missed_date(dossier: Dossier, at: datetime) -> bool:
    clock = dossier.clock if dossier.processed_at is None else None
    return dossier.overdue or (clock is not None and clock.is_overdue(at))


def _demand(turn: Turn, subject: Subject, place: int, what: str, clock: Clock) -> None:
    dossier, given = turn.dossier, turn.act.data.get(GIVEN)
    if place in dossier.lateness:
        return
    if given:
        lateness = _read(given, turn.rulebook)
        dossier.lateness[place] = lateness
        turn.note(EventType.OVERDUE_CAUSE_RECORDED, place=place, **vars(lateness))
    elif subject in turn.rulebook.demanded:
        raise OverdueCauseNeeded(what=what, due=f"{clock.due_at:%H:%M ngày %d/%m/%Y}")


def _read(raw: Mapping[str, Any], rulebook: Rulebook) -> Lateness:
    cause, outage = rulebook.cause(raw["cause"]), raw.get("outage")
    if cause.outage and outage is None:
        raise OutageNeeded(name=cause.name)
    return Lateness(cause.code, outage)
