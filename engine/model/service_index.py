"""The service index of Decision 766/QĐ-TTg: its groups, indicators and formulas, which are data.

Points are counted in hundredths, half up, as the national portal rounds them.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

HUNDREDTHS = 100


@dataclass(frozen=True)
class Share:
    """A part of a whole, both counted."""

    part: int
    whole: int

    @property
    def fraction(self) -> Fraction:
        """The share itself; of nothing, nothing."""
        return Fraction(self.part, self.whole) if self.whole else Fraction(0)


@dataclass(frozen=True)
class Indicator:
    """One indicator, as `service_index.toml` says; `points` are its points at most, `figure` is
    None where the house cannot know it, and `open` why."""

    key: str
    group: str
    name: str
    points: int
    figure: str | None = None
    full_at: Fraction = Fraction(1)
    empty: str | None = None
    times: str | None = None
    part: str = ""
    of: str = ""
    open: str = ""

    @property
    def most(self) -> int:
        """Its points at most, in hundredths."""
        return self.points * HUNDREDTHS

    def score(self, share: Share | None, factor: Share | None = None) -> int | None:
        """The points for a share, in hundredths; None where they stay open.

        `factor` is the share by which they are multiplied, where the formula has one.
        """
        if share is None or (self.times is not None and factor is None):
            return None
        if not share.whole:
            return {"max": self.most, "zero": 0, None: None}[self.empty]
        reached = min(Fraction(1), share.fraction / self.full_at)
        if factor is not None and self.times is not None:
            reached *= min(Fraction(1), factor.fraction)
        return _half_up(self.most * reached)


@dataclass(frozen=True)
class Group:
    """A group of indicators."""

    key: str
    name: str
    indicators: tuple[Indicator, ...]

    @property
    def most(self) -> int:
        """Its points at most, in hundredths."""
        return sum(each.most for each in self.indicators)


@dataclass(frozen=True)
class IndexEdition:
    """The formulas that hold from a day on, and where they come from."""

    effective_from: date
    source: str
    groups: tuple[Group, ...]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All of them, in order."""
        return tuple(each for group in self.groups for each in group.indicators)


@dataclass(frozen=True)
class IndexDay:
    """The points of an agency at the end of a day, counted from the day `since` on, in hundredths.

    `groups` are those of each group; `open` are the points at most of indicators that stayed open:
    they are in neither.
    """

    agency: str
    day: date
    since: date
    points: int
    open: int
    groups: Mapping[str, int]
    counted_at: datetime


def edition_on(day: date) -> IndexEdition:
    """The edition of a day; of a day before all of them, the first one."""
    editions = _editions()
    return next((one for one in reversed(editions) if one.effective_from <= day), editions[0])


@cache
def _editions() -> tuple[IndexEdition, ...]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    raw = sorted(tomllib.loads(text)["editions"], key=lambda one: one["effective_from"])
    return tuple(map(_edition, raw))


def _edition(raw: Mapping[str, Any]) -> IndexEdition:
    groups = tuple(_group(each) for each in raw["groups"])
    return IndexEdition(raw["effective_from"], raw["source"], groups)


def _group(raw: Mapping[str, Any]) -> Group:
    found = tuple(_indicator(raw["key"], each) for each in raw["indicators"])
    return Group(raw["key"], raw["name"], found)


def _indicator(group: str, raw: Mapping[str, Any]) -> Indicator:
    said = {**raw, "group": group, "points": raw["max"]}
    del said["max"]
    return Indicator(**{**said, "full_at": Fraction(raw.get("full_at", "1"))})


def _half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))
