"""Documents in the making: who is at it, how far it is, what came of it.

A job is claimed with a lease and a fence like the rows of the outbox (`engine.store.messages`).
The lease is renewed while pages are being done; whoever is killed leaves a lease that runs out,
and the job is claimed again. Attempts count from the claim on, so that a file which kills whoever
opens it is given up like any other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from engine.model.document import FileFacts
from engine.scans.arrangement import Arrangement, arrangement_json, read_arrangement
from engine.store.digitising_tables import scan_job as table
from engine.store.tables import dossier

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 3
BACK_OFF = timedelta(minutes=1)


class ScanState(StrEnum):
    """How far a document in the making is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class ScanSource:
    """An upload that pages are taken from, and its file."""

    upload: str
    file: FileFacts


@dataclass(frozen=True)
class ScanOrder:
    """What is to be made: the component that it is, perhaps in the place of document `replaces`,
    whose file was `before`."""

    component: str
    sources: Sequence[ScanSource]
    arrangement: Arrangement
    replaces: int | None = None
    before: str | None = None

    @property
    def pages_of(self) -> Iterator[tuple[str, int]]:
        """Which pages (from 0) of which uploads it takes."""
        return ((self.sources[page.source].upload, page.page) for page in self.arrangement)


@dataclass(frozen=True)
class ScanJob:
    """A document in the making, as people see it. `pages_done` are of so many `pages`."""

    id: int
    order: ScanOrder
    state: ScanState
    pages: int
    pages_done: int
    ordered_by: int
    ordered_at: datetime
    reason: str | None = None
    document: int | None = None
    text_layer: bool | None = None
    resolution: int | None = None
    ended_at: datetime | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether something is still to come of it."""
        return self.state in (ScanState.QUEUED, ScanState.RUNNING)


@dataclass(frozen=True)
class ClaimedScan:
    """A job that this process may do, as long as its lease lasts. `attempts` counts this one."""

    id: int
    dossier_id: int
    code: str
    order: ScanOrder
    ordered_by: int
    fence: int
    attempts: int


@dataclass(frozen=True)
class ScanOutcome:
    """What came of a job: the number of the document, or why there is none."""

    document: int | None = None
    text_layer: bool | None = None
    resolution: int | None = None
    reason: str | None = None


def add(tx: Connection, dossier_id: int, order: ScanOrder, by: int, now: datetime) -> int:
    """Put a job into the queue; returns its id."""
    row = {
        "dossier_id": dossier_id,
        "component": order.component,
        "replaces": order.replaces,
        "before": order.before,
        "sources": [{"upload": each.upload, "file": vars(each.file)} for each in order.sources],
        "arrangement": arrangement_json(order.arrangement),
        "ordered_by": by,
        "ordered_at": now,
        "pages": len(order.arrangement),
        "next_attempt_at": now,
    }
    return int(tx.execute(insert(table).values(row).returning(table.c.id)).scalar_one())


def claim(tx: Connection, now: datetime) -> ClaimedScan | None:
    """Take the job that has waited longest; None when none is due.

    A lease or a next attempt that lies further ahead than any can was written while the clock
    was wrong: it does not count.
    """
    lease, attempt = table.c.lease_until, table.c.next_attempt_at
    free = or_(lease.is_(None), lease <= now, lease > now + LEASE)
    due = or_(attempt <= now, attempt > now + BACK_OFF * MAX_ATTEMPTS)
    query = (
        select(table, dossier.c.code)
        .join(dossier, dossier.c.id == table.c.dossier_id)
        .where(attempt.is_not(None), due, free)
        .order_by(attempt, table.c.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=table)
    )
    row = tx.execute(query).one_or_none()
    if row is None:
        return None
    taken = {"lease_until": now + LEASE, "fence": row.fence + 1, "attempts": row.attempts + 1}
    tx.execute(update(table).where(table.c.id == row.id).values(**taken, pages_done=0))
    return ClaimedScan(
        id=row.id,
        dossier_id=row.dossier_id,
        code=row.code,
        order=_order(row),
        ordered_by=row.ordered_by,
        fence=row.fence + 1,
        attempts=row.attempts + 1,
    )


def awaited(tx: Connection) -> set[str]:
    """Ids of the uploads that jobs which wait or are being done are made of."""
    query = select(table.c.sources).where(table.c.next_attempt_at.is_not(None))
    return {str(each["upload"]) for row in tx.execute(query) for each in row.sources}


def renew(tx: Connection, job: ClaimedScan, pages_done: int, now: datetime) -> bool:
    """Say that the job is being done, and how far it is; False where the claim is lost."""
    return _settle(tx, job, lease_until=now + LEASE, pages_done=pages_done)


def still_mine(tx: Connection, job: ClaimedScan) -> bool:
    """Whether the claim holds; then nobody else claims the job before this transaction ends."""
    query = select(table.c.fence).where(table.c.id == job.id).with_for_update()
    return tx.execute(query).scalar_one_or_none() == job.fence


def put_back(tx: Connection, job: ClaimedScan) -> None:
    """Give a job back as it was: whoever was at it has to end."""
    _settle(tx, job, lease_until=None, attempts=job.attempts - 1, pages_done=0)


def postpone(tx: Connection, job: ClaimedScan, now: datetime) -> None:
    """Let a job be tried again later."""
    again = now + BACK_OFF * job.attempts
    _settle(tx, job, lease_until=None, next_attempt_at=again, pages_done=0)


def end(tx: Connection, job: ClaimedScan, outcome: ScanOutcome, now: datetime) -> None:
    """Record what came of a job."""
    done = {"pages_done": table.c.pages} if outcome.document is not None else {}
    _settle(tx, job, lease_until=None, next_attempt_at=None, ended_at=now, **vars(outcome), **done)


def _settle(tx: Connection, job: ClaimedScan, **values: Any) -> bool:
    mine = (table.c.id == job.id) & (table.c.fence == job.fence)
    return tx.execute(update(table).where(mine).values(**values)).rowcount == 1


def of_dossier(tx: Connection, dossier_id: int, now: datetime) -> list[ScanJob]:
    """All jobs of a dossier that are not thrown away, the oldest first."""
    query = select(table).where(table.c.dossier_id == dossier_id).order_by(table.c.id)
    return [_job(row, now) for row in tx.execute(query)]


def lock(tx: Connection, dossier_id: int, job_id: int, now: datetime) -> ScanJob | None:
    """One job of a dossier, kept from others by this transaction."""
    query = select(table).where(table.c.dossier_id == dossier_id, table.c.id == job_id)
    row = tx.execute(query.with_for_update()).one_or_none()
    return None if row is None else _job(row, now)


def remove(tx: Connection, job_id: int) -> None:
    """Throw a job away; whoever is at it finds its claim lost."""
    tx.execute(delete(table).where(table.c.id == job_id))


def _job(row: Any, now: datetime) -> ScanJob:
    return ScanJob(
        id=row.id,
        order=_order(row),
        state=_state(row, now),
        pages=row.pages,
        pages_done=row.pages_done,
        ordered_by=row.ordered_by,
        ordered_at=row.ordered_at,
        reason=row.reason,
        document=row.document,
        text_layer=row.text_layer,
        resolution=row.resolution,
        ended_at=row.ended_at,
    )


def _state(row: Any, now: datetime) -> ScanState:
    if row.next_attempt_at is not None:
        is_held = row.lease_until is not None and row.lease_until > now
        return ScanState.RUNNING if is_held else ScanState.QUEUED
    return ScanState.FAILED if row.document is None else ScanState.DONE


def _order(row: Any) -> ScanOrder:
    sources = [ScanSource(each["upload"], FileFacts(**each["file"])) for each in row.sources]
    arrangement = read_arrangement(row.arrangement, len(sources))
    return ScanOrder(row.component, sources, arrangement, row.replaces, row.before)
