"""Messages of the outbox: which wait, which were sent, which were given up and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from engine.errors import NotPermitted
from engine.model.actor import Actor, Permission, has
from engine.model.channel import Channel
from engine.queries.paging import Page, Slice, page
from engine.store.messages import State, in_state, state_of
from engine.store.outbox_tables import message as table
from engine.store.tables import dossier
from engine.store.visibility import administered_messages


@dataclass(frozen=True)
class MessageItem:
    """A message without its text, which is nobody's but the addressee's."""

    id: int
    channel: Channel
    user_id: int | None
    dossier: str | None
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


@dataclass(frozen=True)
class MessageFilter:
    """Which messages are wanted: how far they have come, by which channel."""

    state: State | None = None
    channel: Channel | None = None


def list_messages(
    tx: Connection, wanted: Slice, chosen: MessageFilter, actor: Actor
) -> Page[MessageItem]:
    """Messages of agencies that the actor administers and to their people, the newest first."""
    if not has(actor, Permission.USER_MANAGE):
        raise NotPermitted(what="xem tin gửi đi")
    query = _query().where(administered_messages(actor)).order_by(table.c.id.desc())
    if chosen.state is not None:
        query = query.where(in_state(chosen.state))
    if chosen.channel is not None:
        query = query.where(table.c.channel == chosen.channel)
    if wanted.after:
        query = query.where(table.c.id < wanted.after[0])
    rows = tx.execute(query.limit(wanted.limit + 1)).all()
    return page(rows, wanted, _item, lambda row: (row.id,))


def message(tx: Connection, message_id: int) -> MessageItem:
    """One message."""
    query = _query().where(table.c.id == message_id)
    return _item(tx.execute(query).one())


def _query() -> Select[Any]:
    columns = (table.c[name] for name in _NAMES)
    its = dossier.c.id == table.c.dossier_id
    return select(*columns, dossier.c.code.label("dossier")).join(dossier, its, isouter=True)


def _item(row: Any) -> MessageItem:
    channel = Channel(row.channel)
    return MessageItem(**{**row._mapping, "channel": channel}, state=state_of(row))
