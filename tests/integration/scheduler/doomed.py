"""A scheduler that comes to a standstill in the middle of a batch, to be killed there.

`python -m tests.integration.scheduler.doomed URL MOMENT FIRED WHERE`: fires FIRED timers, says
"ready", and waits: `between` two timers, or `within` the transaction of the next one.
"""

import signal
import sys
from datetime import datetime
from itertools import count

from sqlalchemy import Connection

from engine.commands.course import fire_timer
from engine.model.dossier import Dossier
from engine.store.database import Database
from engine.store.timers import DueTimer
from notifications import tick as ticking


def stand_still() -> None:
    """Wait for the end."""
    print("ready", flush=True)
    signal.pause()


def main(url: str, moment: datetime, fired: int, where: str) -> None:
    """Tick once at `moment`."""
    readings, firings = count(), count()

    def clock() -> datetime:
        # Read once to claim, then once for each timer.
        if where == "between" and next(readings) == fired + 1:
            stand_still()
        return moment

    def fire(tx: Connection, due: DueTimer, now: datetime) -> Dossier | None:
        dossier = fire_timer(tx, due, now)
        if where == "within" and next(firings) == fired:
            stand_still()
        return dossier

    ticking.fire_timer = fire  # type: ignore[attr-defined]
    ticking.tick(Database(url), clock)


if __name__ == "__main__":
    main(sys.argv[1], datetime.fromisoformat(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
