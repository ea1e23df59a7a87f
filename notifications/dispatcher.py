"""Empties the outbox: claims messages, sends each outside of any transaction, records the outcome.

Any number of processes may do it at once. Whoever is killed loses nothing: what was claimed is
claimed again when the lease has run out. A message whose sender was killed, or lost the server,
after its text had gone out is sent once more, with the same Message-ID.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic
from typing import Self

import structlog

from engine.errors import EngineError
from engine.settings import Settings
from engine.store import messages
from engine.store.database import Database
from engine.store.messages import LEASE, Claimed
from engine.wallclock import Clock
from notifications.mail import Letterhead, mail
from notifications.smtp import Postponed, Refused, Server, Session, Unreachable

INTERVAL_SECONDS = 5.0
BATCH = 20
BUDGET_SECONDS = LEASE.total_seconds() / 2
"""After so long what was claimed and not yet sent is given back, far from the lease's end."""

STALE = "Bỏ vì đã chờ quá ba ngày mà không được gửi (chưa đặt MOTCUA_SMTP_URL?)."

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Post:
    """With what messages are sent."""

    server: Server
    head: Letterhead

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """As the settings say, None without a mail server; raises `SettingsError`."""
        if not settings.smtp_url:
            return None
        return cls(Server.from_url(settings.smtp_url), Letterhead.of(settings))

    def session(self) -> Session:
        """A connection to be."""
        return Session(self.server, self.head.sender.domain)


class Outcome(StrEnum):
    """What came of a claimed message.

    LOST: someone else claimed it since. RETURNED: nobody tried to send it, time was short.
    """

    SENT = "sent"
    POSTPONED = "postponed"
    REFUSED = "refused"
    LOST = "lost"
    RETURNED = "returned"


@dataclass(frozen=True)
class DispatchReport:
    """How many messages came to which end."""

    sent: int = 0
    postponed: int = 0
    refused: int = 0
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
    post: Post,
    batch: int = BATCH,
    go_on: Callable[[], bool] = lambda: True,
) -> DispatchReport:
    """Send what is due until nothing is, the server fails, or `go_on` says no."""
    report = DispatchReport()
    while go_on() and (claimed := claim(database, clock, batch)):
        round_ = Round(database, clock, post, go_on)
        for outcome in round_.send(claimed):
            report = report.plus(outcome)
        if round_.trouble:
            break
    if report.claimed:
        log.info("dispatched", **vars(report))
    return report


def claim(database: Database, clock: Clock, batch: int = BATCH) -> list[Claimed]:
    """Take up to `batch` messages, for as long as their lease lasts; give up those too old."""
    now = clock()
    with database.transaction() as tx:
        if stale := messages.give_up_stale(tx, now, STALE):
            log.error("messages_stale", count=stale)
        return messages.claim(tx, now, batch)


class Round:
    """One batch over one connection. `trouble` says why the server takes nothing now."""

    def __init__(
        self, database: Database, clock: Clock, post: Post, go_on: Callable[[], bool]
    ) -> None:
        self._database = database
        self._clock = clock
        self._post = post
        self._go_on = go_on
        self.trouble: str | None = None

    def send(self, claimed: list[Claimed]) -> Iterator[Outcome]:
        """Send the messages one after the other, each with its outcome recorded."""
        end = monotonic() + BUDGET_SECONDS
        with self._post.session() as session:
            for message in claimed:
                if monotonic() < end and self._go_on():
                    yield self._settle(session, message)
                else:
                    yield self._return(message)

    def _settle(self, session: Session, message: Claimed) -> Outcome:
        with self._database.reading() as tx:
            if not messages.still_mine(tx, message):
                return Outcome.LOST
        try:
            self._hand_over(session, message)
        except Refused as error:
            return self._give_up(message, str(error))
        except Unreachable as error:
            self.trouble = str(error)
            return self._postpone(message, self.trouble)
        except Postponed as error:
            return self._postpone(message, str(error))
        return self._record(message)

    def _hand_over(self, session: Session, message: Claimed) -> None:
        if self.trouble:
            raise Unreachable(self.trouble)
        try:
            written = mail(message, self._post.head, self._clock()).as_bytes()
        except (EngineError, ValueError) as error:
            raise Refused(f"Không soạn được thư: {error}") from error
        session.send(self._post.head.sender.addr_spec, message.address, written)

    def _record(self, message: Claimed) -> Outcome:
        with self._database.transaction() as tx:
            recorded = messages.sent(tx, message, self._clock())
        if not recorded:
            log.warning("message_sent_twice", message=message.id)
        return Outcome.SENT

    def _postpone(self, message: Claimed, error: str) -> Outcome:
        with self._database.transaction() as tx:
            is_last = messages.fail(tx, message, error, self._clock())
        self._say("message_dead" if is_last else "message_postponed", message)
        return Outcome.POSTPONED

    def _give_up(self, message: Claimed, error: str) -> Outcome:
        with self._database.transaction() as tx:
            messages.give_up(tx, message, error)
        self._say("message_dead", message)
        return Outcome.REFUSED

    def _return(self, message: Claimed) -> Outcome:
        with self._database.transaction() as tx:
            messages.put_back(tx, message)
        return Outcome.RETURNED

    @staticmethod
    def _say(event: str, message: Claimed) -> None:
        # What the server said may name the address, which does not belong in a log.
        level = log.error if event == "message_dead" else log.warning
        level(event, message=message.id, attempts=message.attempts + 1)


class Dispatcher:
    """Dispatches in a thread of its own from `start` to `stop`."""

    def __init__(
        self, database: Database, clock: Clock, post: Post, interval: float = INTERVAL_SECONDS
    ) -> None:
        self._database = database
        self._clock = clock
        self._post = post
        self._interval = interval
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="dispatcher")

    def start(self) -> None:
        """Begin."""
        self._thread.start()
        log.info("dispatcher_started")

    def stop(self) -> None:
        """Finish the message that is being sent, and send no more."""
        self._stopping.set()
        self._thread.join()
        log.info("dispatcher_stopped")

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                dispatch(
                    self._database,
                    self._clock,
                    self._post,
                    go_on=lambda: not self._stopping.is_set(),
                )
            except Exception as error:
                log.exception("dispatch_failed", exc_info=error)
            self._stopping.wait(self._interval)
