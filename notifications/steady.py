"""Jobs that go on when the wall clock is put back.

APScheduler waits for moments of the wall clock: put back by an hour, it would stand still for an
hour. Here someone looks, by a clock that nobody can set, whether the next run of any job lies
further ahead than its rhythm allows, and then plans all of them anew.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from engine.deadlines.calendar import VIETNAM
from engine.wallclock import wall_clock

_EVERY_JOB = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
LOOK_SECONDS = 1.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Every:
    """Something done every so many seconds."""

    name: str
    run: Callable[[], object]
    seconds: float


@dataclass(frozen=True)
class Daily:
    """Something done once a day, at an hour of Vietnamese time."""

    name: str
    run: Callable[[], object]
    hour: int


class SteadyJobs:
    """Jobs in threads of their own, from `start` to `stop`; no two runs of one job at once."""

    def __init__(self, often: Sequence[Every], daily: Sequence[Daily]) -> None:
        self._often, self._daily = list(often), daily
        self._ended = threading.Event()
        self._jobs = BackgroundScheduler(timezone=VIETNAM, job_defaults=_EVERY_JOB)
        self._watch = threading.Thread(target=self._look, name="clock watch", daemon=True)

    def add(self, job: Every) -> None:
        """One more, before `start`."""
        self._often.append(job)

    def start(self) -> None:
        """Begin."""
        self._plan()
        # A thread for each, so that none waits for others to end.
        self._jobs.add_executor(ThreadPoolExecutor(len(self._often) + len(self._daily)))
        self._jobs.start()
        self._watch.start()

    def stop(self) -> None:
        """Wait for what runs, and begin nothing more."""
        self._ended.set()
        self._watch.join()
        self._jobs.shutdown(wait=True)

    def _plan(self) -> None:
        add = partial(self._jobs.add_job, replace_existing=True)
        for job in self._often:
            add(job.run, "interval", seconds=job.seconds, id=job.name)
        for once in self._daily:
            add(once.run, "cron", hour=once.hour, id=once.name)

    def _look(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            if self._stands_still(wall_clock()):
                log.warning("clock_was_put_back")
                self._plan()

    def _stands_still(self, now: datetime) -> bool:
        return any(self._waits_too_long(job, now) for job in self._often)

    def _waits_too_long(self, often: Every, now: datetime) -> bool:
        job = self._jobs.get_job(often.name)
        longest = timedelta(seconds=often.seconds + LOOK_SECONDS)
        return job is not None and job.next_run_time > now + longest
