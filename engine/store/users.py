"""People, what they were granted, and the tokens by which programs and sessions know them."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, insert, null, select

from bpmn.roles import Role
from engine.deadlines.calendar import local
from engine.errors import UnitUnknown, UserUnknown
from engine.errors.office import UnitClosed
from engine.model.actor import Actor, Grant, Permission, may_at
from engine.model.plain_text import plain
from engine.store.duties import duties
from engine.store.sign_in_tables import web_session
from engine.store.tables import agency, api_token, grant, unit
from engine.store.tables import user as table

_child = agency.alias("child")


def with_duties(who: Select[Any]) -> Select[Any]:
    """Someone (`id`, `username`, `full_name` and what else `who` selects) with each of their roles
    on `DAY`, own ones first, and the agencies below."""
    person = who.cte("person")
    duty = duties(person)
    return (
        select(
            person, duty.c.role, duty.c.agency, duty.c.unit, duty.c.lent_by,
            _child.c.code.label("child"),
        )
        .select_from(person)
        .outerjoin(duty, duty.c.user_id == person.c.id)
        .outerjoin(_child, _child.c.parent == duty.c.agency)
        .order_by(duty.c.lent_by.is_not(None), duty.c.lent_by, duty.c.number)
    )  # fmt: skip


ACTIVE = select(table.c.id, table.c.username, table.c.full_name).where(table.c.active)
_BY_ID = with_duties(ACTIVE.where(table.c.id == bindparam("the_id")))
_BY_TOKEN = with_duties(
    ACTIVE.join(api_token, api_token.c.user_id == table.c.id).where(
        api_token.c.digest == bindparam("the_digest"),
        api_token.c.expires_at > bindparam("the_moment"),
    )
)


def digest_of(token: str) -> str:
    """What the database keeps of a token: tokens are random, so one hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def actor_by_token(tx: Connection, token: str, now: datetime) -> Actor | None:
    """Who holds a token that is still good, with all roles of that day, in one query."""
    parameters = {"the_digest": digest_of(token), "the_moment": now, "the_day": local(now).date()}
    return actor_from(tx.execute(_BY_TOKEN, parameters).all())


def actor_by_id(tx: Connection, user_id: int, now: datetime | None = None) -> Actor:
    """An active user; raises `UserUnknown`.

    With the roles of their own, and where a moment is given, those they then have for others.
    """
    parameters = {"the_id": user_id, "the_day": now and local(now).date()}
    actor = actor_from(tx.execute(_BY_ID, parameters).all())
    if actor is None:
        raise UserUnknown(user=user_id)
    return actor


def actor_by_username(tx: Connection, username: str) -> tuple[Actor, str | None] | None:
    """An active user with their own roles and the hash of the password, for a log-in."""
    query = select(table.c.id, table.c.password_hash).where(
        table.c.username == username, table.c.active
    )
    row = tx.execute(query).one_or_none()
    return (actor_by_id(tx, row.id), row.password_hash) if row else None


def actor_by_sign_in_id(tx: Connection, sign_in_id: str) -> Actor | None:
    """An active user whom another house knows by this, with their own roles."""
    query = select(table.c.id).where(table.c.sign_in_id == sign_in_id, table.c.active)
    row = tx.execute(query).one_or_none()
    return actor_by_id(tx, row.id) if row else None


def actor_from(rows: Sequence[Any]) -> Actor | None:
    """Whom the rows of `with_duties` are of; None where there are none."""
    if not rows:
        return None
    below: dict[tuple[str, str, str | None, int | None], set[str]] = {}
    for row in rows:
        if row.role is not None:
            key = (row.role, row.agency, row.unit, row.lent_by)
            agencies = below.setdefault(key, {row.agency})
            agencies |= {row.child} - {None}
    grants = tuple(
        Grant(Role(role), agency_code, unit_code, frozenset(agencies), lent_by)
        for (role, agency_code, unit_code, lent_by), agencies in below.items()
    )
    first = rows[0]
    return Actor(first.id, first.username, first.full_name, grants)


def add(
    tx: Connection,
    username: str,
    full_name: str,
    password_hash: str | None,
    now: datetime,
    email: str | None = None,
) -> int:
    """Create a user; returns the id."""
    row = {
        "username": username,
        "full_name": full_name,
        "plain_name": plain(full_name),
        "password_hash": password_hash,
        "active": True,
        "created_at": now,
        "email": email,
    }
    return int(tx.execute(insert(table).values(row).returning(table.c.id)).scalar_one())


def username_taken(tx: Connection, username: str) -> bool:
    """Whether some user has this name already."""
    return tx.execute(select(table.c.id).where(table.c.username == username)).first() is not None


def in_charge_of(tx: Connection, actor: Actor, user_id: int) -> bool:
    """Whether an account is the actor's own, or the actor administers every agency in which its
    person has a role."""
    if user_id == actor.id:
        return True
    agencies = tx.execute(select(grant.c.agency).where(grant.c.user_id == user_id)).scalars().all()
    return bool(agencies) and all(may_at(actor, Permission.USER_MANAGE, a) for a in agencies)


def add_grant(
    tx: Connection, user_id: int, role: Role, agency_code: str, in_unit: str | None
) -> int | None:
    """Give a user a role; returns the grant's number, None where the user has it already.

    Raises `UnitUnknown` when agency or unit do not exist, `UnitClosed`.
    """
    require_open(tx, agency_code, in_unit)
    row = {"user_id": user_id, "role": role, "agency": agency_code, "unit": in_unit}
    same = (grant.c[name].is_not_distinct_from(value) for name, value in row.items())
    if tx.execute(select(grant.c.id).where(*same)).first() is not None:
        return None
    return int(tx.execute(insert(grant).values(row).returning(grant.c.id)).scalar_one())


def require_open(tx: Connection, agency_code: str, in_unit: str | None) -> None:
    """Raise `UnitUnknown` or `UnitClosed` unless people may have roles there."""
    if in_unit is None:
        query = select(agency.c.code, null()).where(agency.c.code == agency_code)
    else:
        here = (unit.c.agency == agency_code) & (unit.c.code == in_unit)
        query = select(unit.c.code, unit.c.closed_at).where(here)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise UnitUnknown(agency=agency_code, unit=in_unit or "")
    if row[1] is not None:
        raise UnitClosed(agency=agency_code, unit=in_unit)


def add_token(
    tx: Connection, user_id: int, token: str, name: str, now: datetime, expires_at: datetime
) -> None:
    """Let a token stand for a user until it expires."""
    tx.execute(
        insert(api_token).values(
            digest=digest_of(token),
            user_id=user_id,
            name=name,
            created_at=now,
            expires_at=expires_at,
        )
    )


def drop_token(tx: Connection, token: str) -> None:
    """End a session or a program's access."""
    tx.execute(delete(api_token).where(api_token.c.digest == digest_of(token)))


def end_token(tx: Connection, user_id: int, digest: str) -> bool:
    """End one of somebody's tokens by its digest; False where there is none such."""
    here = (api_token.c.user_id == user_id) & (api_token.c.digest == digest)
    return tx.execute(delete(api_token).where(here)).rowcount > 0


def drop_tokens(tx: Connection, user_id: int) -> None:
    """Let nobody be known as this user until they sign in again: programs and browsers."""
    for known in (api_token, web_session):
        tx.execute(delete(known).where(known.c.user_id == user_id))
