"""Dossiers by what one knows of them: code or its end, a name, a personal ID, a telephone number.

Each agency's terms lie in order in an index, and a page is read off that order: what begins as
typed, the exact words first, of the same words the newest dossier first. So a page costs as much
as it holds, however many dossiers there are and however many of them would be found.
"""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, Select, exists, or_, select, tuple_, union_all

from engine.errors import NotPermitted
from engine.model.actor import Actor, Permission, Reach, granted
from engine.model.searching import needles
from engine.queries.dossiers import DossierItem, item_of
from engine.queries.paging import Key, Page, Slice, page
from engine.queries.supervised import FEW, unindexed
from engine.store.inbox_tables import search_term as table
from engine.store.tables import dossier, procedure

_LAST = "\U0010ffff"
"""Comes after every letter that a term may go on with."""
_ORDER = [table.c.term, table.c.rank]


def search(tx: Connection, wanted: Slice, query: str, actor: Actor) -> Page[DossierItem]:
    """Dossiers of the agencies whose dossiers the actor may read, by what is typed.

    Raises `NotPermitted` where the actor reads no agency's dossiers.
    """
    agencies = _readable_agencies(actor)
    typed = needles(query)
    parts = [
        select(part.limit(wanted.limit + 1).subquery())
        for needle in typed
        for where in _walks(agencies)
        for part in _walk(needle, wanted.after, where & _is_first(typed, agencies))
    ]
    if not parts:
        return Page([], None)
    found = union_all(*parts).subquery()
    first = select(found).order_by(found.c.term, found.c.rank).limit(wanted.limit + 1).subquery()
    shown = (
        select(dossier, procedure.c.name.label("procedure_name"), first.c.term, first.c.rank)
        .join(first, first.c.dossier_id == dossier.c.id)
        .join(procedure, procedure.c.code == dossier.c.procedure)
        .order_by(first.c.term, first.c.rank)
    )
    rows = tx.execute(shown).all()
    return page(rows, wanted, lambda row: item_of(tx, row), lambda row: (row.term, row.rank))


def may_search(actor: Actor) -> bool:
    """Whether there is an agency whose dossiers the actor may read."""
    return any(reach is not Reach.OWN for _, reach in granted(actor, Permission.DOSSIER_READ))


def _readable_agencies(actor: Actor) -> list[str]:
    if not may_search(actor):
        raise NotPermitted(what="tìm hồ sơ của cơ quan nào")
    found = granted(actor, Permission.DOSSIER_READ)
    reached = (grant.reached(reach) for grant, reach in found if reach is not Reach.OWN)
    return sorted(frozenset().union(*reached))


def _walks(agencies: list[str]) -> Iterator[ColumnElement[bool]]:
    """A few agencies each have their order; many are walked together, leaving out others."""
    if len(agencies) > FEW:
        yield unindexed(table.c.agency).in_(agencies)
    else:
        yield from (table.c.agency == agency for agency in agencies)


def _walk(
    needle: str, after: Key | None, where: ColumnElement[bool]
) -> Iterator[Select[tuple[str, int, int]]]:
    """Terms in order that begin as typed, from where the page before ended."""
    begin, end = table.c.term >= needle, needle + _LAST
    if after is not None and after[0] >= end:
        return
    if after is not None and after[0] >= needle:
        begin = tuple_(*_ORDER) > after
    query = select(*_ORDER, table.c.dossier_id).order_by(*_ORDER)
    yield query.where(begin, table.c.term < end, where)


def _is_first(typed: list[str], agencies: list[str]) -> ColumnElement[bool]:
    """A dossier is found once: by the first of its terms that fit, in the first agency."""
    other = table.alias("other")
    fits = or_(*(other.c.term.between(needle, needle + _LAST) for needle in typed))
    before = tuple_(other.c.term, other.c.agency) < tuple_(table.c.term, table.c.agency)
    same = other.c.dossier_id == table.c.dossier_id
    return ~exists().where(same, other.c.agency.in_(agencies), fits, before)
