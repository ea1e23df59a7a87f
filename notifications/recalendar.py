"""After an announcement of days or hours, open dossiers follow: each in a transaction of its own.

What is left to do is read from the database, so that whoever is killed in between loses
nothing: a dossier that follows already is not found again, and an announcement is settled only
when none is left. A dossier that cannot follow is told of and left behind; it does with its
next act.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import InterfaceError, OperationalError

from engine.commands.lateness import change_calendar
from engine.store import announcements, followers
from engine.store.announcements import Unsettled
from engine.store.composing import Office
from engine.store.database import Database
from engine.wallclock import Clock

BATCH = 200

LOCK = 0x666F6C6C6F77
"""Number of the advisory lock on PostgreSQL: "follow" in ASCII."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Followed:
    """What one sweep did; `moved` dossiers are those whose due date changed."""

    settled: int = 0
    followed: int = 0
    moved: int = 0
    failed: int = 0


def recalendar(
    database: Database, clock: Clock, batch: int = BATCH, go_on: Callable[[], bool] = lambda: True
) -> Followed:
    """Let open dossiers follow everything announced, or until `go_on` says no after a batch."""
    done = Followed()
    if _oldest(database) is None:
        return done
    with _alone(database) as alone:
        while alone and go_on() and (announcement := _oldest(database)):
            done = _follow_all(database, clock, announcement, batch, go_on, done)
    if alone:
        log.info("recalendared", **vars(done))
    return done


def _oldest(database: Database) -> Unsettled | None:
    with database.reading() as tx:
        return announcements.oldest_unsettled(tx)


@contextmanager
def _alone(database: Database) -> Iterator[bool]:
    """Whether no other scheduler is at it, for as long as the block lasts.

    Two at once would do no harm, only each other's work; so SQLite, where a lock would keep
    everyone else waiting, goes without.
    """
    if database.is_sqlite:
        yield True
        return
    with database.transaction() as tx:
        yield bool(tx.execute(select(func.pg_try_advisory_xact_lock(LOCK))).scalar_one())


def _follow_all(
    database: Database,
    clock: Clock,
    announcement: Unsettled,
    batch: int,
    go_on: Callable[[], bool],
    done: Followed,
) -> Followed:
    """Go through all that is touched once; what fails is not waited for."""
    for ids in _batches(database, announcement, batch):
        for id_ in ids:
            done = _follow(database, clock, announcement, id_, done)
        if not go_on():
            return done
    with database.transaction() as tx:
        announcements.settle(tx, announcement.id, clock())
    return replace(done, settled=done.settled + 1)


def _batches(database: Database, announcement: Unsettled, batch: int) -> Iterator[list[int]]:
    with database.reading() as tx:
        reached = Office.of(tx).below(announcement.agency)
    for code in reached:
        after = 0
        while ids := _behind(database, announcement, code, after, batch):
            yield ids
            after = ids[-1]


def _behind(
    database: Database, announcement: Unsettled, code: str, after: int, batch: int
) -> list[int]:
    with database.reading() as tx:
        return followers.behind(tx, code, announcement.first_day, after, batch)


def _follow(
    database: Database, clock: Clock, announcement: Unsettled, id_: int, done: Followed
) -> Followed:
    """One dossier; a lost database ends the sweep, anything else concerns this dossier only."""
    try:
        moved = follow(database, clock, announcement.id, id_)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("recalendar_failed", dossier_id=id_, announcement=announcement.id)
        return replace(done, failed=done.failed + 1)
    if moved is None:
        return done
    return replace(done, followed=done.followed + 1, moved=done.moved + moved)


def follow(database: Database, clock: Clock, announcement_id: int, id_: int) -> bool | None:
    """Bring one dossier to its agency's calendar; whether its due date moved.

    None where someone else has brought it there.
    """
    with database.transaction() as tx:
        found = followers.take(tx, id_)
        if found is None:
            return None
        dossier = change_calendar(tx, found.code, found.calendar, announcement_id, clock())
        before, after = found.due_at, dossier.due_at
        if before is None or after is None or before == after:
            return False
        announcements.note_effect(tx, announcement_id, id_, before, after)
        return True
