"""Roles are given and taken away."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.administering import (
    account_in_sight,
    require_administrators_left,
    require_reach,
    said,
)
from engine.commands.leaving import HandOver, hand_over_tasks, tasks_left
from engine.commands.people import GivenRole
from engine.errors.office import AccountInactive, LastRole, RoleUnknown
from engine.model.actor import Actor, Grant
from engine.model.office_event import OfficeEvent, OfficeEventType, user_subject
from engine.store import accounts, office_log, users
from engine.store.accounts import Account, HeldGrant

_NOBODY = HandOver()


@dataclass(frozen=True)
class GiveRole:
    """A further role for someone."""

    user_id: int
    given: GivenRole
    revision: int | None = None


@dataclass(frozen=True)
class TakeRole:
    """One role less, by its number; `tasks` says what becomes of what they hold because of it."""

    user_id: int
    grant: int
    tasks: HandOver = _NOBODY
    revision: int | None = None


def give_role(tx: Connection, command: GiveRole, actor: Actor, now: datetime) -> None:
    """Give a role where one administers, to someone whom one sees; twice changes nothing.

    Raises `NotPermitted`, `AccountUnknown`, `AccountChanged`, `AccountInactive`, `UnitUnknown`,
    `UnitClosed`.
    """
    given = command.given
    require_reach(actor, given.agency, "cấp vai trò")
    account = account_in_sight(tx, command.user_id, command.revision, actor)
    if not account.active:
        raise AccountInactive(username=account.username)
    new = users.add_grant(tx, account.id, given.role, given.agency, given.unit)
    if new is None:
        return
    accounts.change(tx, account.id)
    after = said(HeldGrant(new, given.role, given.agency, given.unit))
    event = OfficeEvent(
        OfficeEventType.ROLE_GRANTED, given.agency, user_subject(account.id), after=after
    )
    office_log.record(tx, event, actor.key, now)


def take_role(tx: Connection, command: TakeRole, actor: Actor, now: datetime) -> None:
    """Take a role away where one administers; the last one stays.

    Raises `NotPermitted`, `AccountUnknown`, `AccountChanged`, `RoleUnknown`, `LastRole`,
    `OneselfLockedOut`, `LastAdministrator`, `AccountHoldsTasks`.
    """
    account = account_in_sight(tx, command.user_id, command.revision, actor)
    going = next((grant for grant in account.grants if grant.id == command.grant), None)
    if going is None:
        raise RoleUnknown()
    require_reach(actor, going.agency, "bỏ vai trò")
    if len(account.grants) == 1:
        raise LastRole(full_name=account.full_name)
    require_administrators_left(tx, account, [going], actor)
    left = tasks_left(tx, account, _without(account, going))
    hand_over_tasks(tx, account, left, command.tasks, actor, now)
    accounts.remove_grant(tx, going.id)
    accounts.change(tx, account.id)
    event = OfficeEvent(
        OfficeEventType.ROLE_REVOKED, going.agency, user_subject(account.id), said(going)
    )
    office_log.record(tx, event, actor.key, now)


def _without(account: Account, going: HeldGrant) -> tuple[Grant, ...]:
    return tuple(
        Grant(grant.role, grant.agency, grant.unit)
        for grant in account.grants
        if grant.id != going.id
    )
