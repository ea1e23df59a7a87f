"""Counters of tries: one row a key, shared by all processes, gone when its time is over."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, case, delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.store.sign_in_tables import rate_limit as table

SWEPT = 10
"""So many rows whose time is over go whenever a new one comes: the table stays small."""


def count(tx: Connection, key: str, within: timedelta, now: datetime) -> tuple[int, datetime]:
    """Count a try; returns how many there were, and when counting begins anew.

    `key` is at most 64 characters. Those who count under one key wait for each other.
    """
    insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    over = table.c.expires_at <= now
    counting = insert(table).values(key=key, hits=1, expires_at=now + within)
    counting = counting.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "hits": case((over, 1), else_=table.c.hits + 1),
            "expires_at": case((over, now + within), else_=table.c.expires_at),
        },
    )
    row = tx.execute(counting.returning(table.c.hits, table.c.expires_at)).one()
    if row.hits == 1:
        _sweep(tx, now)
    return row.hits, row.expires_at


def give_back(tx: Connection, key: str) -> None:
    """Take one try off a counter."""
    tx.execute(
        update(table).where(table.c.key == key, table.c.hits > 0).values(hits=table.c.hits - 1)
    )


def forget(tx: Connection, key: str) -> None:
    """Let a counter begin anew."""
    tx.execute(delete(table).where(table.c.key == key))


def _sweep(tx: Connection, now: datetime) -> None:
    """Rows that another transaction is at work on are left to the next sweep."""
    over = (
        select(table.c.key)
        .where(table.c.expires_at <= now)
        .order_by(table.c.expires_at)
        .limit(SWEPT)
        .with_for_update(skip_locked=True)
    )
    tx.execute(delete(table).where(table.c.key.in_(tx.execute(over).scalars().all())))
