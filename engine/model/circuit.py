"""Whether a channel takes messages: the circuit breaker."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zlib import crc32

from engine.model.channel import Channel

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=10)
SPREAD = 1.4
FURTHEST = timedelta(hours=1)
"""Longest pause that the other side is granted. What lies further ahead was written while the
clock was wrong."""


class CircuitState(StrEnum):
    """CLOSED: messages flow. OPEN: none is tried. HALF_OPEN: one is tried, by one process."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


CIRCUIT_NAMES = {
    CircuitState.CLOSED: "Hoạt động",
    CircuitState.OPEN: "Tạm ngắt vì bên nhận không trả lời",
    CircuitState.HALF_OPEN: "Đang thử lại với một tin",
}
"""As officials call them."""


@dataclass(frozen=True)
class Circuit:
    """A channel's breaker: how often in a row it could not be reached, and what was said last.

    `retry_at` None: it is closed.
    """

    channel: Channel
    trips: int = 0
    retry_at: datetime | None = None
    last_error: str | None = None
    changed_at: datetime | None = None

    def state(self, now: datetime) -> CircuitState:
        """How it stands at a moment."""
        if self.retry_at is None:
            return CircuitState.CLOSED
        waits = now < self.retry_at <= now + FURTHEST
        return CircuitState.OPEN if waits else CircuitState.HALF_OPEN


def pause(channel: Channel, trips: int, retry_after: timedelta, now: datetime) -> timedelta:
    """How long to leave the other side alone: twice as long each time, and never quite the same,
    but at least as long as it asked for."""
    doubled = min(FIRST_PAUSE * (1 << min(trips - 1, 16)), LONGEST_PAUSE)
    spread = crc32(f"{channel}:{now.isoformat()}".encode()) / 2**32
    return max(doubled * (1 + (SPREAD - 1) * spread), min(retry_after, FURTHEST))
