"""Browsers that are signed in. The browser has a secret, the database only its digest.

A session ends when nothing came from its browser for so long, in any case at `expires_at`, and
when somebody ends it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from engine.deadlines.calendar import local
from engine.model.actor import Actor
from engine.store.sign_in_tables import web_session as table
from engine.store.tables import user
from engine.store.users import ACTIVE, actor_from, digest_of, with_duties

SWEPT = 20
"""So many sessions that are over go whenever somebody signs in."""

_BY_DIGEST = with_duties(
    ACTIVE.add_columns(table.c.seen_at)
    .join(table, table.c.user_id == user.c.id)
    .where(
        table.c.digest == bindparam("the_digest"),
        table.c.expires_at > bindparam("the_moment"),
        table.c.seen_at > bindparam("the_earliest"),
    )
)


@dataclass(frozen=True)
class Browser:
    """Where a session comes from: the client's address, and what the browser calls itself."""

    address: str
    agent: str


@dataclass(frozen=True)
class Session:
    """A browser that is signed in, by the digest of its secret."""

    digest: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    address: str
    agent: str


def add(
    tx: Connection, user_id: int, secret: str, browser: Browser, now: datetime, until: datetime
) -> None:
    """Sign a browser in until a moment, at the latest."""
    over = select(table.c.digest).where(table.c.expires_at <= now).limit(SWEPT)
    old = tx.execute(over.with_for_update(skip_locked=True)).scalars().all()
    tx.execute(delete(table).where(table.c.digest.in_(old)))
    moments = {"created_at": now, "seen_at": now, "expires_at": until}
    row: dict[str, Any] = {"digest": digest_of(secret), "user_id": user_id, **moments}
    tx.execute(insert(table).values(**row, **vars(browser)))


def recognise(
    tx: Connection, secret: str, now: datetime, idle: timedelta
) -> tuple[Actor, datetime] | None:
    """Who is signed in with this secret, with all roles of that day, and when they were last
    seen; in one query."""
    parameters = {
        "the_digest": digest_of(secret),
        "the_moment": now,
        "the_earliest": now - idle,
        "the_day": local(now).date(),
    }
    rows = tx.execute(_BY_DIGEST, parameters).all()
    actor = actor_from(rows)
    return (actor, rows[0].seen_at) if actor else None


def touch(tx: Connection, secret: str, now: datetime) -> None:
    """Something came from the browser."""
    tx.execute(update(table).where(table.c.digest == digest_of(secret)).values(seen_at=now))


def of_user(tx: Connection, user_id: int, now: datetime, idle: timedelta) -> list[Session]:
    """Where somebody is signed in now, the latest seen first."""
    columns = [column for column in table.c if column is not table.c.user_id]
    living = (table.c.expires_at > now, table.c.seen_at > now - idle)
    query = select(*columns).where(table.c.user_id == user_id, *living)
    rows = tx.execute(query.order_by(table.c.seen_at.desc(), table.c.digest))
    return [Session(**row._mapping) for row in rows]


def end(tx: Connection, user_id: int, digest: str) -> bool:
    """Sign one of somebody's browsers out; False where there is none such."""
    here = (table.c.user_id == user_id) & (table.c.digest == digest)
    return tx.execute(delete(table).where(here)).rowcount > 0


def end_others(tx: Connection, user_id: int, digest: str) -> int:
    """Sign all of somebody's browsers out but one; returns how many."""
    others = (table.c.user_id == user_id) & (table.c.digest != digest)
    return tx.execute(delete(table).where(others)).rowcount
