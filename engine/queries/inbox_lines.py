"""Lines of the inbox: an open task with what one needs to know of its dossier to choose it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from bpmn.roles import Role
from bpmn.steps import Stage
from engine.model.alert import SEVERITY, WHOLE, Level
from engine.model.standing import STANDING_NAMES, Standing
from engine.model.status import STATUS_NAMES, Status
from engine.queries.people import names_of
from engine.store import definitions, editions
from engine.store.time_tables import alert


@dataclass(frozen=True)
class InboxItem:
    """An open task.

    `remaining` is the working time until it is due, negative once that has passed, None while
    its clock stands still; `allowed` that between its opening and its being due. `level` is of
    the worst live alert about it or its dossier. `batchable`: it may be done in bulk.
    """

    dossier: str
    revision: int
    place: int
    step: str
    name: str
    stage: Stage
    role: Role
    agency: str
    unit: str | None
    assignee: int | None
    assignee_name: str | None
    opened_at: datetime
    due_at: datetime
    overdue: bool
    remaining: timedelta | None
    allowed: timedelta
    level: Level | None
    batchable: bool
    procedure: str
    procedure_name: str
    owner_name: str
    status: Status
    status_name: str
    standing: Standing
    standing_name: str
    pause_reason: str | None
    pause_reason_name: str | None
    paused_since: datetime | None
    pause_until: datetime | None
    priority: str | None
    priority_name: str | None
    ticket: str | None


class Lines:
    """Makes lines of rows, with names for codes and what else lies elsewhere."""

    def __init__(self, tx: Connection, rows: Sequence[Any], now: datetime) -> None:
        self._tx = tx
        self._now = now
        self._people = names_of(tx, (row.assignee for row in rows))
        self._levels = _levels(tx, {row.dossier_id for row in rows})

    def item(self, row: Any) -> InboxItem:
        """The line of a row."""
        same = ("place", "step", "name", "agency", "unit", "assignee", "opened_at", "due_at",
                "overdue", "procedure", "procedure_name", "owner_name", "pause_reason",
                "paused_since", "pause_until", "priority", "ticket")  # fmt: skip
        standing, status, reason = Standing(row.standing), Status(row.status), row.pause_reason
        rules = editions.rulebook(self._tx, row.rulebook)
        return InboxItem(
            **{name: getattr(row, name) for name in same},
            dossier=row.code,
            revision=row.seq,
            stage=Stage(row.stage),
            role=Role(row.role),
            assignee_name=self._people.get(row.assignee),
            remaining=self._remaining(row),
            allowed=editions.calendar(self._tx, row.calendar).working_time(
                row.opened_at, row.due_at
            ),
            level=self._level(row),
            batchable=self._is_batchable(row),
            status=status,
            status_name=STATUS_NAMES[status],
            standing=standing,
            standing_name=STANDING_NAMES[standing],
            priority_name=editions.priority_name(self._tx, row),
            pause_reason_name=reason and rules.pause_reason(reason).name,
        )

    def _remaining(self, row: Any) -> timedelta | None:
        calendar = editions.calendar(self._tx, row.calendar)
        return None if row.halted else calendar.working_time(self._now, row.due_at)

    def _level(self, row: Any) -> Level | None:
        found = (self._levels.get((row.dossier_id, place)) for place in (row.place, WHOLE))
        return max(filter(None, found), key=SEVERITY.__getitem__, default=None)

    def _is_batchable(self, row: Any) -> bool:
        return definitions.version(self._tx, row.version).places.steps[row.step].batchable


def _levels(tx: Connection, dossiers: set[int]) -> dict[tuple[int, int], Level]:
    """The worst live level at each place."""
    query = select(alert.c.dossier_id, alert.c.place, alert.c.level)
    found: dict[tuple[int, int], Level] = {}
    live = query.where(alert.c.dossier_id.in_(dossiers), alert.c.live)
    for row in sorted(tx.execute(live), key=lambda row: SEVERITY[Level(row.level)]):
        found[row.dossier_id, row.place] = Level(row.level)
    return found
