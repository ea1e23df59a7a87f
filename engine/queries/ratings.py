"""Ratings, for those who supervise the agencies that decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Connection, select, tuple_

from engine.deadlines.calendar import VIETNAM
from engine.model.actor import Actor
from engine.queries.paging import Page, Slice, page
from engine.queries.supervised import narrowed, supervised_agencies, unindexed
from engine.store.rating_tables import rating as table
from engine.store.tables import dossier, procedure


@dataclass(frozen=True)
class RatingFilter:
    """Which ratings are wanted; days are Vietnamese dates, both included."""

    agency: str | None = None
    stars: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class RatingItem:
    """A line of the list; `agency` is the one that decided."""

    code: str
    procedure: str
    procedure_name: str
    agency: str
    stars: int
    comment: str | None
    rated_at: datetime
    changed_at: datetime


_ORDER = (table.c.rated_at, table.c.dossier_id)


def list_ratings(
    tx: Connection, wanted: Slice, chosen: RatingFilter, actor: Actor
) -> Page[RatingItem]:
    """Ratings of dossiers that supervised agencies decided on, the latest first.

    Raises `NotPermitted`.
    """
    agencies = narrowed(supervised_agencies(actor), chosen.agency)
    query = (
        select(table, dossier.c.code, dossier.c.procedure, procedure.c.name)
        .join(dossier, dossier.c.id == table.c.dossier_id)
        .join(procedure, procedure.c.code == dossier.c.procedure)
        .where(_of(agencies), *_conditions(chosen))
        .order_by(*(column.desc() for column in _ORDER))
        .limit(wanted.limit + 1)
    )
    if wanted.after:
        query = query.where(tuple_(*_ORDER) < wanted.after)
    return page(
        tx.execute(query).all(),
        wanted,
        lambda row: RatingItem(
            row.code, row.procedure, row.name, row.agency, row.stars, row.comment,
            row.rated_at, row.changed_at,
        ),
        lambda row: (row.rated_at, row.dossier_id),
    )  # fmt: skip


def _of(agencies: frozenset[str]) -> ColumnElement[bool]:
    """One agency has an index of its own; for several all ratings are walked, latest first."""
    if len(agencies) == 1:
        return table.c.agency == next(iter(agencies))
    return unindexed(table.c.agency).in_(sorted(agencies))


def _conditions(chosen: RatingFilter) -> Iterator[ColumnElement[bool]]:
    if chosen.agency is not None:
        yield table.c.agency == chosen.agency
    if chosen.stars is not None:
        yield table.c.stars == chosen.stars
    if chosen.first is not None:
        yield table.c.rated_at >= datetime.combine(chosen.first, time(), VIETNAM)
    if chosen.last is not None:
        yield table.c.rated_at < datetime.combine(chosen.last + timedelta(days=1), time(), VIETNAM)
