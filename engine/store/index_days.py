"""Index 766 day by day: written once a day for each agency, and never again."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import Connection, exists, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.model.report import Period
from engine.model.service_index import IndexDay
from engine.store.index_tables import index_day as table
from engine.store.tables import agency

_INSERT = {
    "sqlite": sqlite_insert(table).on_conflict_do_nothing(),
    "postgresql": postgresql_insert(table).on_conflict_do_nothing(),
}


def add(tx: Connection, counted: IndexDay) -> None:
    """Keep what was counted; what was kept of this day before stays."""
    tx.execute(_INSERT[tx.dialect.name], asdict(counted))


def lacking(tx: Connection, day: date) -> Sequence[str]:
    """The agencies of which nothing is kept for a day, by code."""
    kept = exists().where(table.c.agency == agency.c.code, table.c.day == day)
    return tx.execute(select(agency.c.code).where(~kept).order_by(agency.c.code)).scalars().all()


def of(tx: Connection, agency: str, days: Period) -> list[IndexDay]:
    """What is kept of an agency for some days, the first one first."""
    here = (table.c.agency == agency) & table.c.day.between(days.start, days.end)
    rows = tx.execute(select(table).where(here).order_by(table.c.day))
    return [IndexDay(**row._asdict()) for row in rows]
