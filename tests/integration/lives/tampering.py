"""Getting past the triggers and altering what is stored."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from engine.model.event import EventType
from engine.store.database import Database
from engine.store.tables import (
    dossier,
    event,
    event_payload,
)
from engine.verification.finding import Broken
from tests.processes.walker import Walker

Tampering = Callable[[Connection, int], object]
WAY = "check_papers=accept appraise=supplement +supplement"
"""Leaves the appraisal open for the second time, the dossier and the step with a due date."""


def tamper(walker: Walker, tampering: Tampering) -> Broken:
    """What verification says after somebody has altered the tables."""
    with walker.office.database.transaction() as tx:
        drop_triggers(tx, walker.office.database)
        id_ = tx.execute(
            select(dossier.c.id).where(dossier.c.code == walker.dossier.code)
        ).scalar_one()
        tampering(tx, id_)
    broken = walker.verified()
    assert broken is not None
    assert broken.dossier == walker.dossier.code
    return broken


def drop_triggers(tx: Connection, database: Database) -> None:
    """Let rows be changed that nobody may change."""
    if database.is_sqlite:
        names = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        suffix = ""
    else:
        names = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
        suffix = " ON {table}"
    for name, table in tx.exec_driver_sql(names).all():
        tx.exec_driver_sql(f"DROP TRIGGER {name}{suffix.format(table=table)}")


def at(table: Table, id_: int, seq: int) -> Any:
    """The row of one event."""
    return (table.c.dossier_id == id_) & (table.c.seq == seq)


def first(walker: Walker, type_: EventType) -> int:
    with walker.office.database.reading() as tx:
        query = select(event.c.seq).where(event.c.type == type_).order_by(event.c.seq).limit(1)
        return int(tx.execute(query).scalar_one())


def renumber(tx: Connection, id_: int, old: int, new: int) -> None:
    payload = tx.execute(select(event_payload).where(at(event_payload, id_, old))).one_or_none()
    tx.execute(delete(event_payload).where(at(event_payload, id_, old)))
    tx.execute(update(event).where(at(event, id_, old)).values(seq=new))
    if payload is not None:
        tx.execute(insert(event_payload).values(payload._asdict() | {"seq": new}))
