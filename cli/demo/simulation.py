"""Lets all lives of the example office happen in the order of their moments, timers included."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import datetime, timedelta
from heapq import heappop, heappush

from sqlalchemy import Connection

from cli.demo.life import Life, Next
from engine.life.timers import TimerKind, timers
from engine.store import dossiers
from engine.store.database import Database
from notifications.tick import tick

_BATCH = 100
"""Deeds in one transaction: nobody else works in the office yet."""

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
        """Play everything up to now."""
        with self._open:
            for life in self._lives.values():
                self._look_ahead(life, self._now)
            while self._ahead and self._ahead[0][0] <= self._now:
                at, number = heappop(self._ahead)
                self._let_time_pass(at)
                if number in self._next and self._next[number].at == at:
                    self._do(self._lives[number], self._next.pop(number))
            self._let_time_pass(self._now)

    def _do(self, life: Life, step: Next) -> None:
        life.dossier = step.deed(self._transaction(), step.at)
        self._note(life)
        self._look_ahead(life, step.at)

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

    def _let_time_pass(self, until: datetime) -> None:
        while self._alarms and self._alarms[0][0] <= until:
            moment, number = heappop(self._alarms)
            if self._is_waited_for(moment, self._lives[number]):
                self._commit()
                tick(self._database, lambda at=moment + _LATE: at)  # type: ignore[misc]
                self._see_what_fired(self._lives[number], moment)

    def _is_waited_for(self, moment: datetime, life: Life) -> bool:
        return life.dossier is not None and moment in timers(life.dossier).values()

    def _see_what_fired(self, life: Life, moment: datetime) -> None:
        before = life.dossier
        if before is None:
            return
        waited = timers(before)
        life.dossier = dossiers.lock(self._transaction(), before.code).dossier
        self._note(life)
        if any(kind is TimerKind.LAPSE and at == moment for (kind, _), at in waited.items()):
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
