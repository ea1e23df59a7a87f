"""Who looked at dossiers: at one of them, or lately at any that one oversees."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select, union_all

from engine.errors import NotPermitted
from engine.model.actor import Actor, Permission, granted
from engine.model.reading import LOOKED_NAMES, Looked
from engine.queries.dossiers import locate, require
from engine.queries.paging import Page, Slice, page
from engine.queries.supervised import at_each
from engine.store.audit_tables import access as table
from engine.store.tables import dossier, user


@dataclass(frozen=True)
class AccessItem:
    """Someone looked at something of a dossier; of several times close together, the first."""

    dossier: str
    owner_name: str
    user: int
    user_name: str
    looked: Looked
    looked_name: str
    at: datetime


def accesses_of(tx: Connection, wanted: Slice, code: str, actor: Actor) -> Page[AccessItem]:
    """Readings of a dossier, the latest first; raises `DossierUnknown` or `NotPermitted`."""
    row = locate(tx, code, actor)
    require(row, actor, Permission.ACCESS_READ, "xem ai đã xem hồ sơ này")
    return _listed(tx, wanted, [_latest(wanted).where(table.c.dossier_id == row.id)])


def latest_accesses(
    tx: Connection, wanted: Slice, reader: int | None, actor: Actor
) -> Page[AccessItem]:
    """Readings of all dossiers that agencies the actor oversees decide on, the latest first.

    With `reader` those of one person. Raises `NotPermitted`.
    """
    queries = [_latest(wanted).where(part) for part in _parts(_overseen(actor), reader)]
    return _listed(tx, wanted, queries)


def _overseen(actor: Actor) -> frozenset[str]:
    grants = granted(actor, Permission.ACCESS_READ)
    agencies = frozenset(agency for grant, reach in grants for agency in grant.reached(reach))
    if not agencies:
        raise NotPermitted(what="xem ai đã xem hồ sơ")
    return agencies


def _parts(agencies: frozenset[str], reader: int | None) -> Iterator[ColumnElement[bool]]:
    """One condition for each walk of an index."""
    if reader is None:
        yield from at_each(table.c.agency, agencies)
    else:
        yield (table.c.user_id == reader) & table.c.agency.in_(sorted(agencies))


def _latest(wanted: Slice) -> Select[Any]:
    query = select(table.c.id).order_by(table.c.id.desc()).limit(wanted.limit + 1)
    return query.where(table.c.id < wanted.after[0]) if wanted.after else query


def _listed(tx: Connection, wanted: Slice, queries: list[Select[Any]]) -> Page[AccessItem]:
    ids = union_all(*(select(query.subquery()) for query in queries)).subquery()
    query = (
        select(table, dossier.c.code, dossier.c.owner_name, user.c.full_name)
        .join(ids, ids.c.id == table.c.id)
        .join(dossier, dossier.c.id == table.c.dossier_id)
        .join(user, user.c.id == table.c.user_id)
        .order_by(table.c.id.desc())
        .limit(wanted.limit + 1)
    )
    return page(tx.execute(query).all(), wanted, _item, lambda row: (row.id,))


def _item(row: Any) -> AccessItem:
    looked = Looked(row.looked)
    return AccessItem(
        dossier=row.code,
        owner_name=row.owner_name,
        user=row.user_id,
        user_name=row.full_name,
        looked=looked,
        looked_name=LOOKED_NAMES[looked],
        at=row.at,
    )
