"""What a person can do about messages that did not arrive."""

from datetime import datetime

from sqlalchemy import Connection

from engine.errors import NotPermitted
from engine.errors.messages import AddresseeUnreachable, MessageNotFailed, MessageUnknown
from engine.model.actor import Actor, Permission, has
from engine.store import messages
from engine.store.messages import State


def resend_message(tx: Connection, message_id: int, actor: Actor, now: datetime) -> None:
    """Let a message that was given up be sent again, to the address its person has now.

    Raises `NotPermitted`, `MessageUnknown`, `MessageNotFailed`, `AddresseeUnreachable`.
    """
    if not has(actor, Permission.USER_MANAGE):
        raise NotPermitted(what="gửi lại thư")
    message = messages.lock(tx, message_id, actor)
    if message is None:
        raise MessageUnknown(message=message_id)
    if message.state is not State.FAILED:
        raise MessageNotFailed(message=message_id)
    if message.address is None:
        raise AddresseeUnreachable(message=message_id)
    messages.resend(tx, message_id, message.address, now)


def resend_all(tx: Connection, actor: Actor, now: datetime) -> int:
    """Let all that were given up be sent again, but for people who cannot be written to.

    Returns how many. Raises `NotPermitted`.
    """
    if not has(actor, Permission.USER_MANAGE):
        raise NotPermitted(what="gửi lại thư")
    return messages.resend_all(tx, actor, now)
