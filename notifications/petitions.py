"""Time limits of petitions: whatever comes near or is over is noted and told, once.

Any number of processes may look: each petition is done in a transaction of its own, which finds
nothing to do where another was quicker. One that fails keeps no other waiting, and comes again.
"""

from collections.abc import Callable

import structlog

from engine.commands.petition_alerts import alert_petition
from engine.store import petitions
from engine.store.database import Database
from engine.wallclock import Clock

INTERVAL_SECONDS = 5.0
BATCH = 100

log = structlog.get_logger(__name__)


def watch_petitions(
    database: Database, clock: Clock, go_on: Callable[[], bool] = lambda: True
) -> int:
    """Note and tell what has become due; returns of how many petitions."""
    with database.reading() as tx:
        codes = petitions.watched(tx, clock(), BATCH)
    told = 0
    for code in codes:
        if not go_on():
            break
        told += _told(database, clock, code)
    if told:
        log.info("petitions_alerted", count=told)
    return told


def _told(database: Database, clock: Clock, code: str) -> bool:
    try:
        with database.transaction() as tx:
            return alert_petition(tx, code, clock()) is not None
    except Exception as error:
        log.exception("petition_alert_failed", petition=code, exc_info=error)
        return False
