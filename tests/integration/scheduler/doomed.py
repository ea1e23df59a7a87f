"""A scheduler that comes to a standstill in the middle of a batch, to be killed there.

`python -m tests.integration.scheduler.doomed URL MOMENT FIRED STEP`: fires FIRED timers, says
"ready" at the next STEP, and waits.
"""

import signal
import sys
from datetime import datetime

from engine.store.database import Database
from notifications.tick import tick
from tests.integration.scheduler.stepping import Step, hooks


def stand_still() -> None:
    """Say so to whoever is to kill this process, and wait for it."""
    print("ready", flush=True)
    signal.pause()


def main(url: str, moment: datetime, fired: int, where: Step) -> None:
    """Tick once at `moment`."""
    done = 0

    def reach(step: Step) -> None:
        nonlocal done
        if step is where and done >= fired:
            stand_still()
        done += step is Step.COMMITTED

    for module, name, hook in hooks(reach):
        setattr(module, name, hook)
    tick(Database(url), lambda: moment)


if __name__ == "__main__":
    main(sys.argv[1], datetime.fromisoformat(sys.argv[2]), int(sys.argv[3]), Step(sys.argv[4]))
