"""Empties the outbox: claims messages, sends each outside of any transaction, records the outcome.

Any number of processes may do it at once. Whoever is killed loses nothing: what was claimed is
claimed again when the lease has run out. A message whose sender was killed, or lost the other
side, after it had gone out is sent once more, and looks the same.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from time import monotonic

import structlog

from engine.letters.notice_rules import rests
from engine.model.channel import Channel
from engine.model.circuit import CircuitState
from engine.store import breakers, sending
from engine.store.database import Database
from engine.store.sending import LEASE, Claimed
from engine.wallclock import Clock
from notifications.channels.carrier import (
    Carrier,
    Deferred,
    Postponed,
    Refused,
    Session,
    Unreachable,
    fault,
)
from notifications.recording import Outcome, Recorder, Result

INTERVAL_SECONDS = 5.0
BATCH = 100
BUDGET = LEASE / 2
"""After so long what was claimed and not yet sent is given back, far from the lease's end."""

FAILURES_IN_A_ROW = 5
"""After so many the other side is taken to be down, though it says so of each message alone."""

STALE = (
    "Bỏ vì đã chờ quá ba ngày mà không gửi được (kênh chưa được cài đặt, hoặc máy chủ không nhận)."
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class DispatchReport:
    """How many messages came to which end."""

    sent: int = 0
    postponed: int = 0
    unreachable: int = 0
    refused: int = 0
    deferred: int = 0
    lost: int = 0
    returned: int = 0

    def plus(self, outcome: Outcome) -> "DispatchReport":
        """The report with one more message in it."""
        counts = vars(self)
        return DispatchReport(**{**counts, outcome.value: counts[outcome.value] + 1})

    @property
    def claimed(self) -> int:
        """All of them."""
        return sum(vars(self).values())


def dispatch(
    database: Database,
    clock: Clock,
    carrier: Carrier,
    batch: int = BATCH,
    go_on: Callable[[], bool] = lambda: True,
) -> DispatchReport:
    """Send what is due until nothing is, the other side fails, or `go_on` says no.

    Nothing that rings leaves in the quiet hours, be it late because the other side had failed.
    """

    def may_go_on() -> bool:
        return go_on() and not rests(carrier.channel, clock())

    report = DispatchReport()
    tidy(database, clock, carrier.channel)
    while may_go_on() and (claimed := claim(database, clock, carrier.channel, batch)):
        for outcome in Round(database, clock, carrier, may_go_on).send(claimed):
            report = report.plus(outcome)
    if report.claimed:
        log.info("dispatched", channel=carrier.channel.value, **vars(report))
    return report


def tidy(database: Database, clock: Clock, channel: Channel) -> None:
    """Give up what is too old."""
    with database.transaction() as tx:
        if stale := sending.tidy(tx, channel, clock(), STALE):
            log.error("messages_stale", channel=channel.value, count=stale)


def claim(database: Database, clock: Clock, channel: Channel, batch: int = BATCH) -> list[Claimed]:
    """Take up to `batch` messages, for as long as their lease lasts.

    None while the channel's circuit is open; a single one where it is time to try it again.
    """
    now = clock()
    with database.transaction() as tx:
        state = breakers.circuit(tx, channel).state(now)
        if state is CircuitState.CLOSED:
            return sending.claim(tx, channel, now, batch)
        if state is CircuitState.OPEN or not breakers.begin_trial(tx, channel, now):
            return []
        if not (claimed := sending.claim(tx, channel, now, 1)):
            breakers.end_trial(tx, channel)
        return claimed


class Round:
    """One batch over one connection."""

    def __init__(
        self, database: Database, clock: Clock, carrier: Carrier, go_on: Callable[[], bool]
    ) -> None:
        self._database = database
        self._clock = clock
        self._carrier = carrier
        self._go_on = go_on
        self._end = monotonic() + BUDGET.total_seconds()
        self._failed_in_a_row = 0
        self._in_reach = True

    def send(self, claimed: Sequence[Claimed]) -> Iterator[Outcome]:
        """Send the messages one after the other, while their outcomes are being recorded."""
        with Recorder(self._database, self._clock) as recorder, self._carrier.session() as session:
            for message in claimed:
                result = self._result(session, message, recorder)
                recorder.add(result)
                yield result.outcome

    def _result(self, session: Session, message: Claimed, recorder: Recorder) -> Result:
        if self._clock() >= message.lease_until:
            return Result(message, Outcome.LOST)
        if not self._in_reach or recorder.error or monotonic() >= self._end or not self._go_on():
            return Result(message, Outcome.RETURNED)
        result = self._try(session, message)
        if result.outcome is Outcome.POSTPONED:
            result = self._one_more_failure(result)
        else:
            self._failed_in_a_row = 0
        self._in_reach = result.outcome is not Outcome.UNREACHABLE
        return result

    def _one_more_failure(self, result: Result) -> Result:
        """The other side may refuse one message for now; one that takes none of many is down."""
        self._failed_in_a_row += 1
        if self._carrier.channel.goes_to_many or self._failed_in_a_row < FAILURES_IN_A_ROW:
            return result
        return replace(result, outcome=Outcome.UNREACHABLE)

    def _try(self, session: Session, message: Claimed) -> Result:
        try:
            said = session.send(message, self._clock())
        except Refused as error:
            return Result(message, Outcome.REFUSED, str(error))
        except Unreachable as error:
            return Result(message, Outcome.UNREACHABLE, str(error), error.retry_after)
        except Deferred as error:
            return Result(message, Outcome.DEFERRED, retry_after=error.retry_after)
        except Postponed as error:
            return Result(message, Outcome.POSTPONED, str(error), error.retry_after)
        except Exception as error:
            log.exception("carrier_failed", message=message.id, exc_info=error)
            return Result(message, Outcome.POSTPONED, fault(error))
        return Result(message, Outcome.SENT, said)


class Dispatcher:
    """Dispatches in threads of its own from `start` to `stop`, one for each channel."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        carriers: Sequence[Carrier],
        interval: float = INTERVAL_SECONDS,
    ) -> None:
        self._database = database
        self._clock = clock
        self._interval = interval
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, args=(one,), name=f"dispatch {one.channel.value}")
            for one in carriers
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()
        log.info("dispatcher_started", channels=len(self._threads))

    def stop(self) -> None:
        """Finish the messages that are being sent, and send no more."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        log.info("dispatcher_stopped")

    def _work(self, carrier: Carrier) -> None:
        while not self._stopping.is_set():
            try:
                dispatch(
                    self._database,
                    self._clock,
                    carrier,
                    go_on=lambda: not self._stopping.is_set(),
                )
            except Exception as error:
                log.exception("dispatch_failed", channel=carrier.channel.value, exc_info=error)
            self._stopping.wait(self._interval)
