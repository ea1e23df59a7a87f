"""What is done once a day by whichever process comes first, and done to its end.

Whoever takes an errand has it for as long as the lease lasts, and renews it while at work. If
they are killed, someone else goes on.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, or_, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.store.time_tables import errand as table

LEASE = timedelta(minutes=5)
_INSERT = {
    "sqlite": sqlite_insert(table).on_conflict_do_nothing().returning(table.c.name),
    "postgresql": postgresql_insert(table).on_conflict_do_nothing().returning(table.c.name),
}


def take(tx: Connection, name: str, day: date, now: datetime) -> bool:
    """Whether this process is to do the errand: it is neither done nor being done.

    A lease that ends later than any lease can was given while the clock was wrong: it is free.
    """
    row = {"name": name, "day": day, "lease_until": now + LEASE}
    if tx.execute(_INSERT[tx.dialect.name], row).first() is not None:
        return True
    lease = table.c.lease_until
    free = or_(lease <= now, lease > now + LEASE)
    return _change(tx, name, day, free, lease_until=now + LEASE)


def renew(tx: Connection, name: str, day: date, now: datetime) -> None:
    """Go on having an errand."""
    _change(tx, name, day, lease_until=now + LEASE)


def leave(tx: Connection, name: str, day: date, now: datetime) -> None:
    """Let someone else go on with it."""
    _change(tx, name, day, lease_until=now)


def finish(tx: Connection, name: str, day: date, now: datetime) -> None:
    """Nobody has to do it any more that day."""
    _change(tx, name, day, done_at=now)


def _change(
    tx: Connection, name: str, day: date, *conditions: ColumnElement[bool], **values: datetime
) -> bool:
    is_open = (table.c.name == name) & (table.c.day == day) & table.c.done_at.is_(None)
    return tx.execute(update(table).where(is_open, *conditions).values(**values)).rowcount == 1
