"""What every carrier does, and how it says what went wrong: never, later, or nobody's turn."""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from engine.model.channel import Channel
from engine.store.sending import Claimed

LONGEST_ANSWER = 500
"""Characters of what the other side said that are kept with a message that failed."""

AT_WILL = timedelta(0)


class Refused(Exception):
    """The other side will never take this message."""


class _Later(Exception):
    """`retry_after`: how long the other side wants to be left alone."""

    def __init__(self, said: str, retry_after: timedelta = AT_WILL) -> None:
        super().__init__(said)
        self.retry_after = retry_after


class Postponed(_Later):
    """The other side did not take this message, or did not say so; it may later."""


class Deferred(_Later):
    """Nobody tried: this addressee is to be left alone for a while, others are not."""


class Unreachable(_Later):
    """The other side takes no message at all now: it is down, or does not let us in."""


class Session(Protocol):
    """A connection that is opened when it is first needed, and again when it broke."""

    def send(self, message: Claimed, now: datetime) -> str | None:
        """Hand over one message; returns what was answered, where that says anything.

        Raises `Refused`, `Postponed`, `Unreachable` or `Deferred`.
        """


class Carrier(Protocol):
    """What carries the messages of one channel."""

    @property
    def channel(self) -> Channel:
        """Which."""

    def session(self) -> AbstractContextManager[Session]:
        """A connection to be, closed at the end of the block."""


def public_id(key: str) -> str:
    """The same for the same message; it tells nothing of what the key is made of."""
    return sha256(key.encode()).hexdigest()[:32]


def in_short(text: str) -> str:
    """What the other side said, on one line and not too long."""
    return " ".join(text.split())[:LONGEST_ANSWER]


def fault(error: Exception) -> str:
    """What went wrong on our side of the line."""
    return in_short(f"{type(error).__name__}: {error}")
