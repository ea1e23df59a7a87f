"""What is tidied up once a night, by one scheduler process only."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection, delete, func, select

from engine.store.database import Database
from engine.store.tables import idempotency_key

KEYS_KEPT = timedelta(hours=48)
"""How long a repeated POST with the same Idempotency-Key gets the first answer."""

LOCK = 0x6E69676874
"""Number of the advisory lock on PostgreSQL: "night" in ASCII."""

log = structlog.get_logger(__name__)


def nightly(database: Database, now: datetime) -> bool:
    """Do the nightly work; False when another process is at it."""
    with database.transaction() as tx:
        if not _alone(database, tx):
            return False
        purged = purge_keys(tx, now)
    log.info("nightly_done", idempotency_keys_purged=purged)
    return True


def purge_keys(tx: Connection, now: datetime) -> int:
    """Forget Idempotency-Keys that are older than `KEYS_KEPT`; returns how many."""
    old = idempotency_key.c.created_at < now - KEYS_KEPT
    return tx.execute(delete(idempotency_key).where(old)).rowcount


def _alone(database: Database, tx: Connection) -> bool:
    # On SQLite the transaction itself holds the only write lock.
    if database.is_sqlite:
        return True
    return bool(tx.execute(select(func.pg_try_advisory_xact_lock(LOCK))).scalar_one())
