"""Due dates: when a time limit ends on a working calendar, and the reason day by day."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from bpmn.time_limit import StartRule, TimeLimit, Unit
from engine.deadlines.calendar import NO_TIME, VIETNAM, WorkingCalendar, local

SAME_DAY_CUT_OFF = time(15)
_NOT_COUNTED = "Ngày bắt đầu, không tính"
_OUT_OF_HOURS = "Ngoài giờ làm việc"


@dataclass(frozen=True)
class DayCount:
    """One calendar date on the way to a due date: whether it counted, and why (Vietnamese)."""

    date: date
    counted: bool
    why: str


@dataclass(frozen=True)
class Due:
    """A due date and every date from the start to it, both included."""

    due_at: datetime
    days: tuple[DayCount, ...]


def default_rule(unit: Unit) -> StartRule:
    """Give the rule of a limit for which none is laid down: INSTANT for hours, else NEXT_DAY."""
    return StartRule.INSTANT if unit is Unit.HOURS else StartRule.NEXT_DAY


def ends_at_closing(limit: TimeLimit, rule: StartRule | None) -> bool:
    """Say whether the limit runs to the end of a day, and not to an hour within it."""
    if limit.unit is Unit.WORKING_DAYS and limit.amount % 1 == 0:
        return (rule or default_rule(limit.unit)) is StartRule.NEXT_DAY
    return limit.unit in (Unit.DAYS, Unit.MONTHS, Unit.SAME_DAY)


def due(
    calendar: WorkingCalendar, start: datetime, limit: TimeLimit, rule: StartRule | None = None
) -> Due:
    """Say when `limit`, begun at `start`, ends. Without a rule, `default_rule` holds.

    - hours: working time; INSTANT from `start`, NEXT_DAY from the next working day's opening.
    - working days, INSTANT: the same clock time that many working days later, or where other
      hours hold then, the nearest working moment of that day; outside working hours they
      begin at the next opening. NEXT_DAY: the day of `start` is not counted and the limit
      ends at the closing of the last day (Civil Code 2015, Art. 147, 148).
      A fraction (`0.5 working_days`) is that share of the working time of the days it falls on.
    - days, months: by date whatever the rule; the day of `start` is not counted, a month ends
      on the same day of the month or on its last day, and a last day that is off moves to
      the closing of the next working day (Art. 147, 148).
    - same day: the closing of the day; begun after 15:00, of the next working day.

    Raises ValueError for a naive `start`.
    """
    start, rule = local(start), rule or default_rule(limit.unit)
    if limit.unit is Unit.SAME_DAY:
        return _same_day(calendar, start)
    if limit.unit is Unit.DAYS:
        return _by_date(calendar, start, start.date() + timedelta(days=int(limit.amount)))
    if limit.unit is Unit.MONTHS:
        return _by_date(calendar, start, plus_months(start.date(), int(limit.amount)))
    if limit.unit is Unit.WORKING_DAYS and limit.amount % 1 == 0:
        return _working_days(calendar, start, int(limit.amount), rule)
    return _working_time(calendar, start, limit, rule)


def _same_day(calendar: WorkingCalendar, start: datetime) -> Due:
    opening = calendar.next_opening(start)
    is_late = opening.date() == start.date() and start.time() > SAME_DAY_CUT_OFF
    last = calendar.plus_working_days(opening.date(), 1 if is_late else 0)

    def explain(day: date) -> tuple[bool, str]:
        if day == last:
            return True, "Trả kết quả trong ngày"
        if not calendar.is_working_day(day):
            return False, calendar.why(day)
        late = f"sau {SAME_DAY_CUT_OFF:%H:%M}" if is_late else "ngoài giờ làm việc"
        return False, f"Tiếp nhận {late}, trả kết quả trong ngày làm việc tiếp theo"

    return _explained(start, calendar.closing(last), explain)


def _by_date(calendar: WorkingCalendar, start: datetime, nominal: date) -> Due:
    last = calendar.plus_working_days(nominal, 0)

    def explain(day: date) -> tuple[bool, str]:
        if day == start.date():
            return False, _NOT_COUNTED
        if day <= nominal:
            return True, calendar.why(day)
        if day < last:
            return False, f"{calendar.why(day)}, hạn chuyển sang ngày làm việc tiếp theo"
        return False, "Ngày làm việc tiếp theo, hết hạn"

    return _explained(start, calendar.closing(last), explain)


def plus_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _working_days(calendar: WorkingCalendar, start: datetime, number: int, rule: StartRule) -> Due:
    if rule is StartRule.NEXT_DAY:
        last = calendar.plus_working_days(start.date(), number)
        closing = calendar.closing(last)
        return _counted_after(calendar, start, closing, (start.date(), _NOT_COUNTED))
    begin = calendar.next_opening(start)
    last = calendar.plus_working_days(begin.date(), number)
    due_at = calendar.at_clock(last, begin.time())
    return _counted_after(calendar, start, due_at, (begin.date(), f"Tính từ {begin:%H:%M}"))


def _counted_after(
    calendar: WorkingCalendar, start: datetime, due_at: datetime, first: tuple[date, str]
) -> Due:
    first_day, why_first = first

    def explain(day: date) -> tuple[bool, str]:
        working = calendar.is_working_day(day)
        if day > first_day or not working:
            return working, calendar.why(day)
        return False, why_first if day == first_day else _OUT_OF_HOURS

    return _explained(start, due_at, explain)


def _working_time(
    calendar: WorkingCalendar, start: datetime, limit: TimeLimit, rule: StartRule
) -> Due:
    begin = start
    if rule is StartRule.NEXT_DAY:
        first = calendar.plus_working_days(start.date(), 1)
        begin = calendar.next_opening(_midnight(first))
    if limit.unit is Unit.HOURS:
        amount = timedelta(seconds=round(limit.amount * 3600))
        due_at = calendar.add_working_time(begin, amount)
    else:
        due_at = calendar.add_working_days(begin, Fraction(limit.amount))

    def explain(day: date) -> tuple[bool, str]:
        if day < begin.date() and calendar.is_working_day(day):
            return False, _NOT_COUNTED
        since, until = max(begin, _midnight(day)), min(due_at, _midnight(day + timedelta(days=1)))
        worked = calendar.working_time(since, until) if since < until else NO_TIME
        if worked:
            return True, f"{calendar.why(day)}, tính {_in_words(worked)}"
        return False, _OUT_OF_HOURS if calendar.is_working_day(day) else calendar.why(day)

    return _explained(start, due_at, explain)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _in_words(worked: timedelta) -> str:
    hours, minutes = divmod(round(worked.total_seconds() / 60), 60)
    parts = [f"{hours} giờ"] * (hours > 0) + [f"{minutes} phút"] * (minutes > 0)
    return " ".join(parts) or "dưới 1 phút"


def _explained(
    start: datetime, due_at: datetime, explain: Callable[[date], tuple[bool, str]]
) -> Due:
    first = start.date()
    dates = (first + timedelta(days=n) for n in range((due_at.date() - first).days + 1))
    return Due(due_at, tuple(DayCount(day, *explain(day)) for day in dates))
