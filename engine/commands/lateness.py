"""PLACEHOLDER, to be replaced as a whole by the command that writes to the dossier's log."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, update

from engine.commands.acting import Target, require
from engine.model.actor import Actor, Permission
from engine.model.dossier import Dossier
from engine.store import dossiers
from engine.store.tables import dossier as table


@dataclass(frozen=True)
class RecordCause:
    """Why a dossier, or with `place` a task of it, ended late."""

    target: Target
    cause: str
    note: str | None = None
    outage: int | None = None
    place: int | None = None


def record_cause(tx: Connection, command: RecordCause, actor: Actor, now: datetime) -> Dossier:
    """Set the cause without an event."""
    dossier = dossiers.lock(tx, command.target.code).dossier
    require(actor, Permission.OVERDUE_CAUSE_RECORD, "ghi nguyên nhân quá hạn")(dossier)
    named = update(table).where(table.c.code == command.target.code)
    tx.execute(named.values(overdue_cause=command.cause, outage=command.outage))
    return dossier
