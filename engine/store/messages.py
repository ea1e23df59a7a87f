"""The outbox: what is to leave the house, written in the transaction that causes it.

A message is claimed with a lease and a fence, sent outside of any transaction, and then its
outcome is recorded, only by whoever still holds it. So none is lost; one whose sender was
killed at the wrong moment may be sent twice, and then looks the same both times.

Waiting messages have `next_attempt_at`; sent ones `sent_at`; those given up neither.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from zlib import crc32

from sqlalchemy import ColumnElement, Connection, bindparam, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.letters.letter import Letter
from engine.model.actor import Actor
from engine.store.database import execute_each
from engine.store.tables import user
from engine.store.time_tables import message as table
from engine.store.visibility import administered

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 65
"""With the back-off below about three days: a mail server may fail over a weekend."""

FIRST_BACK_OFF = timedelta(minutes=1)
LONGEST_BACK_OFF = timedelta(hours=1)
SPREAD = 1.4
"""How many times as long a pause may be, so that not all attempts come at once."""

STALE_AFTER = timedelta(days=3)
"""Nobody is sent what has waited for so long without anyone trying to send it."""

# `inline`: the new id is not asked for, so that this may be one of many writes in a pipeline.
_INSERT = {
    "sqlite": sqlite_insert(table).inline().on_conflict_do_nothing(index_elements=["key"]),
    "postgresql": postgresql_insert(table).inline().on_conflict_do_nothing(index_elements=["key"]),
}


class State(StrEnum):
    """How far a message has come; a FAILED one was given up and waits for a person."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True)
class Draft:
    """A message to be: what is said to whom. A second one with the same key is none."""

    key: str
    user_id: int
    address: str
    letter: Letter


@dataclass(frozen=True)
class Claimed:
    """A message that this process may send, as long as its lease lasts."""

    id: int
    key: str
    full_name: str
    address: str
    letter: Letter
    fence: int
    attempts: int


def enqueue(tx: Connection, drafts: Iterable[Draft], now: datetime) -> None:
    """Put messages into the outbox; those whose key is there already change nothing."""
    execute_each(tx, _INSERT[tx.dialect.name], (_row(draft, now) for draft in drafts))


def _row(draft: Draft, now: datetime) -> dict[str, Any]:
    return {
        "key": draft.key,
        "user_id": draft.user_id,
        "address": draft.address,
        **vars(draft.letter),
        "created_at": now,
        "next_attempt_at": now,
    }


def claim(tx: Connection, now: datetime, batch: int) -> list[Claimed]:
    """Take up to `batch` messages that are due and that nobody is sending, the oldest first.

    A lease or a next attempt that lies further ahead than any can was written while the clock
    was wrong: it does not count.
    """
    lease, attempt = table.c.lease_until, table.c.next_attempt_at
    free = or_(lease.is_(None), lease <= now, lease > now + LEASE)
    due = or_(attempt <= now, attempt > now + LONGEST_BACK_OFF * SPREAD)
    keys = (
        select(table.c.id)
        .where(attempt.is_not(None), due, free)
        .order_by(table.c.next_attempt_at, table.c.id)
        .limit(batch)
        .with_for_update(skip_locked=True)
    )
    taken = tx.execute(keys).scalars().all()
    if not taken:
        return []
    ours = table.c.id.in_(taken)
    tx.execute(update(table).where(ours).values(lease_until=now + LEASE, fence=table.c.fence + 1))
    query = (
        select(table, user.c.full_name)
        .join(user, user.c.id == table.c.user_id)
        .where(ours)
        .order_by(table.c.next_attempt_at, table.c.id)
    )
    return [_claimed(row) for row in tx.execute(query)]


def _claimed(row: Any) -> Claimed:
    letter = Letter(row.subject, row.body, row.path)
    return Claimed(row.id, row.key, row.full_name, row.address, letter, row.fence, row.attempts)


_FENCE = select(table.c.fence).where(table.c.id == bindparam("the_id"))


def still_mine(tx: Connection, message: Claimed) -> bool:
    """Whether the claim still holds: nobody claimed or settled the message since."""
    query = _FENCE.where(table.c.next_attempt_at.is_not(None))
    return tx.execute(query, {"the_id": message.id}).scalar_one_or_none() == message.fence


