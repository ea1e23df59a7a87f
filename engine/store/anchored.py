"""What the logs hold today at the places where anchors have them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, literal, select

from engine.model.anchor import ChainKind, Head
from engine.store import anchors
from engine.store.anchor_tables import anchor_leaf as table
from engine.store.anchors import Leaf
from engine.store.chain_heads import SOURCES
from engine.store.schema import Code, Id


@dataclass(frozen=True)
class Compared:
    """A log in an anchor beside the log today: `hash` is what its last anchored entry bears now,
    `began` the moment of the first entry that is new in this anchor; None where it is gone."""

    leaf: Leaf
    hash: str | None
    began: datetime | None


def compared(tx: Connection, number: int) -> list[Compared]:
    """All logs of an anchor, in the order of its tree."""
    today: dict[int, Any] = {}
    for source in SOURCES:
        hash_, at = source.entries.c.hash, source.entries.c.at
        query = select(
            table.c.place,
            source.of_entry(hash_, table.c.name, table.c.length).label("hash"),
            source.of_entry(at, table.c.name, table.c.since + 1).label("began"),
        ).where(table.c.anchor == number, table.c.kind == source.kind)
        today |= {row.place: row for row in tx.execute(query)}
    found = anchors.leaves(tx, number)
    return [Compared(each, today[each.place].hash, today[each.place].began) for each in found]


@dataclass(frozen=True)
class Late:
    """An entry that no anchor has: of which log, which, and the moment that it says."""

    head: Head
    at: datetime


def unanchored_before(tx: Connection, moment: datetime) -> Iterator[Late]:
    """Of every log the first entry that no anchor has, where it says it is from before."""
    for source in SOURCES:
        at = source.of_entry(source.entries.c.at, source.name, source.since + 1)
        query = (
            select(source.name.label("name"), source.since.label("since"), at.label("at"))
            .select_from(source.heads)
            .where(at < moment)
        )
        for row in tx.execute(query):
            yield Late(Head(source.kind, row.name, row.since + 1, ""), row.at)


def forgotten(tx: Connection) -> Iterator[Head]:
    """Logs that were anchored further than any anchor that is left has them."""
    for source in SOURCES:
        heads, since = source.heads, source.since
        query = select(source.name.label("name"), heads.c.seq, heads.c.head)
        for row in tx.execute(query.where(heads.c.seq > since, ~source.grown(since))):
            yield Head(source.kind, row.name, row.seq, row.head)


def length_of(tx: Connection, kind: ChainKind, name: str) -> int | None:
    """How long a log says it is; None where there is none of this name."""
    source = next(each for each in SOURCES if each.kind is kind)
    query = select(source.heads.c.seq).where(source.name == name)
    return tx.execute(query).scalar_one_or_none()


def hash_at(tx: Connection, head: Head) -> str | None:
    """What the log bears today where an anchor has its head; None where it is not so long."""
    source = next(each for each in SOURCES if each.kind is head.kind)
    entry = source.entry(literal(head.name, Code), literal(head.length, Id))
    hash_: str | None = tx.execute(select(source.entries.c.hash).where(*entry)).scalar()
    return hash_
