"""A sweep that comes to a standstill after some dossiers, to be killed there.

`python -m tests.integration.calendars.doomed URL MOMENT MOVED WHERE`: brings MOVED dossiers
along, says "ready", and waits: `between` two dossiers, or `within` the transaction of the next.
"""

import sys
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection

from engine.commands.lateness import change_calendar
from engine.model.dossier import Dossier
from engine.store.database import Database
from notifications import recalendar as sweeping
from tests.integration.scheduler.doomed import stand_still


def main(url: str, now: datetime, moved: int, where: str) -> None:
    """Sweep once at `now`."""
    begun = count()
    follow = sweeping.follow

    def change(tx: Connection, *rest: Any) -> Dossier:
        dossier = change_calendar(tx, *rest)
        if where == "within" and next(begun) == moved:
            stand_still()
        return dossier

    def between(*arguments: Any) -> bool | None:
        if where == "between" and next(begun) == moved:
            stand_still()
        return follow(*arguments)

    sweeping.change_calendar = change  # type: ignore[assignment, attr-defined]
    sweeping.follow = between  # type: ignore[assignment]
    sweeping.recalendar(Database(url), lambda: now)


if __name__ == "__main__":
    main(sys.argv[1], datetime.fromisoformat(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
