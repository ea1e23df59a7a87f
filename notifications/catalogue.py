"""Procedures come into force, change and end on the day that was announced."""

from datetime import datetime

import structlog

from engine.store import office_log, standings
from engine.store.database import Database

log = structlog.get_logger(__name__)


def let_hold(database: Database, now: datetime) -> int:
    """Let everything hold whose day has come; returns of how many procedures."""
    with database.reading() as tx:
        if not standings.is_due(tx, now):
            return 0
    with database.transaction() as tx:
        office_log.one_at_a_time(tx)
        changed = standings.bring_into_force(tx, now)
    log.info("catalogue_holds", procedures=changed)
    return changed
