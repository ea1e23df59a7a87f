"""Procedures in force, and what a version of one says."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from bpmn.procedure import Procedure
from engine.errors import ProcedureUnknown
from engine.queries.paging import Page, Slice, page
from engine.store import definitions
from engine.store.tables import procedure as table


@dataclass(frozen=True)
class ProcedureItem:
    """A procedure in the version that new dossiers start on."""

    code: str
    name: str
    field: str
    level: str
    version: str
    since: datetime


def list_procedures(tx: Connection, wanted: Slice) -> Page[ProcedureItem]:
    """All procedures by code that take new dossiers."""
    in_force = table.c.repealed_on.is_(None)
    query = select(table).where(in_force).order_by(table.c.code).limit(wanted.limit + 1)
    if wanted.after:
        query = query.where(table.c.code > wanted.after[0])
    return page(
        tx.execute(query).all(),
        wanted,
        lambda r: ProcedureItem(r.code, r.name, r.field, r.level, r.version, r.since),
        lambda r: (r.code,),
    )


def areas(tx: Connection) -> list[str]:
    """The fields of work that procedures in force belong to, by name."""
    return list(tx.execute(select(table.c.field).distinct().order_by(table.c.field)).scalars())


def name_of(tx: Connection, code: str) -> str:
    """What a procedure is called; its code where it has no name."""
    found = tx.execute(select(table.c.name).where(table.c.code == code)).scalar_one_or_none()
    return found or code


def procedure(tx: Connection, code: str, version: str | None = None) -> Procedure:
    """A procedure in the version in force, or in an earlier one; raises `ProcedureUnknown`."""
    found = definitions.version(tx, version or definitions.current_version(tx, code))
    if found.facts.code != code:
        raise ProcedureUnknown(procedure=code)
    return found
