"""What an agency has posted of the catalogue, and what it still has to."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from bpmn.catalogue.entry import Standing
from engine.deadlines.calendar import WorkingCalendar, local, midnight
from engine.errors import NotPermitted
from engine.model.actor import Actor, Permission, may_at
from engine.postings.rules import post_by
from engine.store import agencies, editions, postings


@dataclass(frozen=True)
class Posting:
    """The last decision on a procedure, for the wall of an agency of its level: to be posted by
    `due_at`, counted from when it was known here and held, posted at `posted_at` (None: not yet).
    `late`: posted after it was due, or due by now.
    """

    id: int
    procedure: str
    name: str
    field: str
    standing: Standing
    decision: str
    effective_from: date
    known_at: datetime
    due_at: datetime
    posted_at: datetime | None
    late: bool


@dataclass(frozen=True)
class Board:
    """All of them, those to be posted first, the most urgent of them on top."""

    items: list[Posting]

    @property
    def waiting(self) -> list[Posting]:
        """What is still to be posted."""
        return [each for each in self.items if each.posted_at is None]

    @property
    def in_time(self) -> int:
        """How many were posted in time."""
        return sum(1 for each in self.items if each.posted_at and not each.late)


def require_poster(agency: str, actor: Actor) -> None:
    """Raises `NotPermitted`."""
    if not may_at(actor, Permission.PROCEDURE_POST, agency):
        raise NotPermitted(what=f"ghi niêm yết thủ tục của cơ quan {agency}")


def board(tx: Connection, agency: str, actor: Actor, now: datetime) -> Board:
    """What concerns an agency's level; raises `NotPermitted` or `AgencyUnknown`."""
    require_poster(agency, actor)
    level = agencies.level_of(tx, agency)
    calendar = editions.calendar(tx, editions.in_force(tx, agency).calendar)
    rows = postings.latest(tx, agency, local(now).date())
    found = [_posting(row, level, calendar, now) for row in rows if level in row.levels.split()]
    return Board(sorted(found, key=_order))


def _posting(row: Any, level: str, calendar: WorkingCalendar, now: datetime) -> Posting:
    standing = Standing(row.standing)
    known = max(row.recorded_at, midnight(row.effective_from))
    due_at = post_by(standing, level, known, calendar)
    same = ("id", "procedure", "name", "field", "decision", "effective_from", "posted_at")
    return Posting(
        **{name: getattr(row, name) for name in same},
        standing=standing,
        known_at=row.recorded_at,
        due_at=due_at,
        late=(row.posted_at or now) > due_at,
    )


def _order(each: Posting) -> tuple[bool, datetime, str]:
    return each.posted_at is not None, each.due_at, each.procedure
