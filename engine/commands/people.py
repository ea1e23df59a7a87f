"""Accounts of people and programs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bpmn.roles import Role
from engine.errors import NotPermitted, UsernameTaken
from engine.errors.messages import AccountUnknown
from engine.model.actor import Actor, Permission, has, may_at
from engine.model.email import read_email
from engine.store import users


@dataclass(frozen=True)
class GivenRole:
    """A role in an agency, perhaps only in one of its units."""

    role: Role
    agency: str
    unit: str | None = None


@dataclass(frozen=True)
class CreateUser:
    """A new account; `grants` are at least one, so that someone answers for it.

    `password_hash` is asked last, when nothing else stands in the way: hashing is slow.
    """

    username: str
    full_name: str
    password_hash: Callable[[], str]
    grants: tuple[GivenRole, ...]
    email: str | None = None


def create_user(tx: Connection, command: CreateUser, actor: Actor, now: datetime) -> int:
    """Create an account; returns its id. One gives roles only where one administers.

    Raises `NotPermitted`, `EmailInvalid`, `UsernameTaken`, `UnitUnknown`.
    """
    for given in command.grants:
        if not may_at(actor, Permission.USER_MANAGE, given.agency):
            raise NotPermitted(what=f"cấp vai trò tại cơ quan {given.agency}")
    if not command.grants:
        raise NotPermitted(what="tạo người dùng không có vai trò")
    email = command.email and read_email(command.email)
    if users.username_taken(tx, command.username):
        raise UsernameTaken(username=command.username)
    password_hash = command.password_hash()
    user_id = users.add(tx, command.username, command.full_name, password_hash, now, email)
    for given in dict.fromkeys(command.grants):
        users.add_grant(tx, user_id, given.role, given.agency, given.unit)
    return user_id


@dataclass(frozen=True)
class ChangeEmail:
    """Another address for an account; None for none."""

    user_id: int
    email: str | None


def change_email(tx: Connection, command: ChangeEmail, actor: Actor) -> None:
    """Say where someone is written to; one administers every agency where they have a role.

    Letters that wait keep their address. Raises `NotPermitted`, `AccountUnknown`,
    `EmailInvalid`.
    """
    if not has(actor, Permission.USER_MANAGE):
        raise NotPermitted(what="sửa người dùng")
    agencies = users.agencies_of(tx, command.user_id)
    if agencies is None:
        raise AccountUnknown(user=command.user_id)
    for agency in agencies:
        if not may_at(actor, Permission.USER_MANAGE, agency):
            raise NotPermitted(what=f"sửa người dùng có vai trò tại cơ quan {agency}")
    email = command.email and read_email(command.email)
    users.set_email(tx, command.user_id, email or None)
