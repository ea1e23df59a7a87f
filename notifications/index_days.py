"""The points of index 766 are kept every night, as they stood at the end of the day before.

Counted is the month of reports that this day is in, from its 15th on. Whoever takes the day's
errand counts one agency after the other, each in a transaction of its own; should they be killed,
another goes on with those that are lacking. Days on which no scheduler ran are not made up for.
"""

from collections.abc import Callable
from datetime import date, time, timedelta

import structlog

from engine.deadlines.calendar import local
from engine.model.report import Period
from engine.model.report_period import month_of
from engine.reports.asked import Asked
from engine.reports.service_index import index_day
from engine.store import errands, index_days
from engine.store.database import Database
from engine.wallclock import Clock

ERRAND = "index 766"
INTERVAL_SECONDS = 600.0
NIGHT = time(2)
"""From when on the day that ended is counted."""

log = structlog.get_logger(__name__)


def keep_index(
    database: Database, clock: Clock, go_on: Callable[[], bool] = lambda: True
) -> int | None:
    """Keep the points of every agency, once it is time; returns of how many.

    None when it is too early, or someone else did it or is at it.
    """
    now = clock()
    today = local(now).date()
    if local(now).time() < NIGHT:
        return None
    with database.transaction() as tx:
        if not errands.take(tx, ERRAND, today, now):
            return None
        waiting = index_days.lacking(tx, today - timedelta(days=1))
    kept = 0
    for agency in waiting:
        if not go_on():
            _leave(database, clock, today)
            return kept
        kept += _keep(database, clock, agency, today)
    with database.transaction() as tx:
        errands.finish(tx, ERRAND, today, clock())
    log.info("index_kept", agencies=kept)
    return kept


def _leave(database: Database, clock: Clock, today: date) -> None:
    with database.transaction() as tx:
        errands.leave(tx, ERRAND, today, clock())


def _keep(database: Database, clock: Clock, agency: str, today: date) -> bool:
    """Whether it could be counted; why not stands in the log, and keeps no other from it."""
    day, now = today - timedelta(days=1), clock()
    try:
        with database.reading() as tx:
            found = index_day(tx, Asked(agency, Period(month_of(day).start, day), now))
        with database.transaction() as tx:
            index_days.add(tx, found)
            errands.renew(tx, ERRAND, today, now)
    except Exception as error:
        log.exception("index_day_failed", agency=agency, day=day.isoformat(), exc_info=error)
        return False
    return True
