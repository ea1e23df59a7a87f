"""The outbox: what is to leave the house, written in the transaction that causes it.

How it then leaves is told in `engine.store.sending`. Waiting messages have `next_attempt_at`,
those sent `sent_at`, those that nobody needs any more `withdrawn_at`, those given up none of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    case,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.letters.letter import Letter
from engine.model.actor import Actor
from engine.model.channel import Channel
from engine.store.database import execute_each
from engine.store.outbox_tables import message as table
from engine.store.schema import Code, Id
from engine.store.tables import dossier, user
from engine.store.visibility import administered_messages


class State(StrEnum):
    """How far a message has come; a FAILED one was given up and waits for a person."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Draft:
    """A message to be: what is said to whom by which channel. A second one with the same key is
    none.

    - `letter`: for other software its `subject` is the kind of message and its `body` JSON.
    - `name`: of the addressee, as people read it; `user_id` where the addressee has an account.
    - `agency`: in whose name; else that which received the dossier. Its administrators see it.
    - `lane`: messages of one channel and lane leave strictly one after another, in the order in
      which they were written. Whoever writes to a lane holds the lock of what it is about (its
      dossier), or two who write at once could be overtaken by each other.
    - `not_before`: when it may leave at the earliest.
    """

    key: str
    channel: Channel
    address: str
    letter: Letter
    name: str = ""
    user_id: int | None = None
    dossier_id: int | None = None
    agency: str | None = None
    lane: str | None = None
    not_before: datetime | None = None


_RECEIVED_BY = select(dossier.c.receiving_agency).where(
    dossier.c.id == bindparam("its_dossier", type_=Id)
)
_OURS = {"agency": func.coalesce(bindparam("given", type_=Code), _RECEIVED_BY.scalar_subquery())}
_GIVEN: dict[str, Any] = {
    name: bindparam(name)
    for name in (
        *("key", "channel", "lane", "user_id", "dossier_id", "name", "address", "subject", "body"),
        *("path", "created_at", "not_before", "next_attempt_at"),
    )
}

# `inline`: the new id is not asked for, so that this may be one of many writes in a pipeline.
_INSERT = {
    dialect: insert(table)
    .inline()
    .values(_GIVEN | _OURS)
    .on_conflict_do_nothing(index_elements=["key"])
    for dialect, insert in (("sqlite", sqlite_insert), ("postgresql", postgresql_insert))
}


def enqueue(tx: Connection, drafts: Iterable[Draft], now: datetime) -> None:
    """Put messages into the outbox; those whose key is there already change nothing."""
    execute_each(tx, _INSERT[tx.dialect.name], (_row(draft, now) for draft in drafts))


def _row(draft: Draft, now: datetime) -> dict[str, Any]:
    row = vars(draft) | vars(draft.letter)
    del row["letter"]
    due = max(now, draft.not_before) if draft.not_before else now
    extra = {"created_at": now, "next_attempt_at": due}
    return row | extra | {"given": row.pop("agency"), "its_dossier": draft.dossier_id}


@dataclass(frozen=True)
class Kept:
    """A message as it lies there; `current` is the address that its person has now, for those who
    have an account and can be written to."""

    id: int
    state: State
    channel: Channel
    user_id: int | None
    agency: str | None
    address: str
    current: str | None


def lock(tx: Connection, message_id: int, actor: Actor) -> Kept | None:
    """A message that the actor administers, kept from others by this transaction."""
    state = table.c.next_attempt_at, table.c.sent_at, table.c.withdrawn_at
    query = (
        select(*state, *_KEPT, user.c.active, user.c.email)
        .join(user, user.c.id == table.c.user_id, isouter=True)
        .where(table.c.id == message_id, administered_messages(actor))
        .with_for_update(of=table)
    )
    row = tx.execute(query).one_or_none()
    if row is None:
        return None
    return Kept(
        id=row.id,
        state=state_of(row),
        channel=Channel(row.channel),
        user_id=row.user_id,
        agency=row.agency,
        address=row.address,
        current=row.email if row.active else None,
    )


_KEPT = table.c.id, table.c.channel, table.c.user_id, table.c.agency, table.c.address


def resend(tx: Connection, message_id: int, address: str, now: datetime) -> None:
    """Let a message that was given up be sent again, from the first attempt on."""
    values = {"address": address, **_again(now)}
    tx.execute(update(table).where(table.c.id == message_id).values(**values))


def resend_all(tx: Connection, channel: Channel | None, actor: Actor, now: datetime) -> int:
    """Do so for all that were given up and that the actor administers; returns how many.

    Those to people with an account go to the address that they have now.
    """
    current = select(user.c.email).where(user.c.id == table.c.user_id, user.c.active)
    to = case((table.c.user_id.is_(None), table.c.address), else_=current.scalar_subquery())
    query = update(table).where(
        in_state(State.FAILED), administered_messages(actor), to.is_not(None)
    )
    if channel is not None:
        query = query.where(table.c.channel == channel)
    return tx.execute(query.values(address=to, **_again(now))).rowcount


def _again(now: datetime) -> dict[str, Any]:
    return {"attempts": 0, "next_attempt_at": now, "last_error": None}


def withdraw_lane(tx: Connection, channel: Channel, lane: str, now: datetime) -> None:
    """Nobody needs any more what waits in a lane or was given up there; what is being sent is."""
    _withdraw(tx, now, table.c.channel == channel, table.c.lane == lane)


def withdraw_channel(tx: Connection, channel: Channel, now: datetime) -> None:
    """Nobody needs any more what waits for a channel; what is being sent is."""
    _withdraw(tx, now, table.c.channel == channel)


def _withdraw(tx: Connection, now: datetime, *which: ColumnElement[bool]) -> None:
    unsent = table.c.sent_at.is_(None) & table.c.withdrawn_at.is_(None)
    idle = or_(table.c.lease_until.is_(None), table.c.lease_until <= now)
    values = {"withdrawn_at": now, "next_attempt_at": None, "lease_until": None}
    tx.execute(update(table).where(*which, unsent, idle).values(**values))


def forget(tx: Connection, before: datetime) -> int:
    """Delete messages that are settled and older than a moment; returns how many.

    One that was given up and stops its lane is kept, for what comes after it must not leave.
    """
    old = table.c.next_attempt_at.is_(None) & (table.c.created_at < before)
    stops_nothing = or_(table.c.lane.is_(None), ~in_state(State.FAILED))
    return tx.execute(delete(table).where(old, stops_nothing)).rowcount


def in_state(state: State) -> ColumnElement[bool]:
    """The rows of `message` in a state."""
    waits, sent = table.c.next_attempt_at.is_not(None), table.c.sent_at.is_not(None)
    withdrawn = table.c.withdrawn_at.is_not(None)
    return {
        State.WAITING: waits,
        State.SENT: sent,
        State.WITHDRAWN: withdrawn,
        State.FAILED: ~waits & ~sent & ~withdrawn,
    }[state]


def state_of(row: Any) -> State:
    """The state of a row of `message`."""
    if row.next_attempt_at is not None:
        return State.WAITING
    if row.sent_at is not None:
        return State.SENT
    return State.FAILED if row.withdrawn_at is None else State.WITHDRAWN
