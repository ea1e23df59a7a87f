"""Agencies and their units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, literal, or_, select, update

from engine.errors import AgencyUnknown
from engine.store import announcements, editions
from engine.store.tables import agency as table
from engine.store.tables import unit

DEFAULT_CODE_PATTERN = "{prefix}-{date:%y%m%d}-{sequence:04}"


def add(
    tx: Connection, code: str, name: str, level: str, code_prefix: str, parent: str | None = None
) -> None:
    """Create an agency; `code_prefix` begins the codes of the dossiers that it receives.

    Calendar and rulebook are those of its parent, or the ones that the product ships.
    """
    announcements.one_at_a_time(tx)
    in_force = editions.in_force(tx, parent) if parent else editions.standard(tx)
    row = {
        "code": code,
        "name": name,
        "level": level,
        "parent": parent,
        "code_prefix": code_prefix,
        "code_pattern": DEFAULT_CODE_PATTERN,
        **vars(in_force),
    }
    tx.execute(insert(table).values(row))


def add_unit(tx: Connection, agency: str, code: str, name: str) -> None:
    """Create a unit of an agency."""
    tx.execute(insert(unit).values(agency=agency, code=code, name=name))


def level_of(tx: Connection, code: str) -> str:
    """Level of an agency; raises `AgencyUnknown`."""
    level = tx.execute(select(table.c.level).where(table.c.code == code)).scalar_one_or_none()
    if level is None:
        raise AgencyUnknown(agency=code)
    return str(level)


def name_of(tx: Connection, code: str) -> str:
    """What an agency is called."""
    return str(tx.execute(select(table.c.name).where(table.c.code == code)).scalar_one())


def roots(tx: Connection) -> Sequence[str]:
    """The agencies that have none above them, by code."""
    query = select(table.c.code).where(table.c.parent.is_(None)).order_by(table.c.code)
    return tx.execute(query).scalars().all()


def with_all_below(tx: Connection, code: str) -> Sequence[str]:
    """An agency and all below it, however far down, by code."""
    found = select(table.c.code).where(table.c.code == code).cte(recursive=True)
    below = select(table.c.code).join(found, table.c.parent == found.c.code)
    found = found.union(below)
    return tx.execute(select(found.c.code).order_by(found.c.code)).scalars().all()


def parents(tx: Connection) -> dict[str, str | None]:
    """Every agency with the one above it."""
    query = select(table.c.code, table.c.parent).order_by(table.c.code)
    return {row.code: row.parent for row in tx.execute(query)}


def with_those_above(code: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """An agency and all above it, from the bottom up."""
    line: list[str] = []
    here: str | None = code
    while here is not None and here not in line:
        line.append(here)
        here = parents[here]
    return tuple(line)


def deciding(tx: Connection, levels: Sequence[str], receiving: str) -> Sequence[str]:
    """The agencies of such levels in the province of one, by code."""
    *_, root = with_those_above(receiving, parents(tx))
    query = select(table.c.code).where(table.c.code.in_(with_all_below(tx, root)))
    return tx.execute(query.where(table.c.level.in_(levels)).order_by(table.c.code)).scalars().all()


@dataclass(frozen=True)
class Named:
    """An agency by code and name."""

    code: str
    name: str


def line(tx: Connection, code: str) -> list[Named]:
    """An agency and all above it, from the bottom up; raises `AgencyUnknown`."""
    columns = (table.c.code, table.c.name, table.c.parent)
    found = select(*columns, literal(0).label("up")).where(table.c.code == code)
    line = found.cte(recursive=True)
    line = line.union_all(select(*columns, line.c.up + 1).join(line, table.c.code == line.c.parent))
    rows = tx.execute(select(line.c.code, line.c.name).order_by(line.c.up)).all()
    if not rows:
        raise AgencyUnknown(agency=code)
    return [Named(row.code, row.name) for row in rows]


@dataclass(frozen=True)
class Agency:
    """An agency as those who administer it change it; `revision` covers its units too."""

    code: str
    name: str
    level: str
    parent: str | None
    revision: int


def lock(tx: Connection, code: str) -> Agency:
    """An agency, kept from others' hands until the transaction ends; raises `AgencyUnknown`."""
    columns = (table.c.code, table.c.name, table.c.level, table.c.parent, table.c.revision)
    query = select(*columns).where(table.c.code == code).with_for_update(key_share=True)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise AgencyUnknown(agency=code)
    return Agency(**row._mapping)


def change(tx: Connection, code: str, **values: Any) -> None:
    """Change columns of an agency, or none where one of its units has changed."""
    here = update(table).where(table.c.code == code)
    tx.execute(here.values(revision=table.c.revision + 1, **values))


def taken(tx: Connection, code: str, code_prefix: str) -> bool:
    """Whether an agency has this code, or gives its dossiers this prefix."""
    same = or_(table.c.code == code, table.c.code_prefix == code_prefix)
    return tx.execute(select(table.c.code).where(same).limit(1)).first() is not None
