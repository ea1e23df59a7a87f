"""The projection of papers that databases have: what was taken from where, to be counted."""

from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert

from engine.model.dossier import Dossier
from engine.model.obtained import Obtained
from engine.store.database import execute_each
from engine.store.digitising_tables import obtained_component as table

_INSERT = insert(table)
_DELETE = delete(table).where(
    table.c.dossier_id == bindparam("the_dossier"), table.c.component == bindparam("the_component")
)


def save(
    tx: Connection, dossier_id: int, before: dict[str, Obtained], dossier: Dossier
) -> dict[str, Obtained]:
    """Write the difference between the rows as they were and the dossier; returns what is now."""
    after = dict(dossier.obtained)
    stale = [code for code, each in before.items() if after.get(code) != each]
    execute_each(tx, _DELETE, ({"the_dossier": dossier_id, "the_component": c} for c in stale))
    new = [each for code, each in after.items() if before.get(code) != each]
    execute_each(tx, _INSERT, ({"dossier_id": dossier_id, **row_of(dossier, e)} for e in new))
    return after


def row_of(dossier: Dossier, obtained: Obtained) -> dict[str, Any]:
    """The row that an obtained component should have, without the dossier's id."""
    return {
        "component": obtained.component,
        "agency": dossier.receiving_agency,
        "source": obtained.source,
        "obtained_by": obtained.by,
        "obtained_at": obtained.at,
    }
