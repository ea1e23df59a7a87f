"""What a person can do about messages that did not arrive."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.errors import NotPermitted
from engine.errors.messages import (
    AddresseeUnreachable,
    AddressFixed,
    MessageNotFailed,
    MessageUnknown,
    TelephoneInvalid,
)
from engine.model.actor import Actor, Permission, granted, has
from engine.model.channel import Channel
from engine.model.email import read_email
from engine.model.factor import plain
from engine.model.office_event import OfficeEvent, OfficeEventType
from engine.store import accounts, messages, office_log, sending
from engine.store.messages import Kept, State

EVERY = "messages"
"""How the log names all messages that were given up."""


@dataclass(frozen=True)
class Resend:
    """Send a message again that was given up, perhaps to another `address`.

    Without it: where it was to go, and to people with an account where they are written to now.
    """

    message: int
    address: str | None = None


def resend_message(tx: Connection, command: Resend, actor: Actor, now: datetime) -> None:
    """Let a message that was given up be sent again.

    Raises `NotPermitted`, `MessageUnknown`, `MessageNotFailed`, `AddresseeUnreachable`,
    `AddressFixed`, `EmailInvalid`, `TelephoneInvalid`.
    """
    kept = _given_up(tx, command.message, actor, "gửi lại tin")
    address = _address(kept, command.address)
    messages.resend(tx, kept.id, address, now)
    moved = {"new_address": address != kept.address}
    _record(tx, OfficeEventType.MESSAGE_SENT_AGAIN, kept, moved, actor, now)


def withdraw_message(tx: Connection, message_id: int, actor: Actor, now: datetime) -> None:
    """Let a message that was given up never be sent; what waits behind it may leave.

    Raises `NotPermitted`, `MessageUnknown`, `MessageNotFailed`.
    """
    kept = _given_up(tx, message_id, actor, "thôi gửi tin")
    sending.withdraw(tx, [kept.id], now)
    _record(tx, OfficeEventType.MESSAGE_WITHDRAWN, kept, {}, actor, now)


def resend_all(tx: Connection, channel: Channel | None, actor: Actor, now: datetime) -> int:
    """Let all that were given up be sent again, but for people who cannot be written to.

    Returns how many. Raises `NotPermitted`.
    """
    _require(actor, "gửi lại tin")
    count = messages.resend_all(tx, channel, actor, now)
    if count:
        agency = next(granted(actor, Permission.USER_MANAGE))[0].agency
        said = {"channel": channel and channel.value, "count": count}
        event = OfficeEvent(OfficeEventType.MESSAGE_SENT_AGAIN, agency, EVERY, after=said)
        office_log.record(tx, event, actor.key, now)
    return count


def _given_up(tx: Connection, message_id: int, actor: Actor, what: str) -> Kept:
    _require(actor, what)
    kept = messages.lock(tx, message_id, actor)
    if kept is None:
        raise MessageUnknown(message=message_id)
    if kept.state is not State.FAILED:
        raise MessageNotFailed(message=message_id)
    return kept


def _require(actor: Actor, what: str) -> None:
    if not has(actor, Permission.USER_MANAGE):
        raise NotPermitted(what=what)


def _address(kept: Kept, given: str | None) -> str:
    if given is None:
        address = kept.address if kept.user_id is None else kept.current
        if address is None:
            raise AddresseeUnreachable(message=kept.id)
        return address
    if not kept.channel.is_to_people:
        raise AddressFixed(message=kept.id)
    if kept.channel is Channel.MAIL:
        return read_email(given)
    if not plain(given).startswith("0"):
        raise TelephoneInvalid(number=given)
    return plain(given)


def _record(
    tx: Connection,
    type_: OfficeEventType,
    kept: Kept,
    more: dict[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    """Without the address, which is nobody's business who reads the log."""
    agency = kept.agency
    if agency is None and kept.user_id is not None:
        agency = next((each.agency for each in accounts.grants_of(tx, kept.user_id)), None)
    said = {"channel": kept.channel.value, **more}
    event = OfficeEvent(type_, agency, f"message:{kept.id}", after=said)
    office_log.record(tx, event, actor.key, now)
