"""Migrations in the database, and what became of each dossier that was chosen."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    func,
    insert,
    literal,
    select,
    true,
    update,
)

from engine.errors.migration import MigrationUnknown
from engine.model.actor import Actor, Permission, may_at
from engine.model.migration import Choice, Limits, Migration, State, Verdict
from engine.store.dossier_migration_tables import dossier_migration as table
from engine.store.dossier_migration_tables import migrated_dossier as item
from engine.store.tables import dossier, task

AT_WORK = (State.TRYING, State.RUNNING)
LEFT = {State.TRYING: (Verdict.UNKNOWN,), State.RUNNING: (Verdict.POSSIBLE,)}
"""By state: the dossiers that are still to be looked at."""


def add(tx: Connection, agencies: list[str], choice: Choice, **values: Any) -> tuple[int, int]:
    """Write a migration down with every open dossier of its procedure that agencies decide on and
    that is chosen; its number, and how many."""
    row = {**values, "state": State.TRYING}
    id_ = tx.execute(insert(table).values(row).returning(table.c.id)).scalar_one()
    found = select(literal(id_), dossier.c.id, literal(Verdict.UNKNOWN.value)).where(
        dossier.c.procedure == values["procedure"],
        dossier.c.version != values["version"],
        dossier.c.outcome.is_(None),
        dossier.c.competent_agency.in_(agencies),
        *_chosen(choice),
    )
    names = ["migration_id", "dossier_id", "verdict"]
    tx.execute(insert(item).from_select(names, found))
    number = select(func.count()).select_from(item).where(item.c.migration_id == id_)
    return id_, tx.execute(number).scalar_one()


def _chosen(choice: Choice) -> Iterator[ColumnElement[bool]]:
    if choice.version is not None:
        yield dossier.c.version == choice.version
    if choice.received_from is not None:
        yield dossier.c.received_at >= choice.received_from
    if choice.received_before is not None:
        yield dossier.c.received_at < choice.received_before
    if choice.step is not None:
        there = (task.c.dossier_id == dossier.c.id, task.c.step == choice.step)
        yield select(true()).where(*there, task.c.state == "open").exists()


def get(tx: Connection, number: int, lock: bool = False) -> Migration:
    """One migration; raises `MigrationUnknown`."""
    query = select(table).where(table.c.id == number)
    row = tx.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise MigrationUnknown(migration=number)
    return read(row)


def governed(tx: Connection, number: int, actor: Actor, lock: bool = False) -> Migration:
    """A migration that the actor may decide about; raises `MigrationUnknown`."""
    found = get(tx, number, lock)
    if not may_at(actor, Permission.DOSSIER_MIGRATE, found.agency):
        raise MigrationUnknown(migration=number)
    return found


def read(row: Any) -> Migration:
    """A migration as its row has it."""
    typed = {"limits": Limits(row.limits), "state": State(row.state)}
    return Migration(**{**row._mapping, **typed})


def change_state(tx: Connection, number: int, state: State, by: int, now: datetime) -> None:
    """Let a migration come to a state, by someone's decision."""
    values = {"state": state, "changed_at": now, "changed_by": by}
    tx.execute(update(table).where(table.c.id == number).values(**values))


def come_to_end(tx: Connection, number: int, before: State, after: State, now: datetime) -> None:
    """Nothing is left to do, unless someone decided otherwise meanwhile."""
    ours = (table.c.id == number) & (table.c.state == before)
    tx.execute(update(table).where(ours).values(state=after, changed_at=now))


def at_work(tx: Connection) -> Migration | None:
    """The oldest migration that is being tried or carried out."""
    query = select(table).where(table.c.state.in_(AT_WORK)).order_by(table.c.id).limit(1)
    row = tx.execute(query).one_or_none()
    return read(row) if row else None


def left(tx: Connection, migration: Migration, limit: int) -> list[int]:
    """Dossiers of a migration that are still to be looked at in its state."""
    query = (
        select(item.c.dossier_id)
        .where(item.c.migration_id == migration.id, item.c.verdict.in_(LEFT[migration.state]))
        .order_by(item.c.dossier_id)
        .limit(limit)
    )
    return list(tx.execute(query).scalars())


def take(tx: Connection, migration: Migration, dossier_id: int) -> str | None:
    """The code of a dossier, locked for this migration; None where someone else looked at it, or
    the migration has left its state."""
    query = (
        select(dossier.c.code)
        .select_from(
            item.join(table, table.c.id == item.c.migration_id).join(
                dossier, dossier.c.id == item.c.dossier_id
            )
        )
        .where(
            item.c.migration_id == migration.id,
            item.c.dossier_id == dossier_id,
            item.c.verdict.in_(LEFT[migration.state]),
            table.c.state == migration.state,
        )
        .with_for_update(of=item, skip_locked=True)
    )
    return tx.execute(query).scalar_one_or_none()


def judge(
    tx: Connection, migration: Migration, dossier_id: int, verdict: Verdict, reason: str | None
) -> None:
    """Write down what is known of a dossier."""
    ours = (item.c.migration_id == migration.id) & (item.c.dossier_id == dossier_id)
    tx.execute(update(item).where(ours).values(verdict=verdict, reason=reason))
