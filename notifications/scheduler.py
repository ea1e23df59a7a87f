"""The scheduler process: a clock that ticks. What is due lies in the database, never here."""

import os
import secrets
import signal
import socket
import threading
from contextlib import AbstractContextManager, nullcontext
from time import monotonic
from typing import Any, Protocol

import structlog

from engine.store import heartbeats
from engine.store.database import Database
from engine.wallclock import Clock
from notifications import index_days
from notifications.catalogue import let_hold
from notifications.metrics import SchedulerMetrics
from notifications.nightly import nightly
from notifications.recalendar import recalendar
from notifications.steady import Daily, Every, SteadyJobs
from notifications.tick import BATCH, TickReport, tick

INTERVAL_SECONDS = 0.5
BUDGET_SECONDS = 20.0
"""After this long a tick claims no more batches, so that leases stay far from running out."""

BEAT_SECONDS = 5.0
"""How often a scheduler writes down that it ticks."""

NIGHTLY_HOUR = 2
RECALENDAR_SECONDS = 3.0
"""How soon open dossiers begin to follow a newly announced day."""

CATALOGUE_SECONDS = 30.0
"""How soon search and lists show a procedure whose day has come; dossiers heed it at once."""

_ENDING = {signal.SIGTERM, signal.SIGINT}

log = structlog.get_logger(__name__)


class Scheduler:
    """Ticks in threads of its own from `start` to `stop`."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        interval: float = INTERVAL_SECONDS,
        batch: int = BATCH,
        metrics: SchedulerMetrics | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._batch = batch
        self._metrics = metrics or SchedulerMetrics()
        self._name = f"{socket.gethostname()[:64]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._started_at = clock()
        self._next_beat = monotonic()
        self._stopping = threading.Event()
        often = [
            Every("tick", self.tick, interval),
            Every("recalendar", self._recalendar, RECALENDAR_SECONDS),
            Every("catalogue", self._catalogue, CATALOGUE_SECONDS),
            Every("index_days", self._index_days, index_days.INTERVAL_SECONDS),
        ]
        self._jobs = SteadyJobs(often, [Daily("nightly", self._nightly, NIGHTLY_HOUR)])

    def also(self, job: Every) -> None:
        """Do one thing more; to be called before `start`."""
        self._jobs.add(job)

    def stopping(self) -> bool:
        """Whether it was told to stop: long jobs ask now and then."""
        return self._stopping.is_set()

    def start(self) -> None:
        """Begin to tick."""
        self._jobs.start()
        log.info("scheduler_started", name=self._name, batch=self._batch)

    def stop(self) -> None:
        """Finish the batch that is being fired, and tick no more."""
        self._stopping.set()
        self._jobs.stop()
        log.info("scheduler_stopped")

    def tick(self) -> TickReport:
        """One tick with its log line; what a job does each interval."""
        end = monotonic() + BUDGET_SECONDS
        with self._metrics.tick():
            report = tick(
                self._database,
                self._clock,
                self._batch,
                lambda: not self._stopping.is_set() and monotonic() < end,
                self._metrics.shot,
            )
            self._beat()
        if report.claimed:
            log.info("ticked", **_plain(report))
        return report

    def _beat(self) -> None:
        """Now and then, write down that ticks succeed."""
        if monotonic() < self._next_beat:
            return
        with self._database.transaction() as tx:
            heartbeats.beat(tx, self._name, self._started_at, self._clock())
        self._next_beat = monotonic() + BEAT_SECONDS

    def _nightly(self) -> None:
        nightly(self._database, self._clock())

    def _recalendar(self) -> None:
        recalendar(self._database, self._clock, go_on=lambda: not self._stopping.is_set())

    def _index_days(self) -> None:
        index_days.keep_index(self._database, self._clock, lambda: not self._stopping.is_set())

    def _catalogue(self) -> None:
        let_hold(self._database, self._clock())


class Service(Protocol):
    """What works in threads of its own from `start` to `stop`."""

    def start(self) -> None:
        """Begin."""

    def stop(self) -> None:
        """Finish what is being done, and begin nothing more."""


def run(service: Service, beside: AbstractContextManager[None] | None = None) -> None:
    """Work until the process is told to end, by SIGTERM or Ctrl-C; call it on the main thread.

    `beside` is open meanwhile.
    """
    # Blocked first, so that threads begun from here on leave these signals to `sigwait`.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        with beside or nullcontext():
            service.start()
            signal.sigwait(_ENDING)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            service.stop()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _plain(report: TickReport) -> dict[str, Any]:
    counts = {key: value for key, value in vars(report).items() if key != "lateness"}
    return {**counts, "lateness_seconds": round(report.lateness.total_seconds(), 3)}
