"""What the catalogue says of all procedures on a day, for comparing a newer file with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from bpmn.catalogue.entry import Standing
from bpmn.facts import Facts
from engine.model.procedure_life import Origin
from engine.store import definitions, standings
from engine.store.procedure_tables import standing as table
from engine.store.standings import Announced


@dataclass(frozen=True)
class Catalogue:
    """What holds of procedures on a day, by code; `drawn` are the facts of those that somebody has
    drawn. `seen` is the number of what was recorded last."""

    held: Mapping[str, Announced]
    drawn: Mapping[str, Facts]
    seen: int


def catalogue_on(tx: Connection, day: date) -> Catalogue:
    """What the imported files say for a day, as far as it is known now; rows are left out."""
    drawn = standings.drawn(tx)
    facts = {code: definitions.version(tx, version).facts for code, version in drawn.items()}
    columns = [column for column in table.c if column.name != "row"]
    said = table.c.effective_from <= day, table.c.origin == Origin.CATALOGUE
    query = select(*columns).where(*said).order_by(table.c.effective_from, table.c.id)
    held = {row.procedure: _announced(row) for row in tx.execute(query)}
    return Catalogue(held, facts, standings.newest(tx))


def _announced(row: Row[Any]) -> Announced:
    return Announced(
        procedure=row.procedure,
        standing=Standing(row.standing),
        source=row.source,
        decision=row.decision,
        name=row.name,
        field=row.field,
        levels=tuple(row.levels.split()),
        row={},
        row_digest=row.row_digest,
        version=row.version,
    )
