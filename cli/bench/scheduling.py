"""The scheduler as a process, on a clock that is ahead, telling how late it was each time.

`python -m cli.bench.scheduling URL`: says "ready", reads how many seconds its clock is ahead,
ticks until SIGTERM, and prints the lateness of every timer fired, in seconds, as a JSON list.
"""

import json
import sys
from datetime import timedelta

from cli.logs import set_up_logs
from engine.store.database import Database
from engine.store.timers import DueTimer
from engine.wallclock import wall_clock
from notifications.metrics import SchedulerMetrics
from notifications.scheduler import Scheduler, run
from notifications.tick import Shot


class _Notes(SchedulerMetrics):
    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []

    def shot(self, timer: DueTimer, shot: Shot, late: timedelta) -> None:
        super().shot(timer, shot, late)
        if shot is Shot.FIRED:
            self.late.append(late.total_seconds())


def main(url: str) -> None:
    """Tick until told to end."""
    set_up_logs("ERROR")
    database, notes = Database(url), _Notes()
    print("ready", flush=True)
    ahead = timedelta(seconds=float(sys.stdin.readline()))
    run(Scheduler(database, lambda: wall_clock() + ahead, metrics=notes))
    database.close()
    print(json.dumps(notes.late), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
