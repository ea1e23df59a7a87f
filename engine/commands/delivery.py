"""What follows when a message of the outbox was delivered, or could not be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import structlog
from sqlalchemy import Connection

from engine.model.channel import Channel
from engine.store.sending import Claimed

log = structlog.get_logger(__name__)


class Ending(StrEnum):
    """How an attempt ended. POSTPONED: there will be another. DEAD: there will be none."""

    SENT = "sent"
    POSTPONED = "postponed"
    DEAD = "dead"


@dataclass(frozen=True)
class Delivery:
    """An attempt with a message; `said` is what the other side answered, or what went wrong."""

    message: Claimed
    ending: Ending
    said: str | None


Hook = Callable[[Connection, Delivery, datetime], None]

HOOKS: Mapping[Channel, Hook] = {}
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
