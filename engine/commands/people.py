"""Accounts of people and programs: made, changed, given a password."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bpmn.roles import Role
from engine.commands.administering import account_to_change, note, require_reach
from engine.errors import NotPermitted, UsernameTaken
from engine.errors.access import SignInIdTaken
from engine.model.actor import Actor
from engine.model.email import read_email
from engine.model.office_event import OfficeEvent, OfficeEventType, user_subject
from engine.store import accounts, office_log, users


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

    Raises `NotPermitted`, `EmailInvalid`, `UsernameTaken`, `UnitUnknown`, `UnitClosed`.
    """
    for given in command.grants:
        require_reach(actor, given.agency, "cấp vai trò")
    if not command.grants:
        raise NotPermitted(what="tạo người dùng không có vai trò")
    email = command.email and read_email(command.email)
    if users.username_taken(tx, command.username):
        raise UsernameTaken(username=command.username)
    password_hash = command.password_hash()
    office_log.one_at_a_time(tx)
    user_id = users.add(tx, command.username, command.full_name, password_hash, now, email)
    for given in dict.fromkeys(command.grants):
        users.add_grant(tx, user_id, given.role, given.agency, given.unit)
    office_log.record(tx, _created(command, user_id), actor.key, now)
    return user_id


def _created(command: CreateUser, user_id: int) -> OfficeEvent:
    after = {
        "username": command.username,
        "full_name": command.full_name,
        "email": command.email,
        "grants": [vars(given) | {"role": given.role.value} for given in command.grants],
    }
    agency, subject = command.grants[0].agency, user_subject(user_id)
    return OfficeEvent(OfficeEventType.USER_CREATED, agency, subject, after=after)


@dataclass(frozen=True)
class ChangeUser:
    """Another `full_name`, `email` (None: no letters) or `sign_in_id` (by which another house's
    log-in knows the person) for an account, if nobody was faster."""

    user_id: int
    changes: Mapping[str, str | None]
    revision: int | None = None


def change_user(tx: Connection, command: ChangeUser, actor: Actor, now: datetime) -> None:
    """Change an account; one administers every agency where its person has a role.

    Letters that wait keep their address. Raises `NotPermitted`, `AccountUnknown`,
    `AccountChanged`, `EmailInvalid`, `SignInIdTaken`.
    """
    account = account_to_change(tx, command.user_id, command.revision, actor)
    wanted = dict(command.changes)
    if email := wanted.get("email"):
        wanted["email"] = read_email(email)
    new = {name: value for name, value in wanted.items() if getattr(account, name) != value}
    if not new:
        return
    if (known := new.get("sign_in_id")) and accounts.knows_sign_in_id(tx, known):
        raise SignInIdTaken()
    old = {name: getattr(account, name) for name in new}
    accounts.change(tx, account.id, **new)
    note(tx, OfficeEventType.USER_CHANGED, account, (old, {**new}), actor, now)


@dataclass(frozen=True)
class SetPassword:
    """A password that an administrator hands over; hashed last, for that is slow."""

    user_id: int
    password_hash: Callable[[], str]
    revision: int | None = None


def set_password(tx: Connection, command: SetPassword, actor: Actor, now: datetime) -> None:
    """Replace someone's password; whoever was logged in as them is not any more.

    Raises `NotPermitted`, `AccountUnknown`, `AccountChanged`.
    """
    account = account_to_change(tx, command.user_id, command.revision, actor)
    accounts.change(tx, account.id, password_hash=command.password_hash())
    users.drop_tokens(tx, account.id)
    note(tx, OfficeEventType.PASSWORD_SET, account, ({}, {}), actor, now)
