"""What a scheduler does for the national portal besides sending: it begins to tell it, brings over
the dossiers from before, tells again what was asked for, and compares once a night."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

import structlog
from sqlalchemy import Connection

from engine.commands.portal import bring_next, resend_next
from engine.commands.portal_warning import warn_of_late_portal
from engine.deadlines.calendar import local
from engine.queries.portal import signs
from engine.store import errands, portal_link, portal_syncs
from engine.store.database import Database
from engine.wallclock import Clock
from notifications.channels.portal import Account
from notifications.portal_round import RoundReport, reconcile

INTERVAL_SECONDS = 5.0
NIGHTLY_SECONDS = 60.0
BATCH = 500
"""So many dossiers are told as a whole in one go, each in a transaction of its own."""

ERRAND = "portal"
NIGHT = time(1, 30)

log = structlog.get_logger(__name__)


def keep_up(
    database: Database, clock: Clock, hours: int, go_on: Callable[[], bool] = lambda: True
) -> None:
    """Use the portal, and do some of what there is to do for it; warn of what has been waiting for
    so many hours."""
    use(database, clock)
    bring_over(database, clock, go_on)
    resend_asked(database, clock, go_on)
    warn(database, clock, hours)


def use(database: Database, clock: Clock) -> None:
    """Tell the portal from now on, if it was not told before."""
    with database.reading() as tx:
        if portal_link.since(tx) is not None:
            return
    with database.transaction() as tx:
        if portal_link.use(tx, clock()):
            log.info("portal_used")


def bring_over(database: Database, clock: Clock, go_on: Callable[[], bool] = lambda: True) -> int:
    """Tell the portal of dossiers from before; returns of how many."""
    with database.reading() as tx:
        if not portal_link.is_walking(tx):
            return 0
    count = 0
    while count < BATCH and go_on():
        with database.transaction() as tx:
            if bring_next(tx, clock()) is None:
                break
        count += 1
    if count:
        log.info("portal_brought_over", dossiers=count)
    return count


def resend_asked(database: Database, clock: Clock, go_on: Callable[[], bool] = lambda: True) -> int:
    """Tell the portal again of dossiers that somebody asked for; returns of how many."""
    codes = _asked(database)
    for count, code in enumerate(codes):
        if not go_on():
            return count
        with database.transaction() as tx:
            resend_next(tx, code, clock())
    return len(codes)


def _asked(database: Database) -> Sequence[str]:
    with database.reading() as tx:
        return portal_syncs.asked(tx, BATCH)


def warn(database: Database, clock: Clock, hours: int) -> None:
    """Write to administrators if the portal has not taken anything for long."""
    with database.reading() as tx:
        if signs(tx, clock()).waiting_seconds <= hours * 3_600:
            return
    with database.transaction() as tx:
        warn_of_late_portal(tx, hours, clock())


def reconcile_once_a_night(
    database: Database, clock: Clock, account: Account, go_on: Callable[[], bool] = lambda: True
) -> RoundReport | None:
    """Compare with the portal, once it is night and nobody did; should that fail, someone tries
    again when the errand's lease has run out."""
    now = clock()
    day = local(now).date()
    if local(now).time() < NIGHT or not _take(database, day, now):
        return None

    def still_ours() -> bool:
        _note(database, errands.renew, day, clock())
        return go_on()

    report = reconcile(database, clock, account, still_ours)
    if report.failed is None and go_on():
        _note(database, errands.finish, day, clock())
    return report


def _take(database: Database, day: date, now: datetime) -> bool:
    with database.transaction() as tx:
        return errands.take(tx, ERRAND, day, now)


def _note(
    database: Database,
    what: Callable[[Connection, str, date, datetime], None],
    day: date,
    now: datetime,
) -> None:
    with database.transaction() as tx:
        what(tx, ERRAND, day, now)
