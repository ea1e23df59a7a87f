"""The daily digest goes out once per person and working day, whoever composes it.

Any number of schedulers look for it. One of them takes the day's errand; should it be killed,
another goes on, and who has their digest already gets no second one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, time

import structlog
from sqlalchemy import Connection

from engine.deadlines.calendar import local
from engine.letters import digest as letters
from engine.letters.digest import Group, Item
from engine.letters.letter import Letter
from engine.model.channel import Channel
from engine.queries import digest as queries
from engine.queries.digest import Reader
from engine.store import editions, errands, messages, users
from engine.store.database import Database
from engine.store.messages import Draft
from engine.wallclock import Clock

ERRAND = "digest"
INTERVAL_SECONDS = 30.0
READERS_AT_ONCE = 20

log = structlog.get_logger(__name__)


def send_digests(
    database: Database, clock: Clock, at: time, go_on: Callable[[], bool] = lambda: True
) -> int | None:
    """Put today's digests into the outbox, once it is time; returns how many.

    None when it is too early, or someone else did it or is at it.
    """
    now = clock()
    day = local(now).date()
    if local(now).time() < at or not _take(database, day, now):
        return None
    written, after = 0, 0
    while found := _readers(database, after):
        written += sum(_write(database, reader, day, clock()) for reader in found)
        after = found[-1].id
        if not go_on():
            _note(database, errands.leave, day, clock())
            return written
        _note(database, errands.renew, day, clock())
    _note(database, errands.finish, day, clock())
    log.info("digests_written", count=written)
    return written


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


def _readers(database: Database, after: int) -> list[Reader]:
    with database.reading() as tx:
        return queries.readers(tx, after, READERS_AT_ONCE)


def _write(database: Database, reader: Reader, day: date, now: datetime) -> bool:
    """Compose without keeping anyone waiting, then write."""
    with database.reading() as tx:
        letter = compose(tx, reader, day, now)
    if letter is None:
        return False
    draft = Draft(
        f"digest:{day}:{reader.id}",
        Channel.MAIL,
        reader.email,
        letter,
        name=reader.full_name,
        user_id=reader.id,
    )
    with database.transaction() as tx:
        messages.enqueue(tx, [draft], now)
    return True


def compose(tx: Connection, reader: Reader, day: date, now: datetime) -> Letter | None:
    """Someone's digest; None on their day off, after hours, and when there is nothing to tell."""
    actor = users.actor_by_id(tx, reader.id, now)
    if not any(_is_at_work(tx, agency, now) for agency in {g.agency for g in actor.grants}):
        return None
    own, watched = queries.own(tx, actor, now), queries.watched(tx, actor, now)
    return letters.digest(day, reader.full_name, _lines(own), _lines(watched))


def _is_at_work(tx: Connection, agency: str, now: datetime) -> bool:
    """Whether an agency works that day and has not shut yet."""
    calendar = editions.calendar(tx, editions.in_force(tx, agency).calendar)
    day = local(now).date()
    return calendar.is_working_day(day) and now < calendar.closing(day)


def _lines(items: Iterable[Item]) -> dict[Group, list[str]]:
    found: dict[Group, list[str]] = defaultdict(list)
    for item in items:
        found[item.group].append(letters.line(item))
    return found
