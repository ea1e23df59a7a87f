"""Who looked at dossiers: at one of them, or lately at any that one oversees."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, select, tuple_, union_all

from engine.errors import NotPermitted
from engine.model.actor import Actor, Permission, granted
from engine.model.reading import LOOKED_NAMES, Looked
from engine.queries.dossiers import locate, require, within
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


@dataclass(frozen=True)
class AccessFilter:
    """Which readings are wanted: by whom (an account), of which dossier (a code), from which day
    to which, both counted in."""

    user: int | None = None
    dossier: str | None = None
    seen_from: date | None = None
    seen_to: date | None = None


_ALL = AccessFilter()
_LATEST_FIRST = (table.c.at.desc(), table.c.id.desc())


def accesses_of(tx: Connection, wanted: Slice, code: str, actor: Actor) -> Page[AccessItem]:
    """Readings of a dossier, the latest first; raises `DossierUnknown` or `NotPermitted`."""
    row = locate(tx, code, actor)
    require(row, actor, Permission.ACCESS_READ, "xem ai đã xem hồ sơ này")
    return _listed(tx, wanted, [_latest(wanted).where(table.c.dossier_id == row.id)])


def latest_accesses(
    tx: Connection, wanted: Slice, actor: Actor, chosen: AccessFilter = _ALL
) -> Page[AccessItem]:
    """Readings of all dossiers that agencies the actor oversees decide on, the latest first.

    Raises `NotPermitted`, and `DossierUnknown` where one is asked for that the actor cannot see.
    """
    agencies = overseen_agencies(actor)
    of_one = locate(tx, chosen.dossier, actor).id if chosen.dossier else None
    days = list(within(table.c.at, chosen.seen_from, chosen.seen_to))
    parts = _parts(agencies, chosen.user, of_one)
    return _listed(tx, wanted, [_latest(wanted).where(part, *days) for part in parts])


def overseen_agencies(actor: Actor) -> frozenset[str]:
    """The agencies whose readings the actor may see; raises `NotPermitted` if there are none."""
    grants = granted(actor, Permission.ACCESS_READ)
    agencies = frozenset(agency for grant, reach in grants for agency in grant.reached(reach))
    if not agencies:
        raise NotPermitted(what="xem ai đã xem hồ sơ")
    return agencies


def _parts(
    agencies: frozenset[str], reader: int | None, of_one: int | None
) -> Iterator[ColumnElement[bool]]:
    """One condition for each walk of an index."""
    named = {table.c.user_id: reader, table.c.dossier_id: of_one}
    wanted = [column == value for column, value in named.items() if value is not None]
    if wanted:
        yield and_(*wanted, table.c.agency.in_(sorted(agencies)))
    else:
        yield from at_each(table.c.agency, agencies)


def _latest(wanted: Slice) -> Select[Any]:
    query = select(table.c.id).order_by(*_LATEST_FIRST).limit(wanted.limit + 1)
    return query.where(tuple_(table.c.at, table.c.id) < wanted.after) if wanted.after else query


def _listed(tx: Connection, wanted: Slice, queries: list[Select[Any]]) -> Page[AccessItem]:
    ids = union_all(*(select(query.subquery()) for query in queries)).subquery()
    query = (
        select(table, dossier.c.code, dossier.c.owner_name, user.c.full_name)
        .join(ids, ids.c.id == table.c.id)
        .join(dossier, dossier.c.id == table.c.dossier_id)
        .join(user, user.c.id == table.c.user_id)
        .order_by(*_LATEST_FIRST)
        .limit(wanted.limit + 1)
    )
    return page(tx.execute(query).all(), wanted, _item, lambda row: (row.at, row.id))


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
