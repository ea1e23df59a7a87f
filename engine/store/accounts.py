"""Accounts as those who administer them see and change them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, exists, select, update

from bpmn.roles import Role
from engine.errors.messages import AccountUnknown
from engine.model.plain_text import plain
from engine.store.tables import grant
from engine.store.tables import user as table


@dataclass(frozen=True)
class HeldGrant:
    """A role that someone has, with the number by which it can be taken away."""

    id: int
    role: Role
    agency: str
    unit: str | None


@dataclass(frozen=True)
class Account:
    """Someone, active or not; `revision` grows with every change."""

    id: int
    username: str
    full_name: str
    email: str | None
    sign_in_id: str | None
    active: bool
    revision: int
    grants: tuple[HeldGrant, ...]


def lock(tx: Connection, user_id: int) -> Account:
    """An account, kept from others' hands until the transaction ends; raises `AccountUnknown`."""
    columns = (
        table.c.id, table.c.username, table.c.full_name, table.c.email, table.c.sign_in_id,
        table.c.active, table.c.revision,
    )  # fmt: skip
    query = select(*columns).where(table.c.id == user_id).with_for_update(key_share=True)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise AccountUnknown(user=user_id)
    return Account(**row._mapping, grants=grants_of(tx, user_id))


def grants_of(tx: Connection, user_id: int) -> tuple[HeldGrant, ...]:
    """What someone was granted, the oldest first."""
    query = select(grant).where(grant.c.user_id == user_id).order_by(grant.c.id)
    return tuple(
        HeldGrant(row.id, Role(row.role), row.agency, row.unit) for row in tx.execute(query)
    )


def change(tx: Connection, user_id: int, **values: Any) -> None:
    """Change columns of an account, or none where what it was granted has changed."""
    if "full_name" in values:
        values["plain_name"] = plain(values["full_name"])
    here = update(table).where(table.c.id == user_id)
    tx.execute(here.values(revision=table.c.revision + 1, **values))


def knows_sign_in_id(tx: Connection, sign_in_id: str) -> bool:
    """Whether some account has this `sign_in_id`."""
    query = select(table.c.id).where(table.c.sign_in_id == sign_in_id)
    return tx.execute(query).first() is not None


def remove_grant(tx: Connection, grant_id: int) -> None:
    """Take a role away."""
    tx.execute(delete(grant).where(grant.c.id == grant_id))


def other_administrator(tx: Connection, agency: str, user_id: int) -> bool:
    """Whether an agency has an active administrator of its own beside someone."""
    query = select(grant.c.id).where(
        grant.c.agency == agency,
        grant.c.role == Role.ADMINISTRATOR,
        grant.c.user_id != user_id,
        exists().where(table.c.id == grant.c.user_id, table.c.active),
    )
    return tx.execute(query.limit(1)).first() is not None
