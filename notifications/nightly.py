"""What is tidied up once a night, by one scheduler process only."""

from datetime import datetime, timedelta

import structlog

from engine.store import heartbeats, idempotency, messages, notices, portal_rounds
from engine.store.database import Database, alone

KEYS_KEPT = timedelta(hours=48)
"""How long a repeated POST with the same Idempotency-Key gets the first answer."""

SCHEDULERS_KEPT = timedelta(days=7)
"""How long it can be told when a scheduler that is gone ticked last."""

MESSAGES_KEPT = timedelta(days=90)
"""How long messages that were sent or given up can be looked up, and what citizens were told."""

LOCK = 0x6E69676874
"""Number of the advisory lock on PostgreSQL: "night" in ASCII."""

log = structlog.get_logger(__name__)


def nightly(database: Database, now: datetime) -> bool:
    """Do the nightly work; False when another process is at it."""
    with database.transaction() as tx:
        if not alone(tx, LOCK):
            return False
        purged = idempotency.forget(tx, now - KEYS_KEPT)
        heartbeats.forget(tx, now - SCHEDULERS_KEPT)
        messages.forget(tx, now - MESSAGES_KEPT)
        portal_rounds.forget(tx, now - MESSAGES_KEPT)
        notices.forget(tx, now - MESSAGES_KEPT)
    log.info("nightly_done", idempotency_keys_purged=purged)
    return True
