"""When one is reminded of what is to be paid: some days before, and once the day has passed."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from engine.model.alert import NEAR_DUE, Level, Reached
from engine.model.dossier import Dossier
from engine.model.obligation import Obligation

_FIRST = -1_000
"""Alerts speak of places; those of obligations lie far below all others."""


def place_of(obligation: Obligation) -> int:
    """The place under which alerts speak of an obligation."""
    return _FIRST - obligation.number


def awaited(dossier: Dossier) -> Iterator[tuple[int, datetime]]:
    """What is to be paid until a moment, by the place under which alerts speak of it."""
    for obligation in dossier.obligations.values():
        if obligation.is_open and obligation.due_at:
            yield place_of(obligation), obligation.due_at


def reminders(against: datetime, now: datetime) -> tuple[Reached, ...]:
    """The levels still to come of something that is to be paid until a moment."""
    days = sorted(_before_days(), reverse=True)
    moments = zip(NEAR_DUE, (against - timedelta(days=each) for each in days), strict=False)
    near = tuple(Reached(level, at) for level, at in moments if at > now)
    return (*near, Reached(Level.OVERDUE, against))


@cache
def _before_days() -> tuple[int, ...]:
    raw = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple(raw["before_days"])
