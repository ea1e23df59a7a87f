"""The log of administration: one chain for the whole house, only ever appended to.

Its head lies in a row of its own. Whoever changes the office locks that row first, so that
changes happen one after the other and what one of them found still holds when it is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.life.moments import text
from engine.model.office_event import OfficeEvent, OfficeEventType
from engine.store.chain import link
from engine.store.office_tables import office_event as table
from engine.store.office_tables import office_log

_HEAD = select(office_log.c.seq, office_log.c.head)


@dataclass(frozen=True)
class Kept:
    """An event as it lies in the log."""

    seq: int
    event: OfficeEvent
    at: datetime
    actor: str
    hash: str


@dataclass(frozen=True)
class Head:
    """Number and hash of the last event; 0 and zeros before the first."""

    seq: int
    hash: str


def one_at_a_time(tx: Connection) -> Head:
    """Keep everybody else from changing the office until the transaction ends."""
    row = tx.execute(_HEAD.with_for_update()).one()
    return Head(row.seq, row.head)


def head(tx: Connection) -> Head:
    """Where the log ends."""
    row = tx.execute(_HEAD).one()
    return Head(row.seq, row.head)


def record(tx: Connection, event: OfficeEvent, by: str, now: datetime) -> None:
    """Append one change; `by` is the key of an actor: 0 is whoever sits at the machine itself."""
    last = one_at_a_time(tx)
    kept = Kept(last.seq + 1, event, now, by, "")
    hash_ = hash_of(last.hash, kept)
    row = {**vars(event), "seq": kept.seq, "at": now, "actor": by, "hash": hash_}
    tx.execute(insert(table).values(row))
    tx.execute(update(office_log).values(seq=kept.seq, head=hash_))


def hash_of(previous: str, kept: Kept) -> str:
    """The hash that an event should have after the one before it."""
    body: Mapping[str, Any] = {
        "seq": kept.seq,
        **vars(kept.event),
        "type": kept.event.type.value,
        "at": text(kept.at),
        "actor": kept.actor,
    }
    return link(previous, body)


def read(row: Any) -> Kept:
    """An event out of a row of the table."""
    event = OfficeEvent(OfficeEventType(row.type), row.agency, row.subject, row.before, row.after)
    return Kept(row.seq, event, row.at, row.actor, row.hash)


def after(tx: Connection, seq: int, limit: int) -> list[Kept]:
    """Events in order, from the one after `seq`."""
    query = select(table).where(table.c.seq > seq).order_by(table.c.seq).limit(limit)
    return [read(row) for row in tx.execute(query)]
