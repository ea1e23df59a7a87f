"""The time line of a life: its acts by days, with what lies between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from api.web.replay.words import gap
from engine.deadlines.calendar import local
from engine.queries.life import ActLine

AROUND = 100
"""So many acts before and after the one looked at are listed."""


@dataclass(frozen=True)
class Stretch:
    """An act in the time line; `gap` says how long before it nothing was done, `rested` that the
    dossier was paused meanwhile."""

    act: ActLine
    gap: str
    rested: bool


@dataclass(frozen=True)
class Course:
    """The acts around one, by days; `earlier` and `later` are acts to go on at, None at an end."""

    days: list[tuple[date, list[Stretch]]]
    earlier: int | None
    later: int | None


def course(acts: Sequence[ActLine], at: int) -> Course:
    """The time line around the act with the number `at`."""
    first, last = max(1, at - AROUND), min(len(acts), at + AROUND)
    shown = [_stretch(acts, number) for number in range(first, last + 1)]
    days = groupby(shown, key=lambda stretch: local(stretch.act.at).date())
    return Course(
        days=[(day, list(stretches)) for day, stretches in days],
        earlier=first - 1 if first > 1 else None,
        later=last + 1 if last < len(acts) else None,
    )


def number_at(acts: Sequence[ActLine], seq: int) -> int:
    """The number of the act to which an event belongs."""
    return max(1, sum(1 for act in acts if act.seq <= seq))


def number_on(acts: Sequence[ActLine], day: date) -> int:
    """The number of the last act up to the end of a day."""
    return max(1, sum(1 for act in acts if local(act.at).date() <= day))


def _stretch(acts: Sequence[ActLine], number: int) -> Stretch:
    act, before = acts[number - 1], acts[number - 2] if number > 1 else None
    return Stretch(act, gap(act.gap), bool(before and before.paused))
