"""By what a dossier is found: written when it is handed in, never changed afterwards.

The terms are derived from what was handed in. Whoever erases that payload by law need not think
of them: a trigger of the database removes those that say something about a person.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert

from engine.model.dossier import Dossier
from engine.model.searching import all_terms
from engine.store.inbox_tables import search_term as table


def add(tx: Connection, dossier_id: int, dossier: Dossier, said: Mapping[str, Any]) -> None:
    """Let a new dossier be found by what was handed in."""
    names = table.columns.keys()
    rows = rows_of(dossier_id, dossier, said)
    tx.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])


def rows_of(dossier_id: int, dossier: Dossier, said: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    """The rows that a dossier should have; `said` is empty where it was erased."""
    agencies = {dossier.receiving_agency, dossier.competent_agency}
    return {
        (dossier_id, agency, term, personal, -dossier_id)
        for agency in agencies
        for term, personal in all_terms(dossier.code, dossier.ticket, said)
    }
