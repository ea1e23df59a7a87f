"""The register of outages as people look it up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize

from sqlalchemy import ColumnElement, Connection, func, select

from engine.model.actor import Actor, Permission
from engine.queries.dossiers import DossierFilter, DossierItem, list_dossiers
from engine.queries.paging import Page, Slice, page
from engine.queries.people import names_of
from engine.store import outages
from engine.store.outages import Outage
from engine.store.tables import dossier
from engine.store.time_tables import outage as table
from engine.store.visibility import visible_dossiers


@dataclass(frozen=True)
class OutageFilter:
    """Which outages are wanted; `system` is part of a name, whatever its capitals."""

    system: str | None = None
    agency: str | None = None
    running: bool | None = None


@dataclass(frozen=True)
class OutageView:
    """An outage with the name of who recorded it and the number of dossiers linked to it.

    Dossiers are counted as far as the one who looks may read them.
    """

    id: int
    agency: str
    system: str
    description: str
    evidence: str
    started_at: datetime
    ended_at: datetime | None
    running: bool
    recorded_at: datetime
    recorded_by: str
    dossiers: int


def list_outages(tx: Connection, wanted: Slice, chosen: OutageFilter) -> Page[Outage]:
    """All outages, the last recorded first."""
    query = select(table).where(*_conditions(tx, chosen)).order_by(table.c.id.desc())
    if wanted.after:
        query = query.where(table.c.id < wanted.after[0])
    rows = tx.execute(query.limit(wanted.limit + 1)).all()
    return page(rows, wanted, outages.read, lambda row: (row.id,))


def outage(tx: Connection, number: int, actor: Actor) -> OutageView:
    """One outage; raises `OutageUnknown`."""
    found = outages.get(tx, number)
    count = (
        select(func.count())
        .select_from(dossier)
        .where(dossier.c.outage == number, visible_dossiers(actor, Permission.DOSSIER_READ))
    )
    return OutageView(
        **{
            **vars(found),
            "running": found.running,
            "recorded_by": names_of(tx, [found.recorded_by])[found.recorded_by],
            "dossiers": tx.execute(count).scalar_one(),
        }
    )


def dossiers_of(tx: Connection, number: int, wanted: Slice, actor: Actor) -> Page[DossierItem]:
    """Dossiers linked to an outage that the actor may read; raises `OutageUnknown`."""
    outages.get(tx, number)
    return list_dossiers(tx, wanted, DossierFilter(outage=number), actor)


def _conditions(tx: Connection, chosen: OutageFilter) -> Iterator[ColumnElement[bool]]:
    if chosen.agency is not None:
        yield table.c.agency == chosen.agency
    if chosen.running is not None:
        yield table.c.ended_at.is_(None) if chosen.running else table.c.ended_at.is_not(None)
    if chosen.system is not None:
        # Databases fold capitals of Vietnamese letters differently, or not at all; names of
        # systems are few.
        part = _folded(chosen.system)
        yield table.c.system.in_([name for name in outages.systems(tx) if part in _folded(name)])


def _folded(text: str) -> str:
    return normalize("NFC", text).casefold().strip()
