"""National days off and make-up days of Vietnam (Labour Code 2019, Art. 112; yearly notices).

The library's calendar is computed a year at a time when first asked for, from 1901 to 2100;
later years know weekends only. Swaps it lacks are in `overrides.toml`. From 2027 on the dates
of Tết and of swaps are provisional until the yearly notice: enter what it says as overrides.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from engine.deadlines.calendar import WorkingCalendar
from engine.deadlines.hours import Hours, Session

DEFAULT_SESSIONS = (Session(time(7), time(11, 30)), Session(time(13, 30), time(17)))
_YEARS = range(1901, 2101)
_SWAP = re.compile(r"thay cho ngày (\d\d/\d\d/\d{4})")
_OBSERVED = re.compile(r"(.+) \(nghỉ bù\)")


@dataclass(frozen=True)
class Swap:
    """A day off that is worked in the place of a working day, and who announced it."""

    makeup_day: date
    day_off: date
    source: str


@dataclass(frozen=True)
class YearDays:
    """The days off and the make-up days of one year, each with its reason in Vietnamese."""

    days_off: Mapping[date, str]
    makeup_days: Mapping[date, str]


@lru_cache(maxsize=64)
def standard_calendar(sessions: tuple[Session, ...] = DEFAULT_SESSIONS) -> WorkingCalendar:
    """Give the national calendar with these sessions; the same object for the same sessions."""
    return WorkingCalendar((Hours(sessions),), _Days("days_off"), _Days("makeup_days"))


@cache
def overrides() -> tuple[Swap, ...]:
    """Read the swaps of `overrides.toml`."""
    text = Path(__file__).with_name("overrides.toml").read_text(encoding="utf-8")
    return tuple(
        Swap(entry["date"], entry["replaces"], entry["source"])
        for entry in tomllib.loads(text)["swap"]
    )


@lru_cache(maxsize=256)
def days_of_year(year: int) -> YearDays:
    """Give the national days off and make-up days of a year."""
    names = _library_names(year)
    pairs = _library_swaps(names) | {swap.day_off: swap.makeup_day for swap in overrides()}
    days_off = {day: _reason(name) for day, name in names.items()}
    days_off |= {off: swapped_off(on) for off, on in pairs.items()}
    makeup_days = {on: made_up_for(off) for off, on in pairs.items()}
    return YearDays(_only(year, days_off), _only(year, makeup_days))


def swapped_off(makeup_day: date) -> str:
    """Why a working day is off whose work is done on another day."""
    return f"Nghỉ hoán đổi, làm bù ngày {makeup_day:%d/%m/%Y}"


def made_up_for(day_off: date) -> str:
    """Why a day off is worked in the place of another day."""
    return f"Làm bù thay ngày {day_off:%d/%m/%Y}"


class _Days(Mapping[date, str]):
    """The days of one kind in all years, each year computed when first looked at."""

    def __init__(self, kind: Literal["days_off", "makeup_days"]) -> None:
        self._kind: Literal["days_off", "makeup_days"] = kind

    def __getitem__(self, day: date) -> str:
        return self._of(day.year)[day]

    def __iter__(self) -> Iterator[date]:
        return (day for year in _YEARS for day in self._of(year))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _of(self, year: int) -> Mapping[date, str]:
        days: Mapping[date, str] = getattr(days_of_year(year), self._kind)
        return days


def _only(year: int, days: Mapping[date, str]) -> dict[date, str]:
    return {day: days[day] for day in sorted(days) if day.year == year}


def _library_names(year: int) -> dict[date, str]:
    """The library's names of the days off of a year and of its neighbours.

    Neighbours matter because a day off may be made up for in the year before or after.
    """
    # Importing the library takes about a second: whoever never asks for a date is spared it.
    from holidays.countries.vietnam import Vietnam

    return dict(Vietnam(years=(year - 1, year, year + 1), language="vi", expand=False))


def _library_swaps(names: Mapping[date, str]) -> dict[date, date]:
    """Day off → make-up day. The library tells the pairs only in the names."""
    found = {day: _SWAP.search(name) for day, name in names.items()}
    return {day: _read(match[1]) for day, match in found.items() if match}


def _read(text: str) -> date:
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


def _reason(name: str) -> str:
    # The library's names of single days of Tết are not reliable ("29 Tết" on 27/01/2025).
    if name == "29 Tết" or "Tết Nguyên Đán" in name:
        return "Nghỉ Tết Nguyên đán"
    observed = _OBSERVED.fullmatch(name)
    return f"Nghỉ bù {observed[1]}" if observed else f"Nghỉ {name}"
