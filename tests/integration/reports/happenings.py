"""What is to happen in an office, in the order of its moments."""

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from sqlalchemy import Connection

from engine.store.database import Database
from notifications.tick import tick

BATCH = 60
"""Deeds in one transaction."""

Deed = Callable[[Connection, datetime], object]


class Happenings:
    """A heap of deeds; they happen when `run` comes to their moment."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._heap: list[tuple[datetime, int, Deed]] = []
        self._numbers = count()

    def at(self, moment: datetime, deed: Deed) -> None:
        """Let something happen at a moment."""
        heappush(self._heap, (moment, next(self._numbers), deed))

    def run(self, until: datetime) -> None:
        """Let happen what is to happen until a moment, then let the scheduler tick."""
        while self._is_due(until):
            with self._database.transaction() as tx:
                for _ in range(BATCH):
                    if self._is_due(until):
                        moment, _, deed = heappop(self._heap)
                        deed(tx, moment)
        tick(self._database, lambda: until)

    def _is_due(self, until: datetime) -> bool:
        return bool(self._heap) and self._heap[0][0] <= until
