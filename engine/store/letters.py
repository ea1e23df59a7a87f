"""The projection of letters: what was issued, under which numbers."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.model.event import Event, EventType
from engine.store.database import execute_each
from engine.store.letter_tables import letter as table

_INSERT = insert(table)


def save(tx: Connection, dossier_id: int, news: Iterable[Event]) -> None:
    """Write down the letters that news tell of."""
    execute_each(tx, _INSERT, ({"dossier_id": dossier_id, **row} for row in rows_of(news)))


def rows_of(events: Iterable[Event]) -> Iterator[dict[str, Any]]:
    """The rows that letters should have, without the dossier's id and what was drawn of them."""
    for event in events:
        if event.type is EventType.LETTER_ISSUED:
            named = {name: event.data[name] for name in _NAMED}
            yield {"seq": event.seq, **named, "issued_at": event.at}


_NAMED = ("form", "agency", "symbol", "year", "number")


def file_of(tx: Connection, dossier_id: int, seq: int) -> str | None:
    """Digest of what was drawn of a letter, if anything was yet."""
    return tx.execute(select(table.c.file).where(*_here(dossier_id, seq))).scalar_one_or_none()


def keep_file(tx: Connection, dossier_id: int, seq: int, digest: str) -> str:
    """Remember what was drawn; returns the digest that counts, for only the first one ever does."""
    here = _here(dossier_id, seq)
    tx.execute(update(table).where(*here, table.c.file.is_(None)).values(file=digest))
    return str(tx.execute(select(table.c.file).where(*here)).scalar_one())


def _here(dossier_id: int, seq: int) -> tuple[Any, ...]:
    return table.c.dossier_id == dossier_id, table.c.seq == seq
