"""Jobs that go on when the wall clock is put back.

APScheduler waits for moments of the wall clock: put back by an hour, it would stand still for an
hour. Here someone looks, by a clock that nobody can set, whether the next run of any job lies
further ahead than its rhythm allows, and then plans all of them anew.
"""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from engine.deadlines.calendar import VIETNAM
from engine.wallclock import wall_clock

_EVERY_JOB = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
LOOK_SECONDS = 1.0

log = structlog.get_logger(__name__)


class SteadyJobs:
    """One job every so many seconds and one a night, in threads, from `start` to `stop`."""

    def __init__(
        self,
        often: Callable[[], object],
        seconds: float,
        nightly: Callable[[], object],
        hour: int,
    ) -> None:
        self._often, self._seconds = often, seconds
        self._nightly, self._hour = nightly, hour
        self._ended = threading.Event()
        self._jobs = BackgroundScheduler(timezone=VIETNAM, job_defaults=_EVERY_JOB)
        self._watch = threading.Thread(target=self._look, name="clock watch", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._plan()
        self._jobs.start()
        self._watch.start()

    def stop(self) -> None:
        """Wait for what runs, and begin nothing more."""
        self._ended.set()
        self._watch.join()
        self._jobs.shutdown(wait=True)

    def _plan(self) -> None:
        add = self._jobs.add_job
        add(self._often, "interval", seconds=self._seconds, id="often", replace_existing=True)
        add(self._nightly, "cron", hour=self._hour, id="nightly", replace_existing=True)

    def _look(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            if self._stands_still(wall_clock()):
                log.warning("clock_was_put_back")
                self._plan()

    def _stands_still(self, now: datetime) -> bool:
        job = self._jobs.get_job("often")
        longest = timedelta(seconds=self._seconds + LOOK_SECONDS)
        return job is not None and job.next_run_time > now + longest
