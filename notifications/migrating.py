"""Migrations are tried and carried out, a dossier at a time, each in a transaction of its own.

What is left to do is read from the database, so whoever is killed in between loses nothing, and
several schedulers may be at it at once. Whoever stops a migration stops it before the next
dossier.
"""

from collections.abc import Callable

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from engine.commands.dossier_migrations import migrate_next, try_next
from engine.errors import EngineError
from engine.model.migration import Migration, State, Verdict
from engine.store import dossier_migrations
from engine.store.database import Database
from engine.wallclock import Clock

BATCH = 100
INTERVAL_SECONDS = 3.0
_STEPS = {State.TRYING: try_next, State.RUNNING: migrate_next}
_AFTER = {State.TRYING: State.TRIED, State.RUNNING: State.ENDED}
_NO = {State.TRYING: Verdict.IMPOSSIBLE, State.RUNNING: Verdict.REFUSED}

log = structlog.get_logger(__name__)


def carry_on(database: Database, clock: Clock, go_on: Callable[[], bool] = lambda: True) -> int:
    """Work through what is being tried or carried out until nothing is left, or `go_on` says no;
    returns how many dossiers were looked at."""
    looked_at = 0
    while migration := _at_work(database):
        ids = _left(database, migration)
        for id_ in ids:
            if not go_on():
                return looked_at
            _one(database, clock, migration, id_)
            looked_at += 1
        if not ids:
            _end(database, clock, migration)
    return looked_at


def _at_work(database: Database) -> Migration | None:
    with database.reading() as tx:
        return dossier_migrations.at_work(tx)


def _left(database: Database, migration: Migration) -> list[int]:
    with database.reading() as tx:
        return dossier_migrations.left(tx, migration, BATCH)


def _one(database: Database, clock: Clock, migration: Migration, id_: int) -> None:
    """One dossier; a lost database ends the work, anything else concerns this dossier only."""
    try:
        with database.transaction() as tx:
            _STEPS[migration.state](tx, migration, id_, clock())
    except (OperationalError, InterfaceError):
        raise
    except EngineError as error:
        _refuse(database, migration, id_, error.message)
    except Exception:
        log.exception("migration_failed", dossier_id=id_, migration=migration.id)
        _refuse(database, migration, id_, "Lỗi không lường trước; xem nhật ký của bộ hẹn giờ.")


def _refuse(database: Database, migration: Migration, id_: int, reason: str) -> None:
    with database.transaction() as tx:
        dossier_migrations.judge(tx, migration, id_, _NO[migration.state], reason)


def _end(database: Database, clock: Clock, migration: Migration) -> None:
    after = _AFTER[migration.state]
    with database.transaction() as tx:
        dossier_migrations.come_to_end(tx, migration.id, migration.state, after, clock())
    log.info("migration_came_to", migration=migration.id, state=after.value)
