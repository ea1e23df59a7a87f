"""Where somebody is signed in, and the programs that have access as them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from engine.errors import NotPermitted
from engine.model.actor import Actor
from engine.store import sessions, users
from engine.store.sessions import Session
from engine.store.tables import api_token, user

LATEST = 200
"""So many tokens are shown."""


@dataclass(frozen=True)
class TokenItem:
    """A token that is still good, by its digest."""

    digest: str
    name: str
    created_at: datetime
    expires_at: datetime


def list_sessions(
    tx: Connection, person: int, actor: Actor, now: datetime, idle: timedelta
) -> list[Session]:
    """Browsers signed in as oneself, or as someone whom one administers, the latest seen first;
    raises `NotPermitted`."""
    _require(tx, person, actor)
    return sessions.of_user(tx, person, now, idle)


def list_tokens(tx: Connection, person: int, actor: Actor, now: datetime) -> list[TokenItem]:
    """Tokens likewise, the newest first; raises `NotPermitted`."""
    _require(tx, person, actor)
    columns = (api_token.c.digest, api_token.c.name, api_token.c.created_at, api_token.c.expires_at)
    good = (api_token.c.user_id == person, api_token.c.expires_at > now)
    newest = (api_token.c.created_at.desc(), api_token.c.digest)
    rows = tx.execute(select(*columns).where(*good).order_by(*newest).limit(LATEST))
    return [TokenItem(**row._mapping) for row in rows]


def has_password(tx: Connection, person: int) -> bool:
    """Whether somebody can sign in with a password of this house."""
    query = select(user.c.password_hash).where(user.c.id == person)
    return tx.execute(query).scalar_one() is not None


def _require(tx: Connection, person: int, actor: Actor) -> None:
    if not users.in_charge_of(tx, actor, person):
        raise NotPermitted(what="xem truy cập của người này")
