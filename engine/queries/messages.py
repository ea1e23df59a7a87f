"""Messages of the outbox: which wait, which were sent, which were given up and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.errors import NotPermitted
from engine.model.actor import Actor, Permission, has
from engine.model.channel import Channel
from engine.queries.paging import Page, Slice, page
from engine.store.messages import State, in_state, state_of
from engine.store.outbox_tables import message as table
from engine.store.visibility import administered


@dataclass(frozen=True)
class MessageItem:
    """A message without its text, which is nobody's but the addressee's."""

    id: int
    channel: Channel
    user_id: int | None
    name: str
    address: str
    subject: str
    state: State
    created_at: datetime
    next_attempt_at: datetime | None
    attempts: int
    sent_at: datetime | None
    withdrawn_at: datetime | None
    last_error: str | None


_NAMES = [
    "id", "channel", "user_id", "name", "address", "subject", "created_at", "next_attempt_at",
    "attempts", "sent_at", "withdrawn_at", "last_error",
]  # fmt: skip


def list_messages(
    tx: Connection, wanted: Slice, state: State | None, actor: Actor
) -> Page[MessageItem]:
    """Messages to people of agencies that the actor administers, the newest first."""
    if not has(actor, Permission.USER_MANAGE):
        raise NotPermitted(what="xem thư gửi cho người dùng")
    query = (
        select(*(table.c[name] for name in _NAMES))
        .where(administered(actor, table.c.user_id))
        .order_by(table.c.id.desc())
    )
    if state is not None:
        query = query.where(in_state(state))
    if wanted.after:
        query = query.where(table.c.id < wanted.after[0])
    rows = tx.execute(query.limit(wanted.limit + 1)).all()
    return page(rows, wanted, _item, lambda row: (row.id,))


def message(tx: Connection, message_id: int) -> MessageItem:
    """One message."""
    query = select(*(table.c[name] for name in _NAMES)).where(table.c.id == message_id)
    return _item(tx.execute(query).one())


def _item(row: Any) -> MessageItem:
    channel = Channel(row.channel)
    return MessageItem(**{**row._mapping, "channel": channel}, state=state_of(row))
