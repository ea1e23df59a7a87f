"""The time limits of posting: sets by day, in `rules.toml` with where they come from."""

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from bpmn.catalogue.entry import Standing
from bpmn.time_limit import TimeLimit
from engine.deadlines.calendar import WorkingCalendar, local
from engine.deadlines.due import due

_USUAL = "usual"


def post_by(standing: Standing, level: str, known: datetime, calendar: WorkingCalendar) -> datetime:
    """Until when an agency of a level has to post a decision that became known at a moment."""
    name = "new" if standing in (Standing.ANNOUNCED, Standing.LOCALISED) else "changed"
    limits = _set_on(known)
    limit = TimeLimit.parse(limits.get(level, limits[_USUAL])[name])
    return due(calendar, known, limit, None).due_at


def _set_on(moment: datetime) -> dict[str, Any]:
    """The set of a day; of a day before all of them, the first one."""
    day, sets = local(moment).date(), _sets()
    return next((one for one in reversed(sets) if one["effective_from"] <= day), sets[0])


@cache
def _sets() -> list[dict[str, Any]]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return sorted(tomllib.loads(text)["sets"], key=lambda one: one["effective_from"])
