"""The working calendar of an office: which days and hours are worked, and sums over them.

Moments are aware datetimes of any zone; what is given back is in Vietnamese time. A naive
datetime raises ValueError. Costs grow with the days between two moments, never more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property
from zoneinfo import ZoneInfo

from engine.deadlines.hours import Hours, Session

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NO_TIME = timedelta(0)
_ONE_DAY = timedelta(days=1)
_WEEKEND = {5: "Thứ Bảy", 6: "Chủ Nhật"}
_LONGEST_CLOSURE = 366


def midnight(day: date) -> datetime:
    """The moment at which a day begins in Vietnam."""
    return datetime.combine(day, time(), VIETNAM)


def local(moment: datetime) -> datetime:
    """Give the same moment in Vietnamese time; ValueError if it has no time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"Thời điểm {moment.isoformat()} thiếu múi giờ; hãy ghi rõ, ví dụ +07:00.")
    return moment.astimezone(VIETNAM)


@dataclass(frozen=True)
class WorkingCalendar:
    """When an office works. Saturdays and Sundays are off unless made up for.

    Of `hours`, the last that hold on a day are those of the day; the first hold always.
    `days_off` and `makeup_days` give for a date the reason as people read it ("Nghỉ Quốc
    khánh", "Làm bù thay ngày 02/01/2026"); a date in both is worked.
    Raises ValueError where the first hours do not hold always.
    """

    hours: tuple[Hours, ...]
    days_off: Mapping[date, str]
    makeup_days: Mapping[date, str]

    def __post_init__(self) -> None:
        if not self.hours or not self.hours[0].always:
            raise ValueError("Lịch cần giờ làm việc chung cho mọi ngày, rồi mới đến giờ theo mùa.")

    @cached_property
    def _latest_first(self) -> tuple[Hours, ...]:
        return self.hours[::-1]

    def with_sessions(self, sessions: tuple[Session, ...]) -> "WorkingCalendar":
        """The same days with these sessions on every one of them."""
        return replace(self, hours=(Hours(sessions),))

    def hours_on(self, d: date) -> Hours:
        """The working hours that hold on a date, whether it is worked or not."""
        return next(hours for hours in self._latest_first if hours.hold(d))

    def day_length(self, d: date) -> timedelta:
        """The working time of that date, if it is worked."""
        return self.hours_on(d).length

    def is_working_day(self, d: date) -> bool:
        """Say whether the office works on that date."""
        return d in self.makeup_days or not (d.weekday() in _WEEKEND or d in self.days_off)

    def why(self, d: date) -> str:
        """Say in Vietnamese why that date is worked or not."""
        return (
            self.makeup_days.get(d)
            or self.days_off.get(d)
            or _WEEKEND.get(d.weekday(), "Ngày làm việc")
        )

    def closing(self, d: date) -> datetime:
        """Give the moment the office shuts on a working day; ValueError on any other day."""
        if not self.is_working_day(d):
            raise ValueError(f"Ngày {d:%d/%m/%Y} không phải ngày làm việc: {self.why(d)}.")
        return datetime.combine(d, self.hours_on(d).sessions[-1].end, VIETNAM)

    def at_clock(self, d: date, clock: time) -> datetime:
        """Give the moment of a working day at that clock time, or the nearest after it in hours.

        After the closing it is the closing: a day's work ends on the day.
        """
        sessions = self.hours_on(d).sessions
        inside = (max(clock, session.start) for session in sessions if clock <= session.end)
        return datetime.combine(d, next(inside, sessions[-1].end), VIETNAM)

    def plus_working_days(self, d: date, n: int) -> date:
        """Give the n-th working day after `d` (before it, if n is negative).

        With n = 0 it is `d` itself, or the next working day if `d` is not one.
        """
        if n == 0:
            return next(self._working_days(d))
        step = _ONE_DAY if n > 0 else -_ONE_DAY
        days = self._working_days(d + step, step)
        for _ in range(abs(n) - 1):
            next(days)
        return next(days)

    def next_opening(self, moment: datetime) -> datetime:
        """Give `moment` itself while the office is open, else the moment it next opens.

        At the very minute of closing the office is no longer open.
        """
        return next(self._open_times(local(moment)))[0]

    def add_working_time(self, start: datetime, amount: timedelta) -> datetime:
        """Give the first moment by which `amount` of working time has passed since `start`.

        So eight hours from an opening end at the closing of that day, not at the next
        opening. With no amount it is `next_opening(start)`. ValueError if it is negative.
        """
        if amount < NO_TIME:
            raise ValueError("Không cộng được thời gian làm việc âm.")
        times = self._open_times(local(start))
        opening, shutting = next(times)
        while amount > shutting - opening:
            amount -= shutting - opening
            opening, shutting = next(times)
        return opening + amount

    def add_working_days(self, start: datetime, number: Fraction) -> datetime:
        """Give the first moment by which that many days of work have been done since `start`.

        Working time counts as its share of its own day, so half a day is half of whatever
        hours hold on that day. Exact to the second. ValueError for a negative number.
        """
        if number < 0:
            raise ValueError("Không cộng được số ngày làm việc âm.")
        begin = self.next_opening(start)
        for day in self._working_days(begin.date()):
            morning = max(begin, datetime.combine(day, time(), VIETNAM))
            left = self.working_time(morning, self.closing(day))
            length = _microseconds(self.day_length(day))
            if number * length <= _microseconds(left):
                wanted = timedelta(seconds=round(number * length / 1_000_000))
                return self.add_working_time(morning, min(wanted, left))
            number -= Fraction(_microseconds(left), length)
        raise AssertionError("working days have no end")

    def working_time(self, a: datetime, b: datetime) -> timedelta:
        """Measure the working time from `a` to `b`; negative if `b` comes first."""
        a, b = local(a), local(b)
        if b < a:
            return -self.working_time(b, a)
        total = NO_TIME
        for opening, shutting in self._open_times(a):
            if opening >= b:
                break
            total += min(shutting, b) - opening
        return total

    def _open_times(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every stretch of open time from `moment` (Vietnamese time) on, without end."""
        for day in self._working_days(moment.date()):
            for session in self.hours_on(day).sessions:
                shutting = datetime.combine(day, session.end, VIETNAM)
                if shutting > moment:
                    yield max(datetime.combine(day, session.start, VIETNAM), moment), shutting

    def _working_days(self, day: date, step: timedelta = _ONE_DAY) -> Iterator[date]:
        """Every working day from `day` on; ValueError if there is none for over a year."""
        closed = 0
        while closed <= _LONGEST_CLOSURE:
            if self.is_working_day(day):
                closed = 0
                yield day
            else:
                closed += 1
            day += step
        raise ValueError(
            f"Lịch không có ngày làm việc nào trong hơn một năm, đến {day:%d/%m/%Y};"
            " hãy kiểm tra các ngày nghỉ."
        )


def _microseconds(span: timedelta) -> int:
    return span // timedelta(microseconds=1)
