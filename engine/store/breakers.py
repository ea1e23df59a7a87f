"""Circuit breakers of channels, which all processes share. A channel without a row is closed."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from engine.model.channel import Channel
from engine.model.circuit import Circuit, pause
from engine.store.outbox_tables import breaker as table

TRIAL = timedelta(minutes=5)
"""For so long nobody else tries: a process that is killed while it tries leaves its turn."""


def circuit(tx: Connection, channel: Channel) -> Circuit:
    """How a channel stands."""
    row = tx.execute(select(table).where(table.c.channel == channel)).one_or_none()
    return Circuit(channel) if row is None else _circuit(row)


def circuits(tx: Connection) -> dict[Channel, Circuit]:
    """How every channel stands."""
    known = {Channel(row.channel): _circuit(row) for row in tx.execute(select(table))}
    return {channel: known.get(channel, Circuit(channel)) for channel in Channel}


def _circuit(row: Any) -> Circuit:
    return Circuit(Channel(row.channel), row.trips, row.retry_at, row.last_error, row.changed_at)


def begin_trial(tx: Connection, channel: Channel, now: datetime) -> bool:
    """Try a half-open channel; False if another process is at it."""
    until = table.c.trial_until
    free = or_(until.is_(None), until <= now, until > now + TRIAL)
    query = update(table).where(table.c.channel == channel, table.c.retry_at.is_not(None), free)
    return tx.execute(query.values(trial_until=now + TRIAL)).rowcount == 1


def end_trial(tx: Connection, channel: Channel) -> None:
    """There was nothing to try it with."""
    tx.execute(update(table).where(table.c.channel == channel).values(trial_until=None))


def trip(
    tx: Connection, channel: Channel, error: str, retry_after: timedelta, now: datetime
) -> None:
    """Open the circuit of a channel that could not be reached."""
    trips = circuit(tx, channel).trips + 1
    values = {
        "trips": trips,
        "retry_at": now + pause(channel, trips, retry_after, now),
        "trial_until": None,
        "last_error": error,
        "changed_at": now,
    }
    if not tx.execute(update(table).where(table.c.channel == channel).values(values)).rowcount:
        tx.execute(insert(table).values(channel=channel, **values))


def close(tx: Connection, channel: Channel, now: datetime) -> bool:
    """The other side answers; True if it did not before."""
    values = {"trips": 0, "retry_at": None, "trial_until": None, "changed_at": now}
    was_open = (table.c.channel == channel) & table.c.retry_at.is_not(None)
    return tx.execute(update(table).where(was_open).values(values)).rowcount == 1
