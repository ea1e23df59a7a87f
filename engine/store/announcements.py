"""Announced days and hours: what was announced where, and which dossiers it moved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

from engine.store.time_tables import announcement as table
from engine.store.time_tables import announcement_effect as effect

LOCK = 0x63616C656E646172
"""Number of the advisory lock on PostgreSQL: "calendar" in ASCII."""

_UNSETTLED = (
    select(table.c.id, table.c.agency, table.c.first_day)
    .where(table.c.settled_at.is_(None))
    .order_by(table.c.id)
    .limit(1)
)


@dataclass(frozen=True)
class New:
    """What is announced for an agency and all below it, or for the whole country (None)."""

    agency: str | None
    document: Mapping[str, Any]
    source: str
    first_day: date


@dataclass(frozen=True)
class Kept:
    """What was announced, and for which agency with all below it."""

    id: int
    agency: str | None
    document: Mapping[str, Any]


@dataclass(frozen=True)
class Unsettled:
    """An announcement that open dossiers do not follow yet; `agency` None is the whole country."""

    id: int
    agency: str | None
    first_day: date


def one_at_a_time(tx: Connection) -> None:
    """Keep others from announcing and from adding agencies until the transaction ends.

    Calendars are composed of all that was announced: two who compose at once would each miss
    what the other announces.
    """
    if tx.dialect.name == "postgresql":
        tx.execute(select(func.pg_advisory_xact_lock(LOCK)))


def add(tx: Connection, new: New, by: int | None, now: datetime) -> int:
    """Keep an announcement; returns its id. `by` is None where no user announced it."""
    row = {**vars(new), "announced_by": by, "announced_at": now}
    return int(tx.execute(insert(table).values(row).returning(table.c.id)).scalar_one())


def documents(tx: Connection, agencies: Collection[str]) -> list[Mapping[str, Any]]:
    """What was announced nationally or by one of these agencies, the earliest first."""
    query = select(table.c.document).where(holding_for(agencies)).order_by(table.c.id)
    return list(tx.execute(query).scalars())


def everything(tx: Connection) -> list[Kept]:
    """All announcements, the earliest first."""
    query = select(table.c.id, table.c.agency, table.c.document).order_by(table.c.id)
    return [Kept(row.id, row.agency, row.document) for row in tx.execute(query)]


def latest(tx: Connection, agencies: Collection[str]) -> int | None:
    """The last announcement that holds for an agency, given with all above it."""
    query = select(func.max(table.c.id)).where(holding_for(agencies))
    return tx.execute(query).scalar_one_or_none()


def holding_for(agencies: Collection[str]) -> ColumnElement[bool]:
    """Rows that hold for an agency, given with all above it."""
    return or_(table.c.agency.is_(None), table.c.agency.in_(list(agencies)))


def oldest_unsettled(tx: Connection) -> Unsettled | None:
    """The first announcement that open dossiers do not follow yet; one indexed look."""
    row = tx.execute(_UNSETTLED).one_or_none()
    return Unsettled(row.id, row.agency, row.first_day) if row else None


def settle(tx: Connection, id_: int, now: datetime) -> None:
    """Note that all open dossiers follow."""
    tx.execute(update(table).where(table.c.id == id_).values(settled_at=now))


def note_effect(
    tx: Connection, id_: int, dossier_id: int, before: datetime, after: datetime
) -> None:
    """Note that an announcement moved the due date of a dossier, perhaps once more."""
    here = (effect.c.announcement_id == id_) & (effect.c.dossier_id == dossier_id)
    if tx.execute(update(effect).where(here).values(after=after)).rowcount == 0:
        row = {"announcement_id": id_, "dossier_id": dossier_id, "before": before, "after": after}
        tx.execute(insert(effect).values(row))
