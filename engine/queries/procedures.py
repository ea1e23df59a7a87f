"""What a version of a procedure says, and how procedures are called."""

from sqlalchemy import Connection, select

from bpmn.procedure import Procedure
from engine.errors import ProcedureUnknown
from engine.store import definitions
from engine.store.tables import procedure as table


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
