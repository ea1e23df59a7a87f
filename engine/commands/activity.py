"""Accounts come to rest and are used again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.administering import (
    account_to_change,
    note,
    require_administrators_left,
)
from engine.commands.leaving import HandOver, hand_over_tasks, tasks_left
from engine.errors.office import OneselfLockedOut
from engine.model.actor import Actor
from engine.model.office_event import OfficeEventType
from engine.store import accounts, users

_NOBODY = HandOver()


@dataclass(frozen=True)
class ChangeActivity:
    """Let someone rest, or work again; `tasks` says what becomes of what they hold."""

    user_id: int
    active: bool
    tasks: HandOver = _NOBODY
    revision: int | None = None


def change_activity(tx: Connection, command: ChangeActivity, actor: Actor, now: datetime) -> None:
    """Deactivate or reactivate an account; doing it again changes nothing.

    Raises `NotPermitted`, `AccountUnknown`, `AccountChanged`; on the way out `OneselfLockedOut`,
    `LastAdministrator`, `AccountHoldsTasks`; on the way back `UnitClosed`.
    """
    account = account_to_change(tx, command.user_id, command.revision, actor)
    if account.active == command.active:
        return
    if command.active:
        for grant in account.grants:
            users.require_open(tx, grant.agency, grant.unit)
        type_ = OfficeEventType.USER_REACTIVATED
    else:
        if account.id == actor.id:
            raise OneselfLockedOut()
        require_administrators_left(tx, account, account.grants, actor)
        hand_over_tasks(tx, account, tasks_left(tx, account, ()), command.tasks, actor, now)
        users.drop_tokens(tx, account.id)
        type_ = OfficeEventType.USER_DEACTIVATED
    accounts.change(tx, account.id, active=command.active)
    note(tx, type_, account, ({}, _told(command.tasks)), actor, now)


def _told(tasks: HandOver) -> dict[str, object]:
    return {"tasks": tasks.seen, "to": tasks.to} if tasks.seen else {}
