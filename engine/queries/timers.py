"""Timers that could not be fired, and how the schedulers are doing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select, tuple_

from engine.errors import NotPermitted
from engine.life.timers import TimerKind
from engine.model.actor import Actor, Permission, has
from engine.queries.paging import Page, Slice, page
from engine.store import heartbeats
from engine.store.tables import dossier
from engine.store.tables import timer as table
from engine.store.timers import HAS_FAILED
from engine.store.visibility import visible_dossiers


class FailedState(StrEnum):
    """What becomes of a timer that failed: it is tried again by itself, or waits for a person."""

    WAITING_RETRY = "waiting_retry"
    DEAD = "dead"


@dataclass(frozen=True)
class FailedTimer:
    """A timer that could not be fired; place 0 is the whole dossier."""

    dossier: str
    agency: str
    procedure: str
    kind: TimerKind
    place: int
    state: FailedState
    due_at: datetime
    attempts: int
    last_error: str | None
    failed_at: datetime | None
    next_attempt_at: datetime | None


_KEY = (table.c.dossier_id, table.c.kind, table.c.place)
_IN_STATE = {
    FailedState.WAITING_RETRY: table.c.next_attempt_at.is_not(None),
    FailedState.DEAD: table.c.next_attempt_at.is_(None),
}


def list_failed_timers(
    tx: Connection, wanted: Slice, state: FailedState | None, actor: Actor
) -> Page[FailedTimer]:
    """Failed timers of dossiers where the actor may re-run them, the oldest dossier first.

    Raises `NotPermitted`.
    """
    if not has(actor, Permission.TIMER_RERUN):
        raise NotPermitted(what="xem hẹn giờ hỏng")
    query = (
        select(table, dossier.c.code, dossier.c.procedure)
        .join(dossier, dossier.c.id == table.c.dossier_id)
        .where(HAS_FAILED, visible_dossiers(actor, Permission.TIMER_RERUN))
        .order_by(*_KEY)
        .limit(wanted.limit + 1)
    )
    if state is not None:
        query = query.where(_IN_STATE[state])
    if wanted.after:
        query = query.where(tuple_(*_KEY) > wanted.after)
    return page(
        tx.execute(query).all(), wanted, _item, lambda row: (row.dossier_id, row.kind, row.place)
    )


def _item(row: Any) -> FailedTimer:
    return FailedTimer(
        dossier=row.code,
        agency=row.agency,
        procedure=row.procedure,
        kind=TimerKind(row.kind),
        place=row.place,
        state=FailedState.WAITING_RETRY if row.next_attempt_at else FailedState.DEAD,
        due_at=row.due_at,
        attempts=row.attempts,
        last_error=row.last_error,
        failed_at=row.failed_at,
        next_attempt_at=row.next_attempt_at,
    )


@dataclass(frozen=True)
class Punctuality:
    """How the schedulers keep up, in numbers of timers and seconds.

    `silence` is the time since any scheduler ticked; None where none ever did.
    """

    due: int
    oldest_due: float
    waiting_retry: int
    dead: int
    silence: float | None


def punctuality(tx: Connection, now: datetime) -> Punctuality:
    """Read from indexes: costs what is due or failed, not what waits."""
    queue = select(func.count(), func.min(table.c.due_at)).where(table.c.next_attempt_at <= now)
    due, oldest = tx.execute(queue).one()
    failed = select(func.count(table.c.next_attempt_at), func.count()).where(HAS_FAILED)
    waiting_retry, all_failed = tx.execute(failed).one()
    ticked = heartbeats.last_tick(tx, now)
    return Punctuality(
        due=due,
        oldest_due=(now - oldest).total_seconds() if oldest else 0.0,
        waiting_retry=waiting_retry,
        dead=all_failed - waiting_retry,
        silence=max(0.0, (now - ticked).total_seconds()) if ticked else None,
    )
