"""Lets all lives of the example office happen in the order of their moments, timers included."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush

from sqlalchemy import Connection

from cli.demo.life import Life, Next
from engine.life.timers import TimerKind, timers
from engine.store import dossiers
from engine.store.database import Database
from notifications.tick import tick

_BATCH = 100
"""Deeds in one transaction: nobody else works in the office yet."""

_NEVER = datetime.max.replace(tzinfo=UTC)
_LATE = timedelta(seconds=1)
"""A scheduler that ticks every second fires this late at most."""


class Simulation:
    """A year of office life, played as fast as the machine can."""

    def __init__(
        self, database: Database, lives: Iterable[Life], now: datetime, settled: Callable[[], None]
    ) -> None:
        self._database = database
        self._lives = {life.number: life for life in lives}
        self._now = now
        self._settled = settled
        self._unsettled = set(self._lives)
        self._ahead: list[tuple[datetime, int]] = []
        self._next: dict[int, Next] = {}
        self._alarms: list[tuple[datetime, int]] = []
        self._open = ExitStack()
        self._tx: Connection | None = None
        self._deeds = 0

    def run(self) -> None:
        """Play everything up to now, in the order of time; timers before deeds."""
        with self._open:
            for life in self._lives.values():
                self._look_ahead(life, self._now)
            while (at := min(_first(self._ahead), _first(self._alarms))) <= self._now:
                if _first(self._alarms) == at:
                    self._ring(*heappop(self._alarms))
                else:
                    self._happen(*heappop(self._ahead))

    def _happen(self, at: datetime, number: int) -> None:
        """Do what a life planned for this moment, unless it has changed its mind."""
        if number in self._next and self._next[number].at == at:
            life = self._lives[number]
            life.dossier = self._next.pop(number).deed(self._transaction(), at)
            self._note(life)
            self._look_ahead(life, at)

    def _look_ahead(self, life: Life, at: datetime) -> None:
        self._next.pop(life.number, None)
        if step := life.next(at):
            self._next[life.number] = step
            heappush(self._ahead, (step.at, life.number))

    def _note(self, life: Life) -> None:
        """Remember which moments the dossier waits for, and that it has come where it should."""
        if life.dossier:
            for moment in timers(life.dossier).values():
                heappush(self._alarms, (moment, life.number))
        if life.is_settled and life.number in self._unsettled:
            self._unsettled.remove(life.number)
            self._settled()

    def _ring(self, moment: datetime, number: int) -> None:
        """Let the scheduler tick, if the dossier still waits for this moment."""
        life = self._lives[number]
        before = life.dossier
        if before is None or moment not in timers(before).values():
            return
        self._commit()
        tick(self._database, lambda: moment + _LATE)
        life.dossier = dossiers.lock(self._transaction(), before.code).dossier
        self._note(life)
        if any(
            kind is TimerKind.LAPSE and at == moment for (kind, _), at in timers(before).items()
        ):
            life.lapse()
            self._look_ahead(life, moment + _LATE)

    def _transaction(self) -> Connection:
        self._deeds += 1
        if self._deeds % _BATCH == 0:
            self._commit()
        if self._tx is None:
            self._tx = self._open.enter_context(self._database.transaction())
        return self._tx

    def _commit(self) -> None:
        self._tx = None
        self._open.close()


def _first(heap: list[tuple[datetime, int]]) -> datetime:
    return heap[0][0] if heap else _NEVER
