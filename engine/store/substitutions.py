"""Who stands in for whom: kept for ever, also what is over."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, insert, or_, select, update

from engine.errors.substitution import SubstitutionUnknown
from engine.model.actor import NEVER_LENT
from engine.model.substitution import Substitution
from engine.store.sign_in_tables import substitution as table
from engine.store.tables import grant, user

_absent, _substitute = user.alias("absent_person"), user.alias("substitute_person")
_SHOWN: Select[Any] = (
    select(
        table,
        _absent.c.full_name.label("absent_name"),
        _substitute.c.full_name.label("substitute_name"),
    )
    .join(_absent, _absent.c.id == table.c.absent)
    .join(_substitute, _substitute.c.id == table.c.substitute)
)


def add(tx: Connection, new: dict[str, Any]) -> int:
    """Write one down; returns its number."""
    return int(tx.execute(insert(table).values(new).returning(table.c.id)).scalar_one())


def get(tx: Connection, number: int) -> Substitution:
    """One of them; raises `SubstitutionUnknown`."""
    row = tx.execute(_SHOWN.where(table.c.id == number)).one_or_none()
    if row is None:
        raise SubstitutionUnknown(substitution=number)
    return Substitution(**row._mapping)


def end(tx: Connection, number: int, by: int, now: datetime) -> None:
    """End one before its time."""
    tx.execute(update(table).where(table.c.id == number).values(ended_at=now, ended_by=by))


def of_absent(tx: Connection, absent: int, first: date, last: date) -> Substitution | None:
    """The first time that somebody stands in for a person between two days, both included."""
    within = (table.c.last_day >= first, table.c.first_day <= last, table.c.ended_at.is_(None))
    query = _SHOWN.where(table.c.absent == absent, *within).order_by(table.c.first_day).limit(1)
    row = tx.execute(query).one_or_none()
    return Substitution(**row._mapping) if row else None


def concerning(tx: Connection, person: int, limit: int) -> Iterator[Substitution]:
    """Those in which somebody is absent or stands in, the latest first."""
    concerned = or_(table.c.absent == person, table.c.substitute == person)
    latest = (table.c.last_day.desc(), table.c.id.desc())
    for row in tx.execute(_SHOWN.where(concerned).order_by(*latest).limit(limit)):
        yield Substitution(**row._mapping)


def may_stand_in(absent: int) -> ColumnElement[bool]:
    """Users who may stand in for somebody: active, with an office role in the same agency."""
    lent, own = grant.alias("lent"), grant.alias("own_role")
    agencies = select(lent.c.agency).where(lent.c.user_id == absent, lent.c.role.not_in(NEVER_LENT))
    fit = select(own.c.user_id).where(
        own.c.role.not_in(NEVER_LENT), own.c.agency.in_(agencies), own.c.user_id != absent
    )
    return user.c.active & user.c.id.in_(fit)
