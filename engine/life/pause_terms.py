"""On what terms a person may order a pause, or ask for one: its reason, evidence and end."""

from datetime import datetime

from engine.deadlines.calendar import WorkingCalendar, local
from engine.deadlines.due import due
from engine.errors import AlreadyPaused, PauseNotAllowed, TooLate
from engine.errors.time import (
    PauseNeedsEvidence,
    PauseUntilInvalid,
    PauseUntilNeeded,
    PauseUsedUp,
)
from engine.life.guards import require_unfinished
from engine.life.rulebook import PauseReason
from engine.life.setting import Setting
from engine.model.dossier import Dossier
from engine.model.event import Act
from engine.model.status import Status


def require_orderable(dossier: Dossier, act: Act, setting: Setting) -> datetime:
    """Until when the pause may last that an act orders or asks for; raises what forbids it."""
    require_unfinished(dossier)
    reason = setting.pause_reason(act.data["reason"])
    if dossier.suspended:
        raise AlreadyPaused(code=dossier.code)
    if not reason.manual or dossier.received_at is None:
        raise PauseNotAllowed(name=reason.name)
    if dossier.status is Status.PROCESSED:
        raise TooLate(code=dossier.code, what="tạm dừng")
    if reason.evidence and not act.data.get("evidence"):
        raise PauseNeedsEvidence(name=reason.name)
    require_times_left(dossier, reason)
    return _end(dossier, act, reason, setting)


def require_times_left(dossier: Dossier, reason: PauseReason) -> None:
    """Raise `PauseUsedUp` when the dossier has rested for this reason as often as it may."""
    times = dossier.times_paused.get(count_key(dossier, reason), 0)
    if reason.times is not None and times >= reason.times:
        raise PauseUsedUp(code=dossier.code, name=reason.name, times=reason.times)


def count_key(dossier: Dossier, reason: PauseReason) -> str:
    """Under what a pause is counted: before and after receipt apart."""
    return reason.code if dossier.received_at else f"{reason.code}@intake"


def latest_end(calendar: WorkingCalendar, at: datetime, reason: PauseReason) -> datetime | None:
    """The last moment of a pause that begins at `at`; None when its reason sets no limit."""
    return due(calendar, at, reason.limit).due_at if reason.limit else None


def _end(dossier: Dossier, act: Act, reason: PauseReason, setting: Setting) -> datetime:
    calendar = setting.calendar_of(dossier.calendar)
    latest, given = latest_end(calendar, act.at, reason), act.data.get("until")
    until = datetime.fromisoformat(given) if given else latest
    if until is None:
        raise PauseUntilNeeded(name=reason.name)
    if until <= act.at or (latest and until > latest):
        bound = f"{local(latest):%H:%M ngày %d/%m/%Y}" if latest else "mười năm"
        raise PauseUntilInvalid(latest=bound)
    return local(until)