def sent(tx: Connection, message: Claimed, now: datetime) -> bool:
    """Record that a message was taken by the mail server; False if the claim is lost."""
    done = {"sent_at": now, "next_attempt_at": None, "last_error": None}
    return _settle(tx, message, attempts=message.attempts + 1, **done)


def fail(tx: Connection, message: Claimed, error: str, now: datetime) -> bool:
    """Put a message back for another attempt later; True if it was the last one."""
    attempts = message.attempts + 1
    is_last = attempts >= MAX_ATTEMPTS
    again = None if is_last else now + back_off(message.key, attempts)
    _settle(tx, message, attempts=attempts, next_attempt_at=again, last_error=error)
    return is_last


def give_up(tx: Connection, message: Claimed, error: str) -> None:
    """Record that a message will never be taken; it waits for a person."""
    attempts = message.attempts + 1
    _settle(tx, message, attempts=attempts, next_attempt_at=None, last_error=error)


def put_back(tx: Connection, message: Claimed) -> None:
    """Give a message back as it was: nobody tried to send it."""
    _settle(tx, message)


def _settle(tx: Connection, message: Claimed, **values: Any) -> bool:
    mine = (table.c.id == message.id) & (table.c.fence == message.fence)
    query = update(table).where(mine).values(lease_until=None, **values)
    return tx.execute(query).rowcount == 1


def back_off(key: str, attempts: int) -> timedelta:
    """How long to wait after so many attempts: doubled each time, and a little different for
    each message, so that not all come at once."""
    doubled = min(FIRST_BACK_OFF * (1 << min(attempts - 1, 16)), LONGEST_BACK_OFF)
    spread = crc32(f"{key}:{attempts}".encode()) / 2**32
    return doubled * (1 + (SPREAD - 1) * spread)


def give_up_stale(tx: Connection, now: datetime, error: str) -> int:
    """Give up what nobody tried to send for long after it could have been; returns how many."""
    stale = table.c.next_attempt_at <= now - STALE_AFTER
    values = {"next_attempt_at": None, "lease_until": None, "last_error": error}
    return tx.execute(update(table).where(stale).values(**values)).rowcount


@dataclass(frozen=True)
class Settled:
    """A message and its person as they are now; `address` None if nothing can be sent there."""

    state: State
    address: str | None


def lock(tx: Connection, message_id: int, actor: Actor) -> Settled | None:
    """A message to someone whom the actor administers, kept from others by this transaction."""
    query = (
        select(table.c.next_attempt_at, table.c.sent_at, user.c.active, user.c.email)
        .join(user, user.c.id == table.c.user_id)
        .where(table.c.id == message_id, administered(actor, table.c.user_id))
        .with_for_update(of=table)
    )
    row = tx.execute(query).one_or_none()
    if row is None:
        return None
    return Settled(state_of(row), row.email if row.active else None)


def resend(tx: Connection, message_id: int, address: str, now: datetime) -> None:
    """Let a message that was given up be sent again, from the first attempt on."""
    values = {"address": address, "attempts": 0, "next_attempt_at": now, "last_error": None}
    tx.execute(update(table).where(table.c.id == message_id).values(**values))


def resend_all(tx: Connection, actor: Actor, now: datetime) -> int:
    """Do so for all that were given up, of people whom the actor administers; returns how many."""
    address = select(user.c.email).where(user.c.id == table.c.user_id, user.c.active)
    values = {"attempts": 0, "next_attempt_at": now, "last_error": None}
    query = (
        update(table)
        .where(
            in_state(State.FAILED),
            administered(actor, table.c.user_id),
            address.scalar_subquery().is_not(None),
        )
        .values(address=address.scalar_subquery(), **values)
    )
    return tx.execute(query).rowcount


def forget(tx: Connection, before: datetime) -> int:
    """Delete messages that are settled and older than a moment; returns how many."""
    settled = table.c.next_attempt_at.is_(None)
    return tx.execute(delete(table).where(settled, table.c.created_at < before)).rowcount


def in_state(state: State) -> ColumnElement[bool]:
    """The rows of `message` in a state."""
    return {
        State.WAITING: table.c.next_attempt_at.is_not(None),
        State.SENT: table.c.sent_at.is_not(None),
        State.FAILED: table.c.next_attempt_at.is_(None) & table.c.sent_at.is_(None),
    }[state]


def state_of(row: Any) -> State:
    """The state of a row of `message`."""
    if row.next_attempt_at is not None:
        return State.WAITING
    return State.FAILED if row.sent_at is None else State.SENT
