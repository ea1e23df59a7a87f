"""The register of outages: what was recorded stays; only the end is filled in, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.errors.time import OutageUnknown
from engine.store.time_tables import outage as table


@dataclass(frozen=True)
class Outage:
    """A time during which a system that the office depends on did not work.

    `evidence` is the number or the address of the notice; `ended_at` None while it lasts.
    """

    id: int
    agency: str
    system: str
    description: str
    evidence: str
    started_at: datetime
    ended_at: datetime | None
    recorded_at: datetime
    recorded_by: int

    @property
    def running(self) -> bool:
        """Whether its end is not recorded yet."""
        return self.ended_at is None


def add(tx: Connection, **row: Any) -> int:
    """Put an outage into the register, its columns by name; returns its number."""
    return int(tx.execute(insert(table).values(row).returning(table.c.id)).scalar_one())


def get(tx: Connection, number: int) -> Outage:
    """The outage with this number; raises `OutageUnknown`."""
    row = tx.execute(select(table).where(table.c.id == number)).one_or_none()
    if row is None:
        raise OutageUnknown(outage=number)
    return read(row)


def end(tx: Connection, number: int, ended_at: datetime) -> bool:
    """Fill in the end, unless somebody did so before; tells whether it was filled in."""
    running = update(table).where(table.c.id == number, table.c.ended_at.is_(None))
    return tx.execute(running.values(ended_at=ended_at)).rowcount == 1


def systems(tx: Connection) -> Sequence[str]:
    """The names of all systems that ever failed."""
    return tx.execute(select(table.c.system).distinct()).scalars().all()


def read(row: Any) -> Outage:
    """An outage out of a row of the table."""
    return Outage(**row._mapping)
