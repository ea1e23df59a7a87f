"""Inserting what may be there already."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert


def insert_new(tx: Connection, table: Table, row: dict[str, Any]) -> int | None:
    """The `id` of a row that is new; None where another one has the same unique values."""
    insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    adding = insert(table).values(row).on_conflict_do_nothing().returning(table.c.id)
    return tx.execute(adding).scalar_one_or_none()
