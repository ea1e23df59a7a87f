"""Working hours: the sessions of a day, and from when and in which season they hold."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise

_A_LEAP_YEAR = 2000
_SESSION = re.compile(r"([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})")
_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True)
class Session:
    """A stretch of the working day, in Vietnamese clock time: open at `start`, shut at `end`."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start.tzinfo or self.end.tzinfo or self.start >= self.end:
            raise ValueError("Buổi làm việc phải bắt đầu trước khi kết thúc, theo giờ Việt Nam.")

    def __str__(self) -> str:
        """As it is written: `07:00-11:30`."""
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    @property
    def length(self) -> timedelta:
        """How long the session lasts."""
        return datetime.combine(date.min, self.end) - datetime.combine(date.min, self.start)


@dataclass(frozen=True)
class Season:
    """A part of every year, both days included; it may run over New Year.

    `first` and `last` are (month, day); 29 February is a day like any other.
    Raises ValueError for a day that no year has.
    """

    first: tuple[int, int]
    last: tuple[int, int]

    def __post_init__(self) -> None:
        for month, day in (self.first, self.last):
            date(_A_LEAP_YEAR, month, day)

    @classmethod
    def read(cls, first: str, last: str) -> "Season":
        """Read `04-16` and `10-15`; ValueError, in Vietnamese, for anything else."""
        try:
            return cls(_read_day(first), _read_day(last))
        except ValueError:
            raise ValueError(
                f"Không hiểu mùa từ «{first[:10]}» đến «{last[:10]}»; hãy ghi tháng và ngày,"
                " ví dụ 04-16 và 10-15."
            ) from None

    def holds(self, d: date) -> bool:
        """Whether the date lies in the season."""
        day = (d.month, d.day)
        if self.first <= self.last:
            return self.first <= day <= self.last
        return day >= self.first or day <= self.last


@dataclass(frozen=True)
class Hours:
    """The sessions of a working day, in order, from a date on and in a season, if given.

    Raises ValueError for sessions that are none, out of order or overlapping.
    """

    sessions: tuple[Session, ...]
    since: date | None = None
    season: Season | None = None

    def __post_init__(self) -> None:
        in_order = all(one.end <= other.start for one, other in pairwise(self.sessions))
        if not self.sessions or not in_order:
            raise ValueError(
                "Cần ít nhất một buổi làm việc; các buổi xếp theo thứ tự, không trùng."
            )

    @property
    def always(self) -> bool:
        """Whether they hold on every day."""
        return self.since is None and self.season is None

    def hold(self, d: date) -> bool:
        """Whether they hold on a date."""
        if self.since is not None and d < self.since:
            return False
        return self.season is None or self.season.holds(d)

    @cached_property
    def length(self) -> timedelta:
        """The working time of one day."""
        return sum((session.length for session in self.sessions), timedelta(0))


def read_session(text: str) -> Session:
    """Read `7:00-11:30`; ValueError, in Vietnamese, for anything else."""
    match = _SESSION.fullmatch(text)
    if match is None or int(match[1]) > 23 or int(match[3]) > 23 or max(match[2], match[4]) > "59":
        raise ValueError(f"Không hiểu buổi làm việc «{text[:40]}»; hãy ghi như 7:00-11:30.")
    start, minute, end, last_minute = map(int, match.groups())
    return Session(time(start, minute), time(end, last_minute))


def read_sessions(text: str) -> tuple[Session, ...]:
    """Read `7:00-11:30,13:30-17:00`; ValueError, in Vietnamese, for anything else."""
    return Hours(tuple(read_session(part.strip()) for part in text.split(","))).sessions


def _read_day(text: str) -> tuple[int, int]:
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return int(match[1]), int(match[2])
