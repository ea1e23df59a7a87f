"""Lets notices to citizens leave that are ready, one process at a time."""

from collections.abc import Callable

import structlog
from sqlalchemy import Connection

from engine.commands.contacts import note_missed
from engine.commands.notices import Posting, post_notices
from engine.store import notices
from engine.store.database import Database, alone
from engine.wallclock import Clock

INTERVAL_SECONDS = 15.0

LOCK = 0x6E6F74696365
"""Number of the advisory lock on PostgreSQL: "notice" in ASCII."""

log = structlog.get_logger(__name__)


def post_ready(
    database: Database,
    clock: Clock,
    posting: Posting,
    go_on: Callable[[], bool] = lambda: True,
) -> int:
    """Post until nothing is ready, or `go_on` says no; returns how many messages that made.

    Before, dossiers are told of contacts that failed, each in a transaction of its own.
    """
    total = 0
    while go_on() and _note_missed(database, clock):
        pass
    while go_on():
        with database.transaction() as tx:
            if not alone(tx, LOCK):
                break
            posted = _post(tx, posting, clock)
        if posted is None:
            break
        total += posted
    if total:
        log.info("notices_posted", messages=total)
    return total


def _note_missed(database: Database, clock: Clock) -> bool:
    with database.transaction() as tx:
        return alone(tx, LOCK) and note_missed(tx, clock())


def _post(tx: Connection, posting: Posting, clock: Clock) -> int | None:
    """One batch; None when nothing was ready any more."""
    now = clock()
    if stale := notices.drop_stale(tx, now):
        log.error("notices_stale", count=stale)
    posted = post_notices(tx, posting, now)
    if posted.unreachable:
        log.warning("notices_without_channel", count=posted.unreachable)
    return posted.messages if posted.notices or posted.unreachable else None
