"""The ledger of responsibility: who had a task for how long, one row for each TASK_HELD."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from engine.model.dossier import Dossier
from engine.model.event import Event, EventType
from engine.store.database import execute_each
from engine.store.time_tables import holding as table

_INSERT = insert(table)
_NAMED = ("place", "step", "agency", "unit", "holder", "worked", "late")


def save(tx: Connection, dossier_id: int, dossier: Dossier) -> None:
    """Write the holdings that ended with this act."""
    held = [event for event in dossier.news if event.type is EventType.TASK_HELD]
    rows = ({"dossier_id": dossier_id, **row_of(dossier.procedure, event)} for event in held)
    execute_each(tx, _INSERT, rows)


def row_of(procedure: str, event: Event) -> dict[str, Any]:
    """The row that a TASK_HELD event stands for, without the dossier's id."""
    return {
        "seq": event.seq,
        "procedure": procedure,
        "since": datetime.fromisoformat(event.data["since"]),
        "until": event.at,
        **{name: event.data[name] for name in _NAMED},
    }
