"""How the messages of the outbox leave it, channel by channel and lane by lane.

A message is claimed with a lease and a fence, sent outside of any transaction, and then its
outcome is recorded, only by whoever still holds it. So none is lost; one whose sender was
killed at the wrong moment may be sent twice, and then looks the same both times.

Of a lane only the first message that was not sent can be claimed. One that is looked at and found
to be behind another is put off, so that nobody looks at it again and again; when the one before
it is through, it becomes due.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Update,
    and_,
    case,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from engine.letters.letter import Letter
from engine.model.channel import Channel
from engine.store.database import pipelined
from engine.store.outbox_tables import message as table
from engine.store.schema import Moment

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 65
"""With the back-off below about three days: a server may fail over a weekend."""

FIRST_BACK_OFF = timedelta(minutes=1)
LONGEST_BACK_OFF = timedelta(hours=1)
SPREAD = 1.4
"""How many times as long a pause may be, so that not all attempts come at once."""

FURTHEST = timedelta(hours=2)
"""No other side is given longer until the next attempt, whatever it asks for. What lies further
ahead was written while the clock was wrong."""

STALE_AFTER = timedelta(days=3)
"""People are not told what could not leave for so long after it should have."""

BEHIND = timedelta(hours=1)
"""For how long a message behind another is put off; it becomes due sooner when that is sent."""


@dataclass(frozen=True)
class Claimed:
    """A message that this process may send until `lease_until`."""

    id: int
    key: str
    channel: Channel
    lane: str | None
    user_id: int | None
    dossier_id: int | None
    name: str
    address: str
    letter: Letter
    fence: int
    attempts: int
    lease_until: datetime


def claim(tx: Connection, channel: Channel, now: datetime, batch: int) -> list[Claimed]:
    """Take up to `batch` messages of a channel that are due, that nobody is sending, and that
    have nothing before them in their lane; the oldest first."""
    while due := tx.execute(_due(channel, now, batch)).scalars().all():
        # A statement of its own, after the rows are locked: what was sent since is seen.
        behind = set(tx.execute(_behind(channel, due)).scalars())
        if behind:
            later = update(table).where(table.c.id.in_(behind))
            tx.execute(later.values(next_attempt_at=now + BEHIND))
        if free := [id_ for id_ in due if id_ not in behind]:
            return _take(tx, free, now)
    return []


def _due(channel: Channel, now: datetime, batch: int) -> Select[int]:
    """Some that are due, locked. A lease that lies further ahead than any can was written while
    the clock was wrong: it does not count."""
    lease, attempt = table.c.lease_until, table.c.next_attempt_at
    free = or_(lease.is_(None), lease <= now, lease > now + LEASE)
    return (
        select(table.c.id)
        .where(table.c.channel == channel, attempt <= now, free)
        .order_by(attempt, table.c.id)
        .limit(batch)
        .with_for_update(skip_locked=True)
    )


def _behind(channel: Channel, ids: Sequence[int]) -> Select[int]:
    """Which of these messages have one before them in their lane."""
    before = table.alias("before")
    first = (
        select(before.c.id)
        .where(_in_lane(before, channel, table.c.lane), before.c.id < table.c.id)
        .limit(1)
        .correlate(table)
    )
    laned = table.c.id.in_(ids) & table.c.lane.is_not(None)
    return select(table.c.id).where(laned, first.scalar_subquery().is_not(None))


def _in_lane(rows: FromClause, channel: Channel, lane: Any) -> ColumnElement[bool]:
    """The messages of a lane that keep those after them waiting."""
    column = rows.c
    unsent = column.sent_at.is_(None) & column.withdrawn_at.is_(None)
    same = and_(column.channel == channel, column.lane == lane, column.lane.is_not(None), unsent)
    return same & column.next_attempt_at.is_not(None) if channel.is_to_people else same


def _take(tx: Connection, ids: list[int], now: datetime) -> list[Claimed]:
    query = (
        update(table)
        .where(table.c.id.in_(ids))
        .values(lease_until=now + LEASE, fence=table.c.fence + 1)
        .returning(table)
    )
    place = {id_: number for number, id_ in enumerate(ids)}
    return [_claimed(row) for row in sorted(tx.execute(query), key=lambda row: place[row.id])]


def _claimed(row: Any) -> Claimed:
    return Claimed(
        id=row.id,
        key=row.key,
        channel=Channel(row.channel),
        lane=row.lane,
        user_id=row.user_id,
        dossier_id=row.dossier_id,
        name=row.name,
        address=row.address,
        letter=Letter(row.subject, row.body, row.path),
        fence=row.fence,
        attempts=row.attempts,
        lease_until=row.lease_until,
    )


def sent(tx: Connection, messages: Sequence[Claimed], now: datetime) -> frozenset[int]:
    """Record that messages of one channel were taken by the other side.

    Returns the ids of those whose claim still held; what comes after these may leave now.
    """
    ours = tuple_(table.c.id, table.c.fence).in_([(one.id, one.fence) for one in messages])
    query = (
        update(table)
        .where(ours)
        .values(
            sent_at=now,
            next_attempt_at=None,
            lease_until=None,
            last_error=None,
            attempts=table.c.attempts + 1,
        )
        .returning(table.c.id)
    )
    held = frozenset(tx.execute(query).scalars())
    let_follow(tx, ((one.channel, one.lane) for one in messages if one.id in held), now)
    return held


def fail(
    tx: Connection,
    message: Claimed,
    error: str,
    now: datetime,
    retry_after: timedelta = timedelta(0),
) -> bool:
    """Put a message back for another attempt, no sooner than after `retry_after`; True if that
    was the last one."""
    attempts = message.attempts + 1
    if attempts >= MAX_ATTEMPTS:
        give_up(tx, message, error, now)
        return True
    pause = max(back_off(message.key, attempts), min(retry_after, FURTHEST))
    _settle(tx, message, attempts=attempts, next_attempt_at=now + pause, last_error=error)
    return False


def give_up(tx: Connection, message: Claimed, error: str, now: datetime) -> bool:
    """Record that a message will never be taken; it waits for a person. False if the claim is
    lost."""
    attempts = message.attempts + 1
    held = _settle(tx, message, attempts=attempts, next_attempt_at=None, last_error=error)
    if held and message.channel.is_to_people:
        let_follow(tx, [(message.channel, message.lane)], now)
    return held


def put_back(tx: Connection, message: Claimed) -> None:
    """Give a message back as it was: nobody tried to send it."""
    _settle(tx, message)


def put_off(tx: Connection, message: Claimed, until: datetime) -> None:
    """Give a message back until a moment: nobody tried to send it."""
    _settle(tx, message, next_attempt_at=until)


def withdraw(tx: Connection, ids: Sequence[int], now: datetime) -> int:
    """Let messages that were not sent never be; what comes after them may leave. Returns how many.

    One that is being sent at this moment arrives all the same.
    """
    query = (
        update(table)
        .where(table.c.id.in_(ids), table.c.sent_at.is_(None), table.c.withdrawn_at.is_(None))
        .values(withdrawn_at=now, next_attempt_at=None, lease_until=None, fence=table.c.fence + 1)
        .returning(table.c.channel, table.c.lane)
    )
    withdrawn = tx.execute(query).all()
    let_follow(tx, {(Channel(row.channel), row.lane) for row in withdrawn}, now)
    return len(withdrawn)


def _settle(tx: Connection, message: Claimed, **values: Any) -> bool:
    mine = (table.c.id == message.id) & (table.c.fence == message.fence)
    query = update(table).where(mine).values(lease_until=None, **values)
    return tx.execute(query).rowcount == 1


def let_follow(tx: Connection, lanes: Iterable[tuple[Channel, str | None]], now: datetime) -> None:
    """Make due what is now first in its lane."""
    with pipelined(tx):
        for channel, lane in lanes:
            if lane is not None:
                tx.execute(_first_in_lane(channel, lane, now))


def _first_in_lane(channel: Channel, lane: str, now: datetime) -> Update:
    head = table.alias("head")
    first = select(head.c.id).where(_in_lane(head, channel, lane)).order_by(head.c.id).limit(1)
    later = table.c.not_before
    # Also where it seems to be due: whoever has just found it behind is putting it off, and holds
    # it meanwhile.
    return (
        update(table)
        .where(table.c.id == first.scalar_subquery(), table.c.next_attempt_at.is_not(None))
        .values(next_attempt_at=case((later > now, later), else_=literal(now, Moment)))
    )


def back_off(key: str, attempts: int) -> timedelta:
    """How long to wait after so many attempts: doubled each time, and a little different for
    each message, so that not all come at once."""
    doubled = min(FIRST_BACK_OFF * (1 << min(attempts - 1, 16)), LONGEST_BACK_OFF)
    spread = crc32(f"{key}:{attempts}".encode()) / 2**32
    return doubled * (1 + (SPREAD - 1) * spread)


def tidy(tx: Connection, channel: Channel, now: datetime, error: str) -> int:
    """Give up what is no news any more, and mend what was put off by a clock that was wrong.

    Returns how many were given up.
    """
    attempt, wished = table.c.next_attempt_at, table.c.not_before
    ours = update(table).where(table.c.channel == channel)
    astray = attempt > now + FURTHEST, or_(wished.is_(None), wished < attempt)
    tx.execute(ours.where(*astray).values(next_attempt_at=now))
    if not channel.is_to_people:
        return 0
    stale = {"next_attempt_at": None, "lease_until": None, "last_error": error}
    return tx.execute(ours.where(attempt <= now - STALE_AFTER).values(**stale)).rowcount
