"""A dispatcher process whose clock runs fast, to be killed at any moment.

`python -m tests.integration.portal.dispatching DATABASE PORTAL MOMENT SPEED`: sends what waits for
the portal until it is killed; its clock stood at MOMENT when it began, and runs SPEED times as
fast as ours.
"""

import sys
from datetime import datetime, timedelta
from time import monotonic

from engine.store.database import Database
from notifications.channels.portal import Account, PortalCarrier
from notifications.dispatcher import Dispatcher
from notifications.scheduler import run
from tests.portal import CLIENT


def main(url: str, portal: str, moment: str, speed: str) -> None:
    """Dispatch."""
    began, start = monotonic(), datetime.fromisoformat(moment)

    def clock() -> datetime:
        return start + timedelta(seconds=(monotonic() - began) * float(speed))

    carrier = PortalCarrier(Account(portal, *CLIENT))
    dispatcher = Dispatcher(Database(url), clock, [carrier], 0.05)
    print("ready", flush=True)
    run(dispatcher)


if __name__ == "__main__":
    main(*sys.argv[1:])
