"""Records what came of messages beside the thread that sends them.

Whatever came of messages while one transaction was being committed is recorded together in the
next one: a quick other side is not kept waiting for the disk, and each outcome is written as soon
as it can be. Should the process be killed, only those messages are sent once more whose outcome
was on its way to the disk.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from queue import SimpleQueue
from types import TracebackType
from typing import Self

import structlog
from sqlalchemy import Connection

from engine.commands.delivery import after
from engine.model.channel import Channel
from engine.store import breakers, sending
from engine.store.database import Database
from engine.store.deliveries import Delivery, Ending
from engine.store.sending import Claimed
from engine.wallclock import Clock

log = structlog.get_logger(__name__)


class Outcome(StrEnum):
    """What came of a claimed message.

    UNREACHABLE: the other side takes no message at all. LOST: someone else claimed it since.
    DEFERRED: nobody tried to send it, for whoever it is for wants to be left alone. RETURNED:
    nobody tried to send it, for time was short or the other side out of reach.
    """

    SENT = "sent"
    POSTPONED = "postponed"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    DEFERRED = "deferred"
    LOST = "lost"
    RETURNED = "returned"


@dataclass(frozen=True)
class Result:
    """An outcome with what the other side said, and for how long it wants to be left alone."""

    message: Claimed
    outcome: Outcome
    said: str | None = None
    retry_after: timedelta = timedelta(0)


_FAILURES = frozenset({Outcome.POSTPONED, Outcome.UNREACHABLE, Outcome.REFUSED})
_ANSWERED = frozenset({Outcome.SENT, Outcome.POSTPONED, Outcome.REFUSED})


class Recorder:
    """Records results in a thread of its own, to the end of the block."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._results: SimpleQueue[Result | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="recorder")
        self.error: Exception | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait until everything is recorded; raises what made that impossible."""
        self._results.put(None)
        self._thread.join()
        if self.error is not None:
            raise self.error

    def add(self, result: Result) -> None:
        """Have a result recorded soon."""
        self._results.put(result)

    def _work(self) -> None:
        try:
            while results := self._together():
                with self._database.transaction() as tx:
                    record(tx, results, self._clock)
        except Exception as error:
            self.error = error

    def _together(self) -> list[Result]:
        """Wait for a result; then all there are. None of them at the end."""
        found = []
        while (result := self._results.get()) is not None:
            found.append(result)
            if self._results.empty():
                return found
        if found:
            self._results.put(None)
        return found


def record(tx: Connection, results: Sequence[Result], clock: Clock) -> None:
    """Write what came of messages of one channel, and let the channel do what it does more."""
    now = clock()
    if any(result.outcome in _ANSWERED for result in results):
        _close(tx, results[0].message.channel, now)
    taken = [result for result in results if result.outcome is Outcome.SENT]
    held = sending.sent(tx, [result.message for result in taken], now) if taken else frozenset()
    for result in taken:
        if result.message.id in held:
            after(tx, Delivery(result.message, Ending.SENT, result.said), now)
        else:
            log.warning("message_sent_twice", message=result.message.id)
    for result in results:
        if result.outcome is Outcome.RETURNED:
            sending.put_back(tx, result.message)
        elif result.outcome is Outcome.DEFERRED:
            sending.put_off(tx, result.message, now + result.retry_after)
        elif result.outcome in _FAILURES:
            _record_failure(tx, result, clock)


def _close(tx: Connection, channel: Channel, now: datetime) -> None:
    if breakers.close(tx, channel, now):
        log.warning("channel_closed", channel=channel.value)


def _record_failure(tx: Connection, result: Result, clock: Clock) -> None:
    now, message, said = clock(), result.message, result.said or ""
    if result.outcome is Outcome.REFUSED:
        is_dead = sending.give_up(tx, message, said, now)
    else:
        is_dead = sending.fail(tx, message, said, now, result.retry_after)
    if result.outcome is Outcome.UNREACHABLE:
        breakers.trip(tx, message.channel, said, result.retry_after, now)
        log.error("channel_opened", channel=message.channel.value)
    after(tx, Delivery(message, Ending.DEAD if is_dead else Ending.POSTPONED, said), now)
    # What the other side said may name the address, which does not belong in a log.
    told = log.bind(
        message=message.id, channel=message.channel.value, attempts=message.attempts + 1
    )
    (told.error if is_dead else told.warning)("message_dead" if is_dead else "message_postponed")
