"""Organisation and catalogue as they were on a day: what they are now, and what they were before.

Whoever changes an agency or a procedure keeps here what it was; of what never changed nothing is
kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.store.report_tables import agency_before, procedure_before
from engine.store.tables import agency, procedure


@dataclass(frozen=True)
class AgencyThen:
    """An agency as it was on a day."""

    code: str
    name: str
    level: str
    parent: str | None


@dataclass(frozen=True)
class ProcedureThen:
    """What a procedure was called on a day, and its field."""

    code: str
    name: str
    field: str


def agencies_on(tx: Connection, day: date) -> dict[str, AgencyThen]:
    """Every agency by code, as it was at the end of a day."""
    now = select(agency.c.code, agency.c.name, agency.c.level, agency.c.parent)
    rows = {row.code: AgencyThen(**row._mapping) for row in tx.execute(now)}
    for row in _before(tx, agency_before, day):
        rows[row.agency] = AgencyThen(row.agency, row.name, row.level, row.parent)
    return rows


def procedures_on(tx: Connection, day: date) -> dict[str, ProcedureThen]:
    """Every procedure by code, as it was at the end of a day."""
    now = select(procedure.c.code, procedure.c.name, procedure.c.field)
    rows = {row.code: ProcedureThen(**row._mapping) for row in tx.execute(now)}
    for row in _before(tx, procedure_before, day):
        rows[row.procedure] = ProcedureThen(row.procedure, row.name, row.field)
    return rows


def keep_agency(tx: Connection, code: str, day: date) -> None:
    """Remember what an agency was until the day before this one; to be called before a change."""
    columns = (agency.c.name, agency.c.level, agency.c.parent)
    row = tx.execute(select(*columns).where(agency.c.code == code)).one()
    _keep(tx, agency_before, [{"agency": code, "until_on": day, **row._mapping}])


def keep_procedures(tx: Connection, days: Mapping[str, date]) -> None:
    """Remember what procedures were until the day before the one given for each; to be called
    before a change. Those that are not there yet were nothing before."""
    columns = (procedure.c.code, procedure.c.name, procedure.c.field)
    found = tx.execute(select(*columns).where(procedure.c.code.in_(days)))
    rows = [
        {"procedure": row.code, "until_on": days[row.code], "name": row.name, "field": row.field}
        for row in found
    ]
    _keep(tx, procedure_before, rows)


def below(agencies: Mapping[str, AgencyThen], code: str) -> Iterable[str]:
    """An agency and all below it, however far down."""
    found = [code]
    for each in found:
        found += [other.code for other in agencies.values() if other.parent == each]
    return found


def _before(tx: Connection, table: Table, day: date) -> Iterable[Any]:
    """What was kept of the time after a day, so that the nearest comes last of each."""
    later = select(table).where(table.c.until_on > day)
    return tx.execute(later.order_by(table.c.until_on.desc()))


def _keep(tx: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Of several changes on one day, what was before the first of them counts."""
    insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    if rows:
        tx.execute(insert(table).on_conflict_do_nothing(), rows)
