"""The scheduler process: a clock that ticks. What is due lies in the database, never here."""

import signal
import threading
from collections.abc import Callable
from time import monotonic
from typing import Any, Protocol

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from engine.deadlines.calendar import VIETNAM
from engine.store.database import Database
from engine.wallclock import Clock
from notifications.nightly import nightly
from notifications.tick import BATCH, TickReport, tick

INTERVAL_SECONDS = 1.0
BUDGET_SECONDS = 20.0
"""After this long a tick claims no more batches, so that leases stay far from running out."""

NIGHTLY_HOUR = 2

_ENDING = {signal.SIGTERM, signal.SIGINT}
_EVERY_JOB = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}

log = structlog.get_logger(__name__)


class Scheduler:
    """Ticks in threads of its own from `start` to `stop`."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        interval: float = INTERVAL_SECONDS,
        batch: int = BATCH,
    ) -> None:
        self._database = database
        self._clock = clock
        self._batch = batch
        self._stopping = threading.Event()
        self._jobs = BackgroundScheduler(timezone=VIETNAM, job_defaults=_EVERY_JOB)
        self._jobs.add_job(self.tick, "interval", seconds=interval, id="tick")
        self._jobs.add_job(self._nightly, "cron", hour=NIGHTLY_HOUR, id="nightly")

    def every(self, seconds: float, job: Callable[[], object], name: str) -> None:
        """Do something else as well, each so many seconds, never twice at once."""
        self._jobs.add_job(job, "interval", seconds=seconds, id=name)

    def stopping(self) -> bool:
        """Whether it was told to stop: long jobs ask now and then."""
        return self._stopping.is_set()

    def start(self) -> None:
        """Begin to tick."""
        self._jobs.start()
        log.info("scheduler_started", batch=self._batch)

    def stop(self) -> None:
        """Finish the batch that is being fired, and tick no more."""
        self._stopping.set()
        self._jobs.shutdown(wait=True)
        log.info("scheduler_stopped")

    def tick(self) -> TickReport:
        """One tick with its log line; what a job does each interval."""
        end = monotonic() + BUDGET_SECONDS
        report = tick(
            self._database,
            self._clock,
            self._batch,
            lambda: not self._stopping.is_set() and monotonic() < end,
        )
        if report.claimed:
            log.info("ticked", **_plain(report))
        return report

    def _nightly(self) -> None:
        nightly(self._database, self._clock())


class Service(Protocol):
    """What works in threads of its own from `start` to `stop`."""

    def start(self) -> None:
        """Begin."""

    def stop(self) -> None:
        """Finish what is being done, and begin nothing more."""


def run(service: Service) -> None:
    """Work until the process is told to end, by SIGTERM or Ctrl-C; call it on the main thread."""
    # Blocked first, so that threads begun from here on leave these signals to `sigwait`.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    service.start()
    signal.sigwait(_ENDING)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    service.stop()


def _plain(report: TickReport) -> dict[str, Any]:
    counts = {key: value for key, value in vars(report).items() if key != "lateness"}
    return {**counts, "lateness_seconds": round(report.lateness.total_seconds(), 3)}
