"""Putting off a due date with an apology (Decree 61/2018, art. 19(9)): once, and in time."""

from datetime import date, datetime

from engine.deadlines.calendar import WorkingCalendar, local
from engine.deadlines.clock import Clock
from engine.errors.time import (
    ClockNotRunning,
    ExtensionDateInvalid,
    ExtensionTooLate,
    ExtensionUsedUp,
)
from engine.life.due_dates import set_clock
from engine.life.guards import require_unfinished
from engine.life.rulebook import ExtensionRule
from engine.life.setting import Setting
from engine.life.turn import Turn
from engine.model.dossier import Dossier
from engine.model.event import Act


def extend(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """The agency apologises and promises a later day; its closing is the new due moment."""
    clock, rule = _running_clock(dossier), setting.rulebook.extension
    calendar = setting.calendar_of(dossier.calendar)
    setting.rulebook.cause(act.data["cause"])
    if dossier.extensions >= rule.times:
        raise ExtensionUsedUp(code=dossier.code, times=rule.times)
    _require_in_time(dossier, clock, calendar, act.at, rule)
    until = _new_due(clock, calendar, date.fromisoformat(act.data["until"]))
    turn = Turn.of(dossier, act, setting)
    dossier.extensions += 1
    set_clock(turn, clock.promise(calendar, turn.at, until), "extension")
    return turn


def _running_clock(dossier: Dossier) -> Clock:
    require_unfinished(dossier)
    clock = dossier.clock
    if clock is None or not clock.is_running or dossier.processed_at or dossier.suspended:
        raise ClockNotRunning(code=dossier.code, what="gia hạn")
    return clock


def _require_in_time(
    dossier: Dossier, clock: Clock, calendar: WorkingCalendar, at: datetime, rule: ExtensionRule
) -> None:
    latest = calendar.plus_working_days(clock.due_at.date(), -int(rule.notice.amount))
    if local(at).date() > latest:
        raise ExtensionTooLate(
            code=dossier.code,
            notice=rule.notice.in_words(),
            due=f"{clock.due_at:%H:%M ngày %d/%m/%Y}",
            latest=f"{latest:%d/%m/%Y}",
        )


def _new_due(clock: Clock, calendar: WorkingCalendar, day: date) -> datetime:
    working = calendar.is_working_day(day)
    if not working or calendar.closing(day) <= clock.due_at:
        raise ExtensionDateInvalid(
            due=f"{clock.due_at:%H:%M ngày %d/%m/%Y}",
            date=f"{day:%d/%m/%Y}",
            why="không sau hạn hiện tại" if working else calendar.why(day),
        )
    return calendar.closing(day)
