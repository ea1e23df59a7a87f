"""How far the portal was told of each dossier: what came of messages, and what is to be resent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, null, or_, select, update

from engine.model.portal import SyncState
from engine.store.portal_tables import portal_sync as table
from engine.store.tables import dossier


def taken(tx: Connection, dossier_id: int, number: int, code: int, now: datetime) -> None:
    """The portal took a message, now or before; it counts if no later one was taken already."""
    is_last = table.c.number == number
    newer = or_(table.c.taken_number.is_(None), table.c.taken_number <= number)
    waits = case((table.c.state == SyncState.DIFFERS, table.c.state), else_=SyncState.WAITING)
    _change(
        tx,
        dossier_id,
        newer,
        taken_number=number,
        taken_code=code,
        taken_at=now,
        last_error=None,
        state=case((is_last, SyncState.SYNCHRONISED), else_=waits),
        waiting_since=case((is_last, null()), else_=now),
    )


def put_off(tx: Connection, dossier_id: int, error: str) -> None:
    """The portal did not take a message yet."""
    _change(tx, dossier_id, last_error=error)


def refused(tx: Connection, dossier_id: int, error: str) -> None:
    """The portal will never take a message; it and all after it wait for a person."""
    _change(tx, dossier_id, last_error=error, state=SyncState.FAILED)


def ask(tx: Connection, which: ColumnElement[bool], most: int) -> int:
    """Let up to `most` dossiers be told again as a whole, by whoever works through those asked
    for; returns how many. `which` may speak of the dossier and of its row here."""
    chosen = (
        select(table.c.dossier_id)
        .join(dossier, dossier.c.id == table.c.dossier_id)
        .where(which, ~table.c.asked)
        .order_by(table.c.dossier_id)
        .limit(most)
    )
    here = table.c.dossier_id.in_(chosen.scalar_subquery())
    return tx.execute(update(table).where(here).values(asked=True)).rowcount


def asked(tx: Connection, limit: int) -> Sequence[str]:
    """Codes of some that were asked for."""
    query = (
        select(dossier.c.code)
        .join(table, table.c.dossier_id == dossier.c.id)
        .where(table.c.asked)
        .order_by(table.c.dossier_id)
        .limit(limit)
    )
    return tx.execute(query).scalars().all()


def oldest_waiting(tx: Connection) -> datetime | None:
    """Since when the portal has not heard of the dossier that waits longest."""
    pending = table.c.state != SyncState.SYNCHRONISED
    query = select(func.min(table.c.waiting_since)).where(pending)
    oldest: datetime | None = tx.execute(query).scalar_one()
    return oldest


def _change(tx: Connection, dossier_id: int, *more: ColumnElement[bool], **values: Any) -> None:
    here = table.c.dossier_id == dossier_id
    tx.execute(update(table).where(here, *more).values(**values))
