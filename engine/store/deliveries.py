"""How an attempt with a message of the outbox ended."""

from dataclasses import dataclass
from enum import StrEnum

from engine.store.sending import Claimed


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
