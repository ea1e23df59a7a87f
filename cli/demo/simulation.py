"""Lets all lives of the example office happen in the order of their moments, timers included."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush

from sqlalchemy import Connection

from cli.demo.life import Life, Next
from cli.demo.papers import PaperDeed
from engine.commands.course import fire_timer
from engine.life.timers import TimerKind, timers
from engine.store.database import Database
from engine.store.timers import DueTimer, claim

_BATCH = 100
"""Deeds in one transaction: nobody else works in the office yet."""

_NEVER = datetime.max.replace(tzinfo=UTC)
_LATE = timedelta(seconds=1)
"""A scheduler that ticks every second fires this late at most."""

_Moments = list[tuple[datetime, int]]
"""A heap of moments, each with the number of a life."""


class Simulation:
    """A year of office life, played as fast as the machine can.

    Three things happen to a life, in this order where they fall together: a timer of its
    dossier fires, someone steps in beside its way, and what its plan wants next.
    """

    def __init__(
        self, database: Database, lives: Iterable[Life], now: datetime, settled: Callable[[], None]
    ) -> None:
        self._database = database
        self._lives = {life.number: life for life in lives}
        self._by_code: dict[str, Life] = {}
        self._now = now
        self._settled = settled
        self._unsettled = set(self._lives)
        self._alarms: _Moments = []
        self._asides: _Moments = []
        self._aside: dict[int, Next] = {}
        self._ahead: _Moments = []
        self._next: dict[int, Next] = {}
        self._open = ExitStack()
        self._tx: Connection | None = None
        self._deeds = 0

    def run(self) -> None:
        """Play everything up to now, in the order of time."""
        happenings = (
            (self._alarms, self._ring), (self._asides, self._step_in), (self._ahead, self._happen),
        )  # fmt: skip
        with self._open:
            for life in self._lives.values():
                self._look_ahead(life, self._now)
            while True:
                heap, happen = min(happenings, key=lambda each: _first(each[0]))
                if _first(heap) > self._now:
                    break
                happen(*heappop(heap))

    def _happen(self, at: datetime, number: int) -> None:
        """Do what a life planned for this moment, unless it has changed its mind."""
        if number in self._next and self._next[number].at == at:
            life = self._lives[number]
            self._do(life, self._next.pop(number))
            self._look_ahead(life, at)

    def _step_in(self, at: datetime, number: int) -> None:
        """Let someone take note of an alert, if it still holds."""
        life, noting = self._lives[number], self._aside.pop(number)
        if life.still_wants(noting):
            self._do(life, noting)

    def _do(self, life: Life, step: Next) -> None:
        if isinstance(step.deed, PaperDeed):
            self._tx = None
            self._open.close()
            life.dossier = step.deed(step.at)
        else:
            life.dossier = step.deed(self._transaction(), step.at)
        self._by_code[life.dossier.code] = life
        self._note(life)

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
        """Fire what is due, as a scheduler would, if the dossier still waits for this moment."""
        dossier = self._lives[number].dossier
        if dossier is None or moment not in timers(dossier).values():
            return
        tx, now = self._transaction(), moment + _LATE
        for timer in claim(tx, now, _BATCH):
            life = self._by_code[timer.code]
            life.dossier = fire_timer(tx, timer, now)
            self._after_timer(life, timer, now)

    def _after_timer(self, life: Life, timer: DueTimer, now: datetime) -> None:
        self._note(life)
        if timer.kind is TimerKind.LAPSE:
            life.lapse()
            self._look_ahead(life, now)
        if life.number not in self._aside and (noting := life.note(now)):
            self._aside[life.number] = noting
            heappush(self._asides, (noting.at, life.number))

    def _transaction(self) -> Connection:
        self._deeds += 1
        if self._deeds % _BATCH == 0:
            self._tx = None
            self._open.close()
        if self._tx is None:
            self._tx = self._open.enter_context(self._database.transaction())
        return self._tx


def _first(heap: _Moments) -> datetime:
    return heap[0][0] if heap else _NEVER
