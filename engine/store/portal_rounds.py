"""Comparing with the portal: which dossiers are compared, what was found, what was healed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, tuple_, update

from engine.model.portal import Difference, SyncState
from engine.store.portal_tables import portal_difference, portal_round
from engine.store.portal_tables import portal_sync as table
from engine.store.tables import dossier


@dataclass(frozen=True)
class Synced:
    """A dossier of which the portal took everything: what it should show."""

    id: int
    dossier: str
    number: int
    code: int
    steps: int
    taken_at: datetime | None


_SYNCED = (
    select(
        table.c.dossier_id.label("id"),
        dossier.c.code.label("dossier"),
        table.c.number,
        table.c.code,
        table.c.steps,
        table.c.taken_at,
    )
    .join(dossier, dossier.c.id == table.c.dossier_id)
    .where(table.c.state == SyncState.SYNCHRONISED)
)


def unfinished(tx: Connection, after: int, limit: int) -> list[Synced]:
    """Dossiers that go on, in the order of their ids."""
    going_on = table.c.finished_at.is_(None) & (table.c.dossier_id > after)
    return _synced(tx, _SYNCED.where(going_on).order_by(table.c.dossier_id).limit(limit))


def finished(tx: Connection, after: tuple[datetime, int], limit: int) -> list[Synced]:
    """Dossiers that have ended and of which the portal took something after a moment, in that
    order."""
    order = (table.c.taken_at, table.c.dossier_id)
    ended = table.c.finished_at.is_not(None) & (tuple_(*order) > tuple_(*after))
    return _synced(tx, _SYNCED.where(ended).order_by(*order).limit(limit))


def synced(tx: Connection, codes: Sequence[str]) -> list[Synced]:
    """Of these dossiers those of which the portal took everything."""
    return _synced(tx, _SYNCED.where(dossier.c.code.in_(codes)).order_by(table.c.dossier_id))


def _synced(tx: Connection, query: Select[Any]) -> list[Synced]:
    return [Synced(**row._mapping) for row in tx.execute(query)]


def ours(tx: Connection, codes: Sequence[str]) -> dict[str, int | None]:
    """Which of these dossiers are ours, with the number of the last message taken."""
    query = (
        select(dossier.c.code, table.c.taken_number)
        .outerjoin(table, table.c.dossier_id == dossier.c.id)
        .where(dossier.c.code.in_(codes))
    )
    return {row.code: row.taken_number for row in tx.execute(query)}


def is_still(tx: Connection, seen: Synced) -> bool:
    """Whether nothing was written for a dossier, or taken, since it was seen."""
    query = select(table.c.number, table.c.state).where(table.c.dossier_id == seen.id)
    return tuple(tx.execute(query).one()) == (seen.number, SyncState.SYNCHRONISED)


def begin(tx: Connection, now: datetime) -> int:
    """Begin a round; gives its id."""
    row = insert(portal_round).values(started_at=now).returning(portal_round.c.id)
    return int(tx.execute(row).scalar_one())


def end(tx: Connection, id_: int, now: datetime, compared: int, failed: str | None) -> None:
    """Write down that a round came to its end, or why it did not."""
    values = {"ended_at": now, "compared": compared, "failed": failed}
    tx.execute(update(portal_round).where(portal_round.c.id == id_).values(**values))


@dataclass(frozen=True)
class Found:
    """A difference; `our_…` is None for a dossier that is not ours, `their_…` for one that the
    portal does not know."""

    kind: Difference
    dossier: str
    our_number: int | None = None
    our_code: int | None = None
    their_number: int | None = None
    their_code: str | None = None


def note(tx: Connection, id_: int, found: Found, healed: bool) -> None:
    """Write down a difference."""
    row = {"round_id": id_, "healed": healed, **vars(found)}
    tx.execute(insert(portal_difference).values(row))
    if healed:
        more = portal_round.c.healed + 1
        tx.execute(update(portal_round).where(portal_round.c.id == id_).values(healed=more))


def forget(tx: Connection, before: datetime) -> None:
    """Delete rounds that began before a moment, with what they found."""
    old = select(portal_round.c.id).where(portal_round.c.started_at < before)
    tx.execute(delete(portal_difference).where(portal_difference.c.round_id.in_(old)))
    tx.execute(delete(portal_round).where(portal_round.c.started_at < before))
