"""Anchors as they are kept: only ever appended to (triggers refuse anything else)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, func, insert, select

from engine.errors.anchors import AnchorUnknown
from engine.model.anchor import Anchor, ChainKind, Head, Seal, SealKind
from engine.store.anchor_tables import anchor as table
from engine.store.anchor_tables import anchor_copy, anchor_leaf, anchor_seal
from engine.store.chain_heads import Grown

_LEAVES = select(anchor_leaf, table.c.taken_at).join(table, table.c.number == anchor_leaf.c.anchor)


@dataclass(frozen=True)
class Last:
    """The anchor taken last: its number (0 before the first), and which seals it knew."""

    number: int
    digest: str | None
    sealed_until: int


@dataclass(frozen=True)
class Leaf:
    """A log in an anchor; `since` is how long it was in its anchor before."""

    anchor: int
    taken_at: datetime
    place: int
    head: Head
    since: int


def last(tx: Connection) -> Last:
    """The anchor taken last."""
    query = select(table.c.number, table.c.statement, table.c.sealed_until)
    row = tx.execute(query.order_by(table.c.number.desc()).limit(1)).one_or_none()
    if row is None:
        return Last(0, None, 0)
    return Last(row.number, Anchor(row.number, row.statement).digest, row.sealed_until)


def last_taken_at(tx: Connection) -> datetime | None:
    """When the last anchor was taken, if any was."""
    moment: datetime | None = tx.execute(select(func.max(table.c.taken_at))).scalar()
    return moment


def seals_after(tx: Connection, id_: int) -> tuple[int, tuple[Seal, ...]]:
    """The seals given after one of them, and the last of these."""
    query = select(anchor_seal).where(anchor_seal.c.id > id_).order_by(anchor_seal.c.id)
    rows = tx.execute(query).all()
    seals = (Seal(r.anchor, SealKind(r.kind), sha256(r.content).hexdigest()) for r in rows)
    return (rows[-1].id if rows else id_), tuple(seals)


def add(tx: Connection, anchor: Anchor, logs: Sequence[Grown], sealed_until: int) -> None:
    """Keep an anchor with the logs it is over."""
    said = anchor.said
    tx.execute(
        insert(table).values(
            number=anchor.number,
            taken_at=said.taken_at,
            whole=said.whole,
            leaves=said.leaves,
            statement=anchor.statement,
            sealed_until=sealed_until,
        )
    )
    rows = [
        {"anchor": anchor.number, "place": place, **vars(each.head), "since": each.since}
        for place, each in enumerate(logs)
    ]
    if rows:
        tx.execute(insert(anchor_leaf), rows)


def add_seal(tx: Connection, number: int, kind: SealKind, content: bytes, now: datetime) -> None:
    """Keep a signature or a time-stamp of an anchor."""
    row = {"anchor": number, "kind": kind, "content": content, "made_at": now}
    tx.execute(insert(anchor_seal).values(row))


def get(tx: Connection, number: int) -> Anchor:
    """An anchor with its seals; raises `AnchorUnknown`."""
    query = select(table.c.number, table.c.statement).where(table.c.number == number)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise AnchorUnknown(number=number)
    return Anchor(row.number, row.statement, _seals(tx, number))


def _seals(tx: Connection, number: int) -> dict[SealKind, bytes]:
    query = select(anchor_seal.c.kind, anchor_seal.c.content)
    rows = tx.execute(query.where(anchor_seal.c.anchor == number))
    return {SealKind(row.kind): row.content for row in rows}


def numbers(tx: Connection) -> Sequence[int]:
    """The numbers of all anchors, in order."""
    return tx.execute(select(table.c.number).order_by(table.c.number)).scalars().all()


def leaves(tx: Connection, number: int) -> list[Leaf]:
    """The logs that an anchor is over, in the order of its tree."""
    query = _LEAVES.where(anchor_leaf.c.anchor == number)
    return [_leaf(row) for row in tx.execute(query.order_by(anchor_leaf.c.place))]


def leaves_of(tx: Connection, kind: ChainKind, name: str) -> list[Leaf]:
    """One log in every anchor that has it, in order."""
    query = _LEAVES.where(anchor_leaf.c.kind == kind, anchor_leaf.c.name == name)
    return [_leaf(row) for row in tx.execute(query.order_by(anchor_leaf.c.anchor))]


def whole_before(tx: Connection, number: int | None = None) -> datetime | None:
    """When the last anchor (before this one) was taken that left nothing out."""
    query = select(func.max(table.c.taken_at)).where(table.c.whole)
    if number is not None:
        query = query.where(table.c.number < number)
    moment: datetime | None = tx.execute(query).scalar()
    return moment


def _leaf(row: Any) -> Leaf:
    head = Head(ChainKind(row.kind), row.name, row.length, row.head)
    return Leaf(row.anchor, row.taken_at, row.place, head, row.since)


def seals_made(tx: Connection, number: int) -> dict[SealKind, datetime]:
    """When the seals of an anchor were kept."""
    query = select(anchor_seal.c.kind, anchor_seal.c.made_at)
    rows = tx.execute(query.where(anchor_seal.c.anchor == number))
    return {SealKind(row.kind): row.made_at for row in rows}


def waiting(tx: Connection, kind: SealKind) -> Sequence[int]:
    """The anchors without a seal of this kind, in order; for a time-stamp, those signed."""
    given = select(anchor_seal.c.anchor).where(anchor_seal.c.kind == kind)
    query = select(table.c.number).where(table.c.number.not_in(given)).order_by(table.c.number)
    if kind is SealKind.STAMP:
        signed = select(anchor_seal.c.anchor).where(anchor_seal.c.kind == SealKind.SIGNATURE)
        query = query.where(table.c.number.in_(signed))
    return tx.execute(query).scalars().all()


def uncopied(tx: Connection, *, sealed: bool) -> Sequence[int]:
    """The anchors (or their seals, once they have both) that were not yet written outside."""
    copied = select(anchor_copy.c.anchor).where(anchor_copy.c.sealed == sealed)
    query = select(table.c.number).where(table.c.number.not_in(copied)).order_by(table.c.number)
    if sealed:
        stamped = select(anchor_seal.c.anchor).where(anchor_seal.c.kind == SealKind.STAMP)
        query = query.where(table.c.number.in_(stamped))
    return tx.execute(query).scalars().all()


def add_copy(tx: Connection, number: int, now: datetime, *, sealed: bool) -> None:
    """Note that an anchor, or its seals, was written outside."""
    tx.execute(insert(anchor_copy).values(anchor=number, sealed=sealed, at=now))
