"""Saved lists of the inbox, each belonging to one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.store.inbox_tables import saved_view as table


@dataclass(frozen=True)
class SavedView:
    """A filter of the inbox under a name."""

    id: int
    name: str
    filter: Mapping[str, Any]


def put(tx: Connection, user_id: int, name: str, chosen: Mapping[str, Any], now: datetime) -> int:
    """Keep a filter, in place of what was kept under that name; returns its number."""
    insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    row = {"user_id": user_id, "name": name, "filter": dict(chosen), "created_at": now}
    statement = (
        insert(table)
        .values(row)
        .on_conflict_do_update(index_elements=["user_id", "name"], set_={"filter": row["filter"]})
        .returning(table.c.id)
    )
    return int(tx.execute(statement).scalar_one())


def of_user(tx: Connection, user_id: int) -> list[SavedView]:
    """Those of someone, in the order in which they were saved."""
    query = select(table.c.id, table.c.name, table.c.filter)
    rows = tx.execute(query.where(table.c.user_id == user_id).order_by(table.c.id))
    return [SavedView(row.id, row.name, row.filter) for row in rows]


def count(tx: Connection, user_id: int) -> int:
    """How many someone has."""
    query = select(func.count()).where(table.c.user_id == user_id)
    return int(tx.execute(query).scalar_one())


def remove(tx: Connection, user_id: int, number: int) -> bool:
    """Delete one of someone's; False where it is not theirs or does not exist."""
    mine = (table.c.id == number) & (table.c.user_id == user_id)
    return tx.execute(delete(table).where(mine)).rowcount > 0
