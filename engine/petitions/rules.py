"""The time limits of petitions: sets by day, in `rules.toml` with where they come from."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bpmn.time_limit import TimeLimit
from engine.deadlines.calendar import WorkingCalendar
from engine.deadlines.clock import Clock
from engine.deadlines.due import due


@dataclass(frozen=True)
class PetitionRules:
    """What holds for petitions received from `effective_from` on; see `rules.toml`."""

    effective_from: date
    source: str
    refuse: TimeLimit
    ask: TimeLimit
    answer: TimeLimit
    publish: TimeLimit
    near: dict[str, timedelta]
    climb: timedelta

    def until(self, name: str, since: datetime, calendar: WorkingCalendar) -> datetime:
        """When a limit (`refuse`, `ask`, `publish`) that counts from a moment is over."""
        limit: TimeLimit = getattr(self, name)
        return due(calendar, since, limit, None).due_at

    def clock(self, since: datetime, calendar: WorkingCalendar) -> Clock:
        """The clock of the answer."""
        return Clock.start(calendar, since, self.answer)


def rules_on(day: date) -> PetitionRules:
    """The rules of a day; of a day before all of them, the first ones."""
    sets = all_rules()
    return next((one for one in reversed(sets) if one.effective_from <= day), sets[0])


@cache
def all_rules() -> tuple[PetitionRules, ...]:
    """All sets, the oldest first."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    sets = sorted(tomllib.loads(text)["sets"], key=lambda one: one["effective_from"])
    return tuple(map(_read, sets))


def _read(raw: dict[str, Any]) -> PetitionRules:
    limits = {name: TimeLimit.parse(raw[name]) for name in ("refuse", "ask", "answer", "publish")}
    near = {name: _span(text) for name, text in raw["near"].items()}
    return PetitionRules(
        raw["effective_from"], raw["source"], **limits, near=near, climb=_span(raw["climb"])
    )


def _span(text: str) -> timedelta:
    return timedelta(hours=float(TimeLimit.parse(text).working_hours()))
