"""Many open dossiers, quickly: copies of real ones, row by row as the engine wrote them.

A copy has its own id and code, and everything else of its model: it can be worked on and its
timers fire. Only its log does not verify, as each hash covers the code.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Table,
    Text,
    cast,
    func,
    insert,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.exc import DBAPIError

from engine.store.database import Database
from engine.store.inbox_tables import search_term
from engine.store.letter_tables import letter
from engine.store.schema import metadata
from engine.store.tables import dossier, dossier_life, task, timer

CHUNK = 2_000
PREFIX = "MASS-"
"""Begins the codes of copies."""
BOOK = 1_000
"""Numbers of letters that a copy has for itself, as no two letters of a book share one."""

WAITING: tuple[Table, ...] = (dossier, task, timer)
"""What the inbox and an idle tick look at."""


def whole() -> tuple[Table, ...]:
    """Every table with rows of dossiers."""
    referring = (
        table
        for table in metadata.sorted_tables
        if any(key.column is dossier.c.id for key in table.foreign_keys)
    )
    payloads = metadata.tables["event_payload"]
    return dossier, *(table for table in referring if table is not payloads), payloads


def copy(database: Database, models: Sequence[str], count: int, tables: Iterable[Table]) -> None:
    """Add `count` copies of the dossiers with these codes, in turn."""
    with database.reading() as tx:
        first = tx.execute(select(func.max(dossier.c.id))).scalar_one() + 1
    for number, model in enumerate(models):
        ids = range(first + number, first + count, len(models))
        for start in range(0, len(ids), CHUNK):
            with database.transaction() as tx:
                _copy(tx, model, ids[start : start + CHUNK], tables)
    if not database.is_sqlite:
        with database.transaction() as tx:
            sequence = func.pg_get_serial_sequence("dossier", "id")
            tx.execute(select(func.setval(sequence, first + count)))


def settle(database: Database) -> None:
    """Let the database do its housekeeping now, not while something is measured."""
    if database.is_sqlite:
        with database.transaction() as tx:
            tx.exec_driver_sql("ANALYZE")
        return
    options = {"isolation_level": "AUTOCOMMIT"}
    with database.engine.connect().execution_options(**options) as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
        try:
            connection.exec_driver_sql("CHECKPOINT")
        except DBAPIError:
            return  # Not everyone may; it only makes the figures steadier.


def _copy(tx: Connection, model: str, ids: range, tables: Iterable[Table]) -> None:
    number = select(literal(ids.start).label("id")).cte("number", recursive=True)
    following = select(number.c.id + ids.step).where(number.c.id + ids.step < ids.stop)
    id_ = number.union_all(following).c.id
    model_id = tx.execute(select(dossier.c.id).where(dossier.c.code == model)).scalar_one()
    for table in tables:
        owner = table.c.id if table is dossier else table.c.dossier_id
        values = {column.name: _value(tx, column, id_, model) for column in table.columns}
        rows = select(*values.values()).join_from(table, id_.table, owner == model_id)
        tx.execute(insert(table).from_select(list(values), rows))


def _value(tx: Connection, column: Any, id_: Any, model: str) -> ColumnElement[Any]:
    code = literal(PREFIX) + cast(id_, Text)
    values: dict[Any, ColumnElement[Any]] = {
        dossier.c.id: id_, dossier.c.code: code, search_term.c.rank: -id_,
        letter.c.number: id_ * BOOK + letter.c.number,
    }  # fmt: skip
    if column.name == "dossier_id":
        return values[dossier.c.id]
    if column is dossier_life.c.life:
        said = func.replace(cast(column, Text), model, code)
        # SQLite would cast to a number what it is told to be JSON.
        return type_coerce(said, JSON) if tx.dialect.name == "sqlite" else cast(said, JSON)
    found: ColumnElement[Any] = values.get(column, column)
    return found
