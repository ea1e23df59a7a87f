"""The working calendar of an office: which days and hours are worked, and sums over them.

Moments are aware datetimes of any zone; what is given back is in Vietnamese time. A naive
datetime raises ValueError. Costs grow with the days between two moments, never more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NO_TIME = timedelta(0)
_ONE_DAY = timedelta(days=1)
_WEEKEND = {5: "Thứ Bảy", 6: "Chủ Nhật"}
_LONGEST_CLOSURE = 366


def local(moment: datetime) -> datetime:
    """Give the same moment in Vietnamese time; ValueError if it has no time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"Thời điểm {moment.isoformat()} thiếu múi giờ; hãy ghi rõ, ví dụ +07:00.")
    return moment.astimezone(VIETNAM)


@dataclass(frozen=True)
class Session:
    """A stretch of the working day, in Vietnamese clock time: open at `start`, shut at `end`."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start.tzinfo or self.end.tzinfo or self.start >= self.end:
            raise ValueError("Buổi làm việc phải bắt đầu trước khi kết thúc, theo giờ Việt Nam.")

    @property
    def length(self) -> timedelta:
        """How long the session lasts."""
        return datetime.combine(date.min, self.end) - datetime.combine(date.min, self.start)


@dataclass(frozen=True)
class WorkingCalendar:
    """When an office works. Saturdays and Sundays are off unless made up for.

    `sessions` are in the order of the day and do not overlap. `days_off` and `makeup_days`
    give for a date the reason as people read it ("Nghỉ Quốc khánh", "Làm bù thay ngày
    02/01/2026"); a date in both is worked. An office adds days of its own by putting a
    mapping before the national one (`collections.ChainMap`).
    Raises ValueError for sessions that are none, out of order or overlapping.
    """

    sessions: tuple[Session, ...]
    days_off: Mapping[date, str]
    makeup_days: Mapping[date, str]

    def __post_init__(self) -> None:
        in_order = all(one.end <= other.start for one, other in pairwise(self.sessions))
        if not self.sessions or not in_order:
            raise ValueError("Lịch cần ít nhất một buổi làm việc; các buổi xếp theo thứ tự.")

    @cached_property
    def day_length(self) -> timedelta:
        """The working time of one working day."""
        return sum((session.length for session in self.sessions), NO_TIME)

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
        return datetime.combine(d, self.sessions[-1].end, VIETNAM)

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
            for session in self.sessions:
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
