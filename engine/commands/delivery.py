"""What follows when a message of the outbox was delivered, or could not be."""

from collections.abc import Callable, Mapping
from datetime import datetime

import structlog
from sqlalchemy import Connection

from engine.commands import portal_outcomes
from engine.commands.contacts import REFUSED, Undelivered, note_undelivered
from engine.commands.polling import after_delivery
from engine.commands.subscribers import subscriber_answered
from engine.model.channel import Channel
from engine.store.deliveries import Delivery, Ending

log = structlog.get_logger(__name__)


Hook = Callable[[Connection, Delivery, datetime], None]


def _to_a_citizen(tx: Connection, delivery: Delivery, now: datetime) -> None:
    message = delivery.message
    if delivery.ending is Ending.DEAD:
        said = Undelivered(message.key, message.channel, REFUSED, delivery.said or "")
        note_undelivered(tx, said, now)


HOOKS: Mapping[Channel, Hook] = {
    Channel.MAIL: _to_a_citizen,
    Channel.SMS: _to_a_citizen,
    Channel.ZALO: _to_a_citizen,
    Channel.WEBHOOK: subscriber_answered,
    Channel.PORTAL: portal_outcomes.note_outcome,
    Channel.CONNECTOR: after_delivery,
}
"""What a channel does more, in the transaction that records the outcome."""


def after(tx: Connection, delivery: Delivery, now: datetime) -> None:
    """Let the channel do what it does more.

    Should that fail, the outcome is recorded all the same: what has left the house has left.
    """
    hook = HOOKS.get(delivery.message.channel)
    if hook is None:
        return
    try:
        with tx.begin_nested():
            hook(tx, delivery, now)
    except Exception as error:
        log.exception("delivery_hook_failed", message=delivery.message.id, exc_info=error)
