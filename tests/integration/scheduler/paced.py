"""A scheduler as a process, on a clock that the test puts forward and back.

`python -m tests.integration.scheduler.paced URL FILE`: FILE holds how many seconds the clock is
ahead of the time since the machine started. It takes a moment for each timer, so that a batch
lasts long enough to be killed in.
"""

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.store.database import Database
from engine.store.timers import DueTimer
from notifications.metrics import SchedulerMetrics
from notifications.scheduler import Scheduler, run
from notifications.tick import Shot


class Slow(SchedulerMetrics):
    """Rests after every shot."""

    def shot(self, timer: DueTimer, shot: Shot, late: timedelta) -> None:
        time.sleep(0.01)


def main(url: str, file: Path) -> None:
    """Tick until told to end."""

    def clock() -> datetime:
        ahead = float(file.read_text())
        return datetime.fromtimestamp(ahead + time.clock_gettime(time.CLOCK_MONOTONIC), UTC)

    run(Scheduler(Database(url), clock, interval=0.1, batch=25, metrics=Slow()))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
