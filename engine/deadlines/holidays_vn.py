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

from engine.deadlines.calendar import Session, WorkingCalendar

DEFAULT_SESSIONS = (Session(time(7), time(11, 30)), Session(time(13, 30), time(17)))
_YEARS = range(1901, 2101)
_SWAP = re.compile(r"thay cho ngày (\d\d/\d\d/\d{4})")
_OBSERVED = re.compile(r"(.+) \(nghỉ bù\)")


@dataclass(frozen=True)
class Swap:
    """A day off that is worked in the place of a working day, and since when that is known."""

    makeup_day: date
    day_off: date
    source: str
    effective: date


@dataclass(frozen=True)
class YearDays:
    """The days off and the make-up days of one year, each with its reason in Vietnamese."""

    days_off: Mapping[date, str]
    makeup_days: Mapping[date, str]


def standard_calendar(
    sessions: tuple[Session, ...] = DEFAULT_SESSIONS, known_on: date | None = None
) -> WorkingCalendar:
    """Give the national calendar with these sessions; the same object for the same arguments.

    With `known_on`, overrides announced after that day are left out, so that a date fixed
    before an announcement can be computed again as it was.
    """
    return _calendar(sessions, _swaps_known(known_on))


@cache
def overrides() -> tuple[Swap, ...]:
    """Read the swaps of `overrides.toml`."""
    text = Path(__file__).with_name("overrides.toml").read_text(encoding="utf-8")
    return tuple(
        Swap(entry["date"], entry["replaces"], entry["source"], entry["effective"])
        for entry in tomllib.loads(text)["swap"]
    )


def days_of_year(year: int, known_on: date | None = None) -> YearDays:
    """Give the national days off and make-up days of a year."""
    return _days_of_year(year, _swaps_known(known_on))


def _swaps_known(known_on: date | None) -> tuple[Swap, ...]:
    return tuple(s for s in overrides() if known_on is None or s.effective <= known_on)


@lru_cache(maxsize=64)
def _calendar(sessions: tuple[Session, ...], swaps: tuple[Swap, ...]) -> WorkingCalendar:
    days_off, makeup_days = _Days(swaps, "days_off"), _Days(swaps, "makeup_days")
    return WorkingCalendar(sessions, days_off, makeup_days)


class _Days(Mapping[date, str]):
    """The days of one kind in all years, each year computed when first looked at."""

    def __init__(self, swaps: tuple[Swap, ...], kind: Literal["days_off", "makeup_days"]) -> None:
        self._swaps = swaps
        self._kind: Literal["days_off", "makeup_days"] = kind

    def __getitem__(self, day: date) -> str:
        return self._of(day.year)[day]

    def __iter__(self) -> Iterator[date]:
        return (day for year in _YEARS for day in self._of(year))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _of(self, year: int) -> Mapping[date, str]:
        days: Mapping[date, str] = getattr(_days_of_year(year, self._swaps), self._kind)
        return days


@lru_cache(maxsize=1024)
def _days_of_year(year: int, swaps: tuple[Swap, ...]) -> YearDays:
    names = _library_names(year)
    pairs = _library_swaps(names) | {swap.day_off: swap.makeup_day for swap in swaps}
    days_off = {day: _reason(name) for day, name in names.items()}
    days_off |= {off: f"Nghỉ hoán đổi, làm bù ngày {on:%d/%m/%Y}" for off, on in pairs.items()}
    makeup_days = {on: f"Làm bù thay ngày {off:%d/%m/%Y}" for off, on in pairs.items()}
    return YearDays(_only(year, days_off), _only(year, makeup_days))


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
