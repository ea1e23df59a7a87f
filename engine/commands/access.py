"""Who may come in as somebody: sessions and tokens are ended, passwords changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.administering import note
from engine.errors import NotPermitted
from engine.errors.access import AccessUnknown
from engine.model.actor import Actor
from engine.model.office_event import OfficeEventType
from engine.store import accounts, office_log, sessions, users


@dataclass(frozen=True)
class EndAccess:
    """One session or token of somebody, by its digest."""

    user_id: int
    digest: str


Drop = Callable[[Connection, int, str], bool]


def end_session(tx: Connection, command: EndAccess, actor: Actor, now: datetime) -> None:
    """Sign a browser out: one's own, or of someone whom one administers.

    Raises `NotPermitted`, `AccessUnknown`.
    """
    _end(tx, command, actor, now, sessions.end)


def end_token(tx: Connection, command: EndAccess, actor: Actor, now: datetime) -> None:
    """End a program's access likewise; raises `NotPermitted`, `AccessUnknown`."""
    _end(tx, command, actor, now, users.end_token)


def _end(tx: Connection, command: EndAccess, actor: Actor, now: datetime, drop: Drop) -> None:
    if not users.in_charge_of(tx, actor, command.user_id):
        raise NotPermitted(what="chấm dứt truy cập của người này")
    own = command.user_id == actor.id
    if not own:
        office_log.one_at_a_time(tx)
    if not drop(tx, command.user_id, command.digest):
        raise AccessUnknown()
    if not own:
        account = accounts.lock(tx, command.user_id)
        note(tx, OfficeEventType.ACCESS_ENDED, account, ({}, {}), actor, now)


@dataclass(frozen=True)
class ChangePassword:
    """Another password for oneself; whoever asks has proven to know the one so far."""

    password_hash: str


def change_password(tx: Connection, command: ChangePassword, actor: Actor, now: datetime) -> None:
    """Change one's own password; every session and token of one's own ends."""
    office_log.one_at_a_time(tx)
    account = accounts.lock(tx, actor.id)
    accounts.change(tx, account.id, password_hash=command.password_hash)
    users.drop_tokens(tx, account.id)
    note(tx, OfficeEventType.PASSWORD_SET, account, ({}, {}), actor, now)
