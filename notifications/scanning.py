"""Makes documents from scans and photographs: claims one at a time, makes it apart, records it.

Any number of processes may do it at once. Whoever is killed loses nothing: the job is claimed
again when the lease has run out, for its files lie in the store. What kills or stalls its maker
time and again is given up with a reason; others have their turn in between.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic

import structlog

from engine.commands.digitising import Digitised, digitise
from engine.commands.scans import record_scan
from engine.errors import EngineError, Kind
from engine.errors.scans import ScanTookTooLong, ScanWorkerDied
from engine.files import FileStore
from engine.scans.limits import Limits
from engine.scans.worker import ScanRefused, Stopped
from engine.settings import Settings
from engine.store import scans
from engine.store.database import Database
from engine.store.scans import MAX_ATTEMPTS, ClaimedScan, ScanOutcome
from engine.wallclock import Clock

INTERVAL_SECONDS = 1.0
RENEW_SECONDS = 10.0
"""How often it is written down that a job is being done, though no page got done meanwhile."""

AGAIN = (ScanTookTooLong, ScanWorkerDied)
"""What may go well another time."""

log = structlog.get_logger(__name__)


class Outcome(StrEnum):
    """What came of a claimed job.

    LOST: someone else claimed it, or it was thrown away. RETURNED: whoever was at it had to end.
    """

    MADE = "made"
    POSTPONED = "postponed"
    FAILED = "failed"
    LOST = "lost"
    RETURNED = "returned"


@dataclass(frozen=True)
class Workshop:
    """With what documents are made."""

    database: Database
    files: FileStore
    clock: Clock
    limits: Limits

    @classmethod
    def of(cls, settings: Settings, database: Database, clock: Clock) -> "Workshop":
        """As the settings say; raises `SettingsError`."""
        limits = Limits(settings.scan_seconds, settings.scan_megabytes)
        return cls(database, FileStore.of(settings), clock, limits)


def make_waiting(shop: Workshop, go_on: Callable[[], bool] = lambda: True) -> list[Outcome]:
    """Make what waits until nothing does, or until `go_on` says no."""
    outcomes = []
    while go_on() and (job := claim(shop)):
        outcomes.append(make(shop, job, go_on))
        log.info("scan", scan=job.id, outcome=outcomes[-1].value, attempts=job.attempts)
    return outcomes


def claim(shop: Workshop) -> ClaimedScan | None:
    """Take the job that has waited longest, for as long as its lease lasts."""
    with shop.database.transaction() as tx:
        return scans.claim(tx, shop.clock())


def make(shop: Workshop, job: ClaimedScan, go_on: Callable[[], bool]) -> Outcome:
    """Make the document of a claimed job and record what came of it."""
    if job.attempts > MAX_ATTEMPTS:
        return _give_up(shop, job, ScanWorkerDied().message)
    watch = _Watch(shop, job, go_on)
    try:
        made = digitise(
            shop.files,
            [source.file for source in job.order.sources],
            job.order.arrangement,
            shop.limits,
            watch.go_on,
        )
        return _record(shop, job, made)
    except Stopped:
        return Outcome.LOST if watch.lost else _return(shop, job)
    except ScanRefused as refused:
        return _give_up(shop, job, str(refused))
    except EngineError as error:
        may_go_well = isinstance(error, AGAIN) or error.kind is Kind.UNAVAILABLE
        if may_go_well and job.attempts < MAX_ATTEMPTS:
            return _postpone(shop, job)
        return _give_up(shop, job, error.message)


class _Watch:
    """Keeps the claim while the document is being made, and says when to end."""

    def __init__(self, shop: Workshop, job: ClaimedScan, go_on: Callable[[], bool]) -> None:
        self._shop = shop
        self._job = job
        self._go_on = go_on
        self._done = 0
        self._next = monotonic() + RENEW_SECONDS
        self.lost = False

    def go_on(self, done: int) -> bool:
        """Whether to go on, with so many pages done."""
        if not self._go_on():
            return False
        if done == self._done and monotonic() < self._next:
            return True
        self._done, self._next = done, monotonic() + RENEW_SECONDS
        with self._shop.database.transaction() as tx:
            self.lost = not scans.renew(tx, self._job, done, self._shop.clock())
        return not self.lost


def _record(shop: Workshop, job: ClaimedScan, digitised: Digitised) -> Outcome:
    with shop.database.transaction() as tx:
        recorded = record_scan(tx, job, digitised.file, digitised.made, shop.clock())
    return Outcome.MADE if recorded else Outcome.LOST


def _return(shop: Workshop, job: ClaimedScan) -> Outcome:
    with shop.database.transaction() as tx:
        scans.put_back(tx, job)
    return Outcome.RETURNED


def _postpone(shop: Workshop, job: ClaimedScan) -> Outcome:
    with shop.database.transaction() as tx:
        scans.postpone(tx, job, shop.clock())
    return Outcome.POSTPONED


def _give_up(shop: Workshop, job: ClaimedScan, reason: str) -> Outcome:
    with shop.database.transaction() as tx:
        scans.end(tx, job, ScanOutcome(reason=reason), shop.clock())
    return Outcome.FAILED


class Scanning:
    """Makes documents in threads of its own from `start` to `stop`, `at_once` at a time."""

    def __init__(self, shop: Workshop, at_once: int, interval: float = INTERVAL_SECONDS) -> None:
        self._shop = shop
        self._interval = interval
        self._stopping = threading.Event()
        names = (f"scans {number}" for number in range(1, at_once + 1))
        self._threads = [threading.Thread(target=self._work, name=name) for name in names]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()
        log.info("scanning_started", at_once=len(self._threads))

    def stop(self) -> None:
        """Give back what is being made, and make nothing more."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        log.info("scanning_stopped")

    def _work(self) -> None:
        while not self._stopping.wait(self._interval):
            try:
                make_waiting(self._shop, lambda: not self._stopping.is_set())
            except Exception as error:
                log.exception("scanning_failed", exc_info=error)
