"""Anchors as auditors and administrators read them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from engine.errors import NotPermitted
from engine.errors.anchors import AnchorUnknown
from engine.model.actor import Actor, Permission, has
from engine.model.anchor import Anchor, SealKind
from engine.queries.paging import Page, Slice, page
from engine.store import anchor_records
from engine.store.anchor_tables import anchor as table
from engine.store.anchor_tables import anchor_seal
from engine.store.anchor_troubles import Trouble
from engine.store.anchor_troubles import troubles as all_troubles


@dataclass(frozen=True)
class AnchorItem:
    """An anchor: over how many logs that grew, what stands for it, and when it was sealed.

    `short` is half of the digest, for the wall.
    """

    number: int
    taken_at: datetime
    leaves: int
    digest: str
    short: str
    signed_at: datetime | None
    stamped_at: datetime | None


def list_anchors(tx: Connection, wanted: Slice, actor: Actor) -> Page[AnchorItem]:
    """The last one first; raises `NotPermitted`."""
    _require(actor)
    query = _items().order_by(table.c.number.desc())
    if wanted.after:
        query = query.where(table.c.number < wanted.after[0])
    rows = tx.execute(query.limit(wanted.limit + 1)).all()
    return page(rows, wanted, _item, lambda row: (row.number,))


def show_anchor(tx: Connection, number: int, actor: Actor) -> AnchorItem:
    """One of them; raises `NotPermitted` and `AnchorUnknown`."""
    _require(actor)
    row = tx.execute(_items().where(table.c.number == number)).one_or_none()
    if row is None:
        raise AnchorUnknown(number=number)
    return _item(row)


def anchor_file(tx: Connection, number: int, actor: Actor) -> bytes:
    """One of them to be kept elsewhere (`engine.store.anchor_records`); raises likewise."""
    _require(actor)
    records = (*anchor_records.taken(tx, number), *anchor_records.seals(tx, number))
    return anchor_records.text(records)


def troubles(tx: Connection, actor: Actor) -> list[Trouble]:
    """What anchors wait for; raises `NotPermitted`."""
    _require(actor)
    return all_troubles(tx)


def _require(actor: Actor) -> None:
    if not has(actor, Permission.OFFICE_LOG_READ):
        raise NotPermitted(what="xem mốc neo")


def _items() -> Select[Any]:
    def made(kind: SealKind) -> Any:
        same = (anchor_seal.c.anchor == table.c.number, anchor_seal.c.kind == kind)
        return select(anchor_seal.c.made_at).where(*same).scalar_subquery()

    signed, stamped = made(SealKind.SIGNATURE), made(SealKind.STAMP)
    return select(table, signed.label("signed_at"), stamped.label("stamped_at"))


def _item(row: Any) -> AnchorItem:
    anchor = Anchor(row.number, row.statement)
    named = (row.number, row.taken_at, row.leaves, anchor.digest, anchor.short)
    return AnchorItem(*named, row.signed_at, row.stamped_at)
