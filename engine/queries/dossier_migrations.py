"""Migrations as administrators look at them: how far each has come, and dossier by dossier."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from engine.errors import NotPermitted
from engine.model.actor import Actor, Permission, granted
from engine.model.migration import (
    STATE_NAMES,
    VERDICT_NAMES,
    Migration,
    Verdict,
)
from engine.queries.paging import Page, Slice, page
from engine.queries.people import names_of
from engine.store.dossier_migration_tables import dossier_migration as table
from engine.store.dossier_migration_tables import migrated_dossier as item
from engine.store.dossier_migrations import governed, read
from engine.store.tables import dossier


@dataclass(frozen=True)
class MigrationView:
    """A migration with the number of its dossiers by what is known of them."""

    migration: Migration
    state_name: str
    counts: Mapping[Verdict, int]
    decided_by: str


@dataclass(frozen=True)
class MigratedDossier:
    """A dossier of a migration, and why it cannot go over."""

    code: str
    verdict: Verdict
    verdict_name: str
    reason: str | None


def list_migrations(tx: Connection, wanted: Slice, actor: Actor) -> Page[Migration]:
    """Those that the actor may decide about, the last planned first; raises `NotPermitted`."""
    agencies = {
        agency
        for given, reach in granted(actor, Permission.DOSSIER_MIGRATE)
        for agency in given.reached(reach)
    }
    if not agencies:
        raise NotPermitted(what="xem các đợt chuyển phiên bản")
    query = select(table).where(table.c.agency.in_(sorted(agencies))).order_by(table.c.id.desc())
    if wanted.after:
        query = query.where(table.c.id < wanted.after[0])
    rows = tx.execute(query.limit(wanted.limit + 1)).all()
    return page(rows, wanted, read, lambda row: (row.id,))


def migration(tx: Connection, number: int, actor: Actor) -> MigrationView:
    """One of them; raises `MigrationUnknown`."""
    found = governed(tx, number, actor)
    counted = (
        select(item.c.verdict, func.count())
        .where(item.c.migration_id == number)
        .group_by(item.c.verdict)
    )
    counts = {Verdict(verdict): count for verdict, count in tx.execute(counted)}
    names = names_of(tx, [found.changed_by])
    return MigrationView(found, STATE_NAMES[found.state], counts, names[found.changed_by])


def dossiers_of(
    tx: Connection, number: int, wanted: Slice, verdict: Verdict | None, actor: Actor
) -> Page[MigratedDossier]:
    """Its dossiers, those of one verdict or all; raises `MigrationUnknown`."""
    governed(tx, number, actor)
    query = (
        select(item, dossier.c.code)
        .join(dossier, dossier.c.id == item.c.dossier_id)
        .where(item.c.migration_id == number)
        .order_by(item.c.dossier_id)
    )
    if verdict is not None:
        query = query.where(item.c.verdict == verdict)
    if wanted.after:
        query = query.where(item.c.dossier_id > wanted.after[0])
    rows = tx.execute(query.limit(wanted.limit + 1)).all()
    return page(rows, wanted, _dossier, lambda row: (row.dossier_id,))


def _dossier(row: Any) -> MigratedDossier:
    verdict = Verdict(row.verdict)
    return MigratedDossier(row.code, verdict, VERDICT_NAMES[verdict], row.reason)
