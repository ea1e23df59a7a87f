"""Dossiers as cases of process mining: which visits to steps each one had, in what order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, select

from engine.store.tables import dossier, task

MANY = 200
"""So many dossiers are read at once."""


@dataclass(frozen=True)
class Scope:
    """Dossiers that some agencies decide on, of one procedure or of all, from `start` and before
    `end`."""

    agencies: frozenset[str]
    procedure: str | None
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Visit:
    """One task of a dossier: which step, whose, from when to when; `closed_by` is an actor's key.

    `completed` is False for one that was cancelled, or is open still.
    """

    place: int
    step: str
    name: str
    stage: str
    role: str
    agency: str
    unit: str | None
    opened_at: datetime
    closed_at: datetime | None
    closed_by: str | None
    completed: bool


@dataclass(frozen=True)
class Case:
    """A dossier with its visits, in the order in which they were closed; open ones come last."""

    id: int
    code: str
    procedure: str
    version: str
    agency: str
    receiving_agency: str
    channel: str
    outcome: str | None
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    visits: tuple[Visit, ...]

    @property
    def done(self) -> list[Visit]:
        """The visits that were completed."""
        return [visit for visit in self.visits if visit.completed]


def ended(tx: Connection, scope: Scope, most: int) -> list[Case]:
    """Dossiers whose work was done in the period and that have ended, the latest first."""
    done_at = dossier.c.processed_at
    query = (
        _dossiers(scope)
        .where(done_at.is_not(None), done_at >= scope.start, done_at < scope.end)
        .where(dossier.c.finished_at.is_not(None))
        .order_by(done_at.desc(), dossier.c.id.desc())
        .limit(most)
    )
    return list(_with_visits(tx, tx.execute(query).all()))


def received(tx: Connection, scope: Scope) -> Iterator[Case]:
    """Dossiers received in the period, ended or not, in the order of their numbers; read in parts,
    so that any number of them takes little memory."""
    at = dossier.c.received_at
    query = (
        _dossiers(scope)
        .where(at.is_not(None), at >= scope.start, at < scope.end)
        .order_by(dossier.c.id)
        .limit(MANY)
    )
    last = 0
    while rows := tx.execute(query.where(dossier.c.id > last)).all():
        yield from _with_visits(tx, rows)
        last = rows[-1].id


def _dossiers(scope: Scope) -> Select[Any]:
    query = select(dossier).where(dossier.c.competent_agency.in_(sorted(scope.agencies)))
    return query.where(dossier.c.procedure == scope.procedure) if scope.procedure else query


def _with_visits(tx: Connection, rows: Sequence[Any]) -> Iterator[Case]:
    for some in batches(rows):
        visits = _visits(tx, [row.id for row in some])
        yield from (_case(row, visits.get(row.id, ())) for row in some)


def batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    """In parts of a size that one query can name."""
    left = iter(items)
    while some := list(islice(left, MANY)):
        yield some


def _visits(tx: Connection, ids: Sequence[int]) -> Mapping[int, list[Visit]]:
    found: dict[int, list[Visit]] = {}
    for row in tx.execute(select(task).where(task.c.dossier_id.in_(ids))):
        found.setdefault(row.dossier_id, []).append(_visit(row))
    return found


def _visit(row: Any) -> Visit:
    same = (
        "place", "step", "name", "stage", "role", "agency", "unit", "opened_at", "closed_at",
        "closed_by",
    )  # fmt: skip
    completed = row.state == "completed"
    return Visit(**{name: getattr(row, name) for name in same}, completed=completed)


def _case(row: Any, visits: Iterable[Visit]) -> Case:
    same = (
        "id", "code", "procedure", "version", "receiving_agency", "channel", "outcome",
        "submitted_at", "received_at", "due_at", "finished_at",
    )  # fmt: skip
    values = {name: getattr(row, name) for name in same}
    return Case(**values, agency=row.competent_agency, visits=tuple(sorted(visits, key=_order)))


def _order(visit: Visit) -> tuple[bool, datetime, int]:
    return visit.closed_at is None, visit.closed_at or visit.opened_at, visit.place
