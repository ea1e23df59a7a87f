"""What all commands of administration share: one at a time, within one's reach, on what one saw."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bpmn.roles import Role
from engine.errors import NotPermitted
from engine.errors.office import AccountChanged, LastAdministrator, OneselfLockedOut
from engine.model.actor import Actor, Permission, has, may_at
from engine.model.office_event import OfficeEvent, OfficeEventType, user_subject
from engine.store import accounts, agencies, office_log
from engine.store.accounts import Account, HeldGrant

Change = tuple[Mapping[str, Any], Mapping[str, Any]]
"""What was before, and what is after."""


def require_reach(actor: Actor, agency: str, what: str) -> None:
    """Raise `NotPermitted` unless the actor administers the people of an agency."""
    if not may_at(actor, Permission.USER_MANAGE, agency):
        raise NotPermitted(what=f"{what} tại cơ quan {agency}")


def account_to_change(tx: Connection, user_id: int, revision: int | None, actor: Actor) -> Account:
    """Someone all of whose roles are where the actor administers, as the actor last saw them.

    Whoever has no role belongs to all. Raises `AccountUnknown`, `NotPermitted`, `AccountChanged`.
    """
    account = account_in_sight(tx, user_id, revision, actor)
    for agency in homes(account) or agencies.roots(tx):
        require_reach(actor, agency, "sửa người dùng có vai trò")
    return account


def account_in_sight(tx: Connection, user_id: int, revision: int | None, actor: Actor) -> Account:
    """Someone to whom the actor may give or from whom take a role; nobody else changes it now."""
    if not has(actor, Permission.USER_MANAGE):
        raise NotPermitted(what="sửa người dùng")
    office_log.one_at_a_time(tx)
    account = accounts.lock(tx, user_id)
    known = homes(account) or agencies.roots(tx)
    if not any(may_at(actor, Permission.USER_MANAGE, agency) for agency in known):
        raise NotPermitted(what="sửa người dùng của cơ quan khác")
    if revision is not None and revision != account.revision:
        raise AccountChanged(username=account.username)
    return account


def homes(account: Account) -> list[str]:
    """The agencies where someone has roles, the oldest first."""
    return list(dict.fromkeys(grant.agency for grant in account.grants))


def require_administrators_left(
    tx: Connection, account: Account, going: Iterable[HeldGrant], actor: Actor
) -> None:
    """Raise when, without these grants, the actor or an agency would have no administration."""
    administered = {grant.agency for grant in going if grant.role is Role.ADMINISTRATOR}
    if administered and account.id == actor.id:
        raise OneselfLockedOut()
    for agency in sorted(administered if account.active else ()):
        if not accounts.other_administrator(tx, agency, account.id):
            raise LastAdministrator(full_name=account.full_name, agency=agency)


def note(
    tx: Connection,
    type_: OfficeEventType,
    account: Account,
    change: Change,
    actor: Actor,
    now: datetime,
) -> None:
    """Record what was before and after of an account, with the first agency of its person."""
    agency = next(iter(homes(account)), None)
    event = OfficeEvent(type_, agency, user_subject(account.id), *change)
    office_log.record(tx, event, actor.key, now)


def said(grant: HeldGrant) -> dict[str, object]:
    """A grant as the log tells of it."""
    return {"role": grant.role.value, "agency": grant.agency, "unit": grant.unit}
