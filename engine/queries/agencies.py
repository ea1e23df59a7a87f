"""Agencies with their units, for choosing where a dossier goes and whom a role is for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine.errors import AgencyUnknown
from engine.queries.paging import Page, Slice, page
from engine.store.tables import agency, unit


@dataclass(frozen=True)
class UnitItem:
    """A unit of an agency."""

    code: str
    name: str


@dataclass(frozen=True)
class AgencyItem:
    """An agency; `parent` is the code of the one above it."""

    code: str
    name: str
    level: str
    parent: str | None
    units: tuple[UnitItem, ...]


def list_agencies(tx: Connection, wanted: Slice) -> Page[AgencyItem]:
    """All agencies by code, each with the units that are open."""
    query = select(agency).order_by(agency.c.code).limit(wanted.limit + 1)
    if wanted.after:
        query = query.where(agency.c.code > wanted.after[0])
    rows = tx.execute(query).all()
    units = units_of(tx, [row.code for row in rows])
    return page(
        rows,
        wanted,
        lambda r: AgencyItem(r.code, r.name, r.level, r.parent, tuple(units.get(r.code, ()))),
        lambda r: (r.code,),
    )


def name_of(tx: Connection, code: str) -> str:
    """What an agency is called; its code where it has no name."""
    found = tx.execute(select(agency.c.name).where(agency.c.code == code)).scalar_one_or_none()
    return found or code


def names_of(tx: Connection, codes: Iterable[str]) -> dict[str, str]:
    """What agencies are called, by code and in its order."""
    query = select(agency.c.code, agency.c.name).where(agency.c.code.in_(sorted(set(codes))))
    return {row.code: row.name for row in tx.execute(query.order_by(agency.c.code))}


def unit_names(tx: Connection, agencies: Iterable[str]) -> dict[tuple[str, str], str]:
    """Names of the open units of agencies, by the codes of agency and unit."""
    found = units_of(tx, sorted(agencies))
    return {(code, one.code): one.name for code, units in found.items() for one in units}


def units_of(tx: Connection, agencies: list[str]) -> dict[str, list[UnitItem]]:
    """The units that are open, by the code of their agency."""
    found: dict[str, list[UnitItem]] = {}
    open_ones = unit.c.agency.in_(agencies), unit.c.closed_at.is_(None)
    query = select(unit).where(*open_ones).order_by(unit.c.agency, unit.c.code)
    for row in tx.execute(query):
        found.setdefault(row.agency, []).append(UnitItem(row.code, row.name))
    return found


@dataclass(frozen=True)
class UnitState:
    """A unit as those who administer it see it; `closed_at` None while it is open."""

    code: str
    name: str
    closed_at: datetime | None


@dataclass(frozen=True)
class AgencyState:
    """An agency with all its units; `revision` grows with every change of any of them."""

    code: str
    name: str
    level: str
    parent: str | None
    revision: int
    units: tuple[UnitState, ...]


def agency_state(tx: Connection, code: str) -> AgencyState:
    """One agency, closed units and all; raises `AgencyUnknown`."""
    row = tx.execute(select(agency).where(agency.c.code == code)).one_or_none()
    if row is None:
        raise AgencyUnknown(agency=code)
    query = select(unit).where(unit.c.agency == code).order_by(unit.c.code)
    units = tuple(UnitState(u.code, u.name, u.closed_at) for u in tx.execute(query))
    return AgencyState(row.code, row.name, row.level, row.parent, row.revision, units)
