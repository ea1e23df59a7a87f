"""Whose dossiers a supervisor looks at, in parts that each walk an index of their own.

A dossier belongs to whoever received it and to whoever decides on it. A condition with `or` on
both would walk neither index, so there is one part for each, and no dossier is in two of them.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, or_

from engine.errors import NotPermitted
from engine.model.actor import Actor, Permission, granted
from engine.store.tables import dossier as table

FEW = 6
"""Up to so many agencies are walked one by one; more of them all together."""
_SIDES = [table.c.competent_agency, table.c.receiving_agency]


def supervised_agencies(actor: Actor) -> frozenset[str]:
    """The agencies whose dossiers the actor supervises; raises `NotPermitted` if there are none.

    The twin of `visible_dossiers` for a permission that nobody has for their own dossiers only.
    """
    found = granted(actor, Permission.DOSSIER_SUPERVISE)
    agencies = frozenset(agency for grant, reach in found for agency in grant.reached(reach))
    if not agencies:
        raise NotPermitted(what="giám sát hồ sơ")
    return agencies


def narrowed(agencies: frozenset[str], agency: str | None) -> frozenset[str]:
    """The one agency asked for, where it is one of them; else all (and `at_agency` filters)."""
    return frozenset({agency}) if agency in agencies else agencies


def at_agency(agency: str, of: Table = table) -> ColumnElement[bool]:
    """Dossiers, or rows `of` another table, that an agency received or decides on."""
    return or_(of.c.competent_agency == agency, of.c.receiving_agency == agency)


def heaps(agencies: frozenset[str], of: Table = table) -> list[ColumnElement[bool]]:
    """For counting: the dossiers that these agencies decide on, and the others they received."""
    codes = sorted(agencies)
    return [
        of.c.competent_agency.in_(codes),
        of.c.receiving_agency.in_(codes) & _decided_elsewhere(codes, of),
    ]


def walks(agencies: frozenset[str]) -> list[ColumnElement[bool]]:
    """For lists in an order: parts that an index gives in that order.

    A few agencies each have theirs; for many, all dossiers are walked in order, leaving out those
    of others, which a supervisor of a whole province meets rarely.
    """
    codes = sorted(agencies)
    if len(codes) > FEW:
        return [or_(*(unindexed(column).in_(codes) for column in _SIDES))]
    return list(_walks_one_by_one(codes))


def _walks_one_by_one(codes: list[str]) -> Iterator[ColumnElement[bool]]:
    for code in codes:
        yield table.c.competent_agency == code
        yield (table.c.receiving_agency == code) & _decided_elsewhere(codes)


def _decided_elsewhere(codes: list[str], of: Table = table) -> ColumnElement[bool]:
    """Says twice that somebody else decides, for the index is only of such dossiers."""
    elsewhere = of.c.receiving_agency != of.c.competent_agency
    return elsewhere & of.c.competent_agency.not_in(codes)


def at_each(column: Column[Any], agencies: Iterable[str]) -> Iterator[ColumnElement[bool]]:
    """For lists in an order of rows with one agency each: a few agencies walked one by one, many
    all together."""
    codes = sorted(agencies)
    if len(codes) > FEW:
        yield unindexed(column).in_(codes)
        return
    yield from (column == code for code in codes)


def unindexed(column: Column[Any]) -> ColumnElement[Any]:
    """A column's value as something computed, for which no index is taken."""
    return column + ""
