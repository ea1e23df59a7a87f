"""Units of agencies: those that people work in, and those that are closed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, func, select, update

from engine.errors import UnitUnknown
from engine.store.tables import grant, task, user
from engine.store.tables import unit as table


@dataclass(frozen=True)
class Unit:
    """A unit of an agency; `closed_at` None while it is open."""

    agency: str
    code: str
    name: str
    closed_at: datetime | None


def get(tx: Connection, agency: str, code: str) -> Unit:
    """One unit; raises `UnitUnknown`."""
    row = tx.execute(select(table).where(*_here(agency, code))).one_or_none()
    if row is None:
        raise UnitUnknown(agency=agency, unit=code)
    return Unit(**row._mapping)


def known(tx: Connection, agency: str, code: str) -> bool:
    """Whether the agency has, or had, a unit of this code."""
    return tx.execute(select(table.c.code).where(*_here(agency, code))).first() is not None


def change(tx: Connection, agency: str, code: str, **values: Any) -> None:
    """Change columns of a unit."""
    tx.execute(update(table).where(*_here(agency, code)).values(values))


def needing(tx: Connection, agency: str, code: str) -> tuple[int, int]:
    """How many active people have a role in a unit, and how many open tasks it has."""
    active = exists().where(user.c.id == grant.c.user_id, user.c.active)
    people = select(func.count(grant.c.user_id.distinct())).where(
        grant.c.agency == agency, grant.c.unit == code, active
    )
    tasks = select(func.count()).where(
        task.c.agency == agency, task.c.unit == code, task.c.state == "open"
    )
    return tx.execute(people).scalar_one(), tx.execute(tasks).scalar_one()


def _here(agency: str, code: str) -> tuple[Any, ...]:
    return table.c.agency == agency, table.c.code == code
