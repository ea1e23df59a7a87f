"""Forms begun and not yet handed in: one for each person and open task."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from engine.store.desk_tables import draft as table


@dataclass(frozen=True)
class DraftKey:
    """Whose draft of which task."""

    dossier_id: int
    place: int
    user_id: int


@dataclass(frozen=True)
class Draft:
    """What someone typed, by the names of fields, and when it was saved."""

    texts: Mapping[str, str]
    saved_at: datetime


def find(tx: Connection, key: DraftKey) -> Draft | None:
    """The draft, if there is one."""
    row = tx.execute(select(table.c.texts, table.c.saved_at).where(_is(key))).one_or_none()
    return Draft(row.texts, row.saved_at) if row else None


def put(tx: Connection, key: DraftKey, draft: Draft) -> None:
    """Keep a draft in the place of the one before. Whoever calls holds the task's row."""
    changed = tx.execute(update(table).where(_is(key)).values(**vars(draft)))
    if changed.rowcount == 0:
        tx.execute(insert(table).values(**vars(key), **vars(draft)))


def drop(tx: Connection, key: DraftKey) -> None:
    """Throw a draft away; none is as good."""
    tx.execute(delete(table).where(_is(key)))


def drop_all(tx: Connection, dossier_id: int, place: int) -> None:
    """Throw everyone's drafts of a task away: it is open no more."""
    tx.execute(delete(table).where(table.c.dossier_id == dossier_id, table.c.place == place))


def _is(key: DraftKey) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in vars(key).items()))
