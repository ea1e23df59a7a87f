"""One tick of the clock: every timer that is due happens, once.

Timers are claimed in batches, in a transaction of their own, and then fired one by one, each in
its own. Whoever is killed in between loses nothing: what was claimed and not fired is claimed
again by the next tick, here or in another process, when the lease has run out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import structlog
from sqlalchemy.exc import DBAPIError

from engine.commands.course import fire_timer
from engine.errors import EngineError
from engine.store import timers
from engine.store.database import Database
from engine.store.timers import MAX_ATTEMPTS, DueTimer
from engine.wallclock import Clock

BATCH = 50
"""Timers claimed at once: few enough to be fired long before their lease runs out."""

log = structlog.get_logger(__name__)


class Shot(StrEnum):
    """What came of firing a claimed timer. LOST: someone else has claimed or fired it since."""

    FIRED = "fired"
    LOST = "lost"
    FAILED = "failed"


Noted = Callable[[DueTimer, Shot, timedelta], None]
"""Hears of each shot, with the time from the timer's moment to the end of its transaction."""


@dataclass(frozen=True)
class TickReport:
    """What one tick did; `lateness` is that of the timer that fired latest after its moment."""

    claimed: int = 0
    fired: int = 0
    lost: int = 0
    failed: int = 0
    lateness: timedelta = timedelta(0)

    def plus(self, shot: Shot, late: timedelta) -> "TickReport":
        """The report with one more claimed timer in it."""
        return TickReport(
            claimed=self.claimed + 1,
            fired=self.fired + (shot is Shot.FIRED),
            lost=self.lost + (shot is Shot.LOST),
            failed=self.failed + (shot is Shot.FAILED),
            lateness=max(self.lateness, late) if shot is Shot.FIRED else self.lateness,
        )


def tick(
    database: Database,
    clock: Clock,
    batch: int = BATCH,
    go_on: Callable[[], bool] = lambda: True,
    noted: Noted = lambda timer, shot, late: None,
) -> TickReport:
    """Fire timers until none is due, or until `go_on` says no after a batch.

    Whoever loses a claim leaves the rest to the winner until the next tick: two whose clocks
    disagree about leases would else take each other's timers away all the time.
    """
    report = TickReport()
    while due := claim(database, clock(), batch):
        for timer in due:
            shot = fire(database, timer, clock())
            late = max(timedelta(0), clock() - timer.due_at)
            noted(timer, shot, late)
            report = report.plus(shot, late)
        if report.lost or not go_on():
            break
    return report


def claim(database: Database, now: datetime, batch: int = BATCH) -> list[DueTimer]:
    """Take up to `batch` timers that are due at `now`, for as long as their lease lasts."""
    with database.transaction() as tx:
        return timers.claim(tx, now, batch)


def fire(database: Database, timer: DueTimer, now: datetime) -> Shot:
    """Let one claimed timer's moment happen; a failure puts it back for later."""
    try:
        with database.transaction() as tx:
            timers.wait_briefly(tx)
            dossier = fire_timer(tx, timer, now)
    except Exception as error:
        _put_back(database, timer, error, now)
        return Shot.FAILED
    return Shot.LOST if dossier is None else Shot.FIRED


def _put_back(database: Database, timer: DueTimer, error: Exception, now: datetime) -> None:
    """Note a failure. Where even that fails, the lease runs out and the timer is claimed again."""
    said = error.message if isinstance(error, EngineError) else str(error)
    is_dead = timer.attempts + 1 >= MAX_ATTEMPTS
    told = log.bind(
        dossier=timer.code,
        kind=timer.kind.value,
        place=timer.place,
        attempts=timer.attempts + 1,
    )
    told.error("timer_dead" if is_dead else "timer_failed", exc_info=error)
    try:
        with database.transaction() as tx:
            timers.wait_briefly(tx)
            timers.fail(tx, timer, f"{type(error).__name__}: {said}", now)
    except DBAPIError as unnoted:
        told.error("timer_failure_not_noted", exc_info=unnoted)
