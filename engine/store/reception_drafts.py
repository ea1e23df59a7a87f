"""What officers have typed at the counter and not yet handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from engine.errors.reception import ReceptionUnknown
from engine.store.reception_tables import reception_draft as table

KEPT = timedelta(days=30)
"""For so long after it was last saved; people's particulars must not lie about for ever."""


@dataclass(frozen=True)
class ReceptionDraft:
    """An application in the making: `texts` by the names of fields. `dossier` is its code, once
    it has become one; the texts are then forgotten."""

    id: int
    user_id: int
    agency: str
    procedure: str
    texts: Mapping[str, str]
    saved_at: datetime
    dossier: str | None


def add(tx: Connection, user_id: int, agency: str, procedure: str, now: datetime) -> int:
    """Begin one; returns its number. What the same person left lying for too long is forgotten."""
    old = (table.c.user_id == user_id) & (table.c.saved_at < now - KEPT)
    tx.execute(delete(table).where(old))
    row = {"user_id": user_id, "agency": agency, "procedure": procedure}
    query = insert(table).values(**row, texts={}, saved_at=now).returning(table.c.id)
    return int(tx.execute(query).scalar_one())


def get(tx: Connection, number: int, user_id: int, lock: bool = False) -> ReceptionDraft:
    """Somebody's draft; raises `ReceptionUnknown`. `lock`: nobody else changes it meanwhile."""
    query = select(table).where(table.c.id == number, table.c.user_id == user_id)
    row = tx.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise ReceptionUnknown()
    return ReceptionDraft(**row._mapping)


def latest(tx: Connection, user_id: int, most: int) -> Sequence[ReceptionDraft]:
    """The drafts that somebody has not handed in yet, the latest first."""
    query = (
        select(table)
        .where(table.c.user_id == user_id, table.c.dossier.is_(None))
        .order_by(table.c.saved_at.desc(), table.c.id.desc())
        .limit(most)
    )
    return [ReceptionDraft(**row._mapping) for row in tx.execute(query)]


def save(tx: Connection, number: int, texts: Mapping[str, str], now: datetime) -> None:
    """Keep what was typed."""
    tx.execute(update(table).where(table.c.id == number).values(texts=dict(texts), saved_at=now))


def hand_in(tx: Connection, number: int, dossier: str, now: datetime) -> None:
    """It became a dossier, which holds what is left of the texts."""
    became = {"dossier": dossier, "texts": {}, "saved_at": now}
    tx.execute(update(table).where(table.c.id == number).values(**became))


def drop(tx: Connection, number: int) -> None:
    """Throw one away."""
    tx.execute(delete(table).where(table.c.id == number))
