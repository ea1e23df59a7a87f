"""Signs of life of scheduler processes: one small row each, written every few seconds.

A scheduler that stands still cannot say so itself; whoever reads these rows can.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from engine.store.tables import scheduler as table

AHEAD = timedelta(seconds=60)
"""A sign from further ahead was written by a clock that was wrong, and tells nothing."""


def beat(tx: Connection, name: str, started_at: datetime, now: datetime) -> None:
    """Note that a scheduler has just ticked."""
    row = {"started_at": started_at, "ticked_at": now}
    if not tx.execute(update(table).where(table.c.name == name).values(row)).rowcount:
        tx.execute(insert(table).values(name=name, **row))


def last_tick(tx: Connection, now: datetime) -> datetime | None:
    """When any scheduler ticked last; None where none ever did, or all were forgotten."""
    query = select(func.max(table.c.ticked_at)).where(table.c.ticked_at <= now + AHEAD)
    found: datetime | None = tx.execute(query).scalar_one()
    return found


def forget(tx: Connection, before: datetime) -> int:
    """Drop the rows of processes that are long gone; returns how many."""
    return tx.execute(delete(table).where(table.c.ticked_at < before)).rowcount
