"""Schedulers that stop at every step until the test lets them go on."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from queue import Empty, Queue
from typing import Any

import pytest
from sqlalchemy import text

from engine.commands.course import fire_timer
from engine.store import timers
from engine.store.database import Database
from engine.wallclock import Clock
from notifications import tick as ticking
from notifications.tick import Shot

PATIENCE_SECONDS = 30.0
LOOK_SECONDS = 0.005


class Step(StrEnum):
    """Where a scheduler can stop, in order; each but the first comes once for every timer."""

    CLAIMED = "claimed"
    """The claim of a batch is committed."""

    FIRING = "firing"
    """The next timer's transaction is about to begin."""

    LOCKED = "locked"
    """The dossier is locked, and the claim was found to hold."""

    APPLIED = "applied"
    """Everything is written and nothing is committed."""

    COMMITTED = "committed"
    """The timer has fired."""


Reach = Callable[[Step], None]


def hooks(reach: Reach) -> list[tuple[Any, str, Any]]:
    """What to replace, where and by what, so that `reach` is called at every step."""
    return [
        (ticking, "claim", _after(ticking.claim, Step.CLAIMED, reach)),
        (ticking, "fire", _around_firing(ticking.fire, reach)),
        (timers, "still_mine", _after(timers.still_mine, Step.LOCKED, reach)),
        (ticking, "fire_timer", _after(fire_timer, Step.APPLIED, reach)),
    ]


def _after(function: Callable[..., Any], step: Step, reach: Reach) -> Callable[..., Any]:
    def hooked(*args: Any) -> Any:
        result = function(*args)
        if result:
            reach(step)
        return result

    return hooked


def _around_firing(fire: Callable[..., Shot], reach: Reach) -> Callable[..., Shot]:
    def hooked(*args: Any) -> Shot:
        reach(Step.FIRING)
        shot = fire(*args)
        if shot is Shot.FIRED:
            reach(Step.COMMITTED)
        return shot

    return hooked


_here = threading.local()


class Stepped:
    """A scheduler that ticks once, in a thread of its own, from step to step."""

    def __init__(self, database: Database, clock: Clock, batch: int = ticking.BATCH) -> None:
        self._database, self._clock, self._batch = database, clock, batch
        self._reached: Queue[Step | None] = Queue()
        self._go = threading.Semaphore(0)
        self._on_its_way = False
        self.ended = False
        self.error: BaseException | None = None
        self._thread = threading.Thread(target=self._tick, daemon=True)
        self._thread.start()

    def advance(self) -> Step | None:
        """Go on to the next step; None at the end, or where it waits for a lock of others."""
        if self.ended:
            return None
        if not self._on_its_way:
            self._go.release()
        self._on_its_way = True
        while True:
            try:
                step = self._reached.get(timeout=LOOK_SECONDS)
            except Empty:
                if _someone_waits_for_a_lock(self._database):
                    return None
                assert self._thread.is_alive() or not self._reached.empty()
                continue
            self._on_its_way = False
            self.ended = step is None
            return step

    def advance_to(self, step: Step) -> None:
        """Go on until it stops at a step."""
        while self.advance() is not step:
            assert not self.ended

    def _tick(self) -> None:
        _here.stepped = self
        self._wait()
        try:
            ticking.tick(self._database, self._clock, self._batch)
        except BaseException as error:
            self.error = error
            raise
        finally:
            self._reached.put(None)

    def stop_at(self, step: Step) -> None:
        """Called in the scheduler's own thread."""
        self._reached.put(step)
        self._wait()

    def _wait(self) -> None:
        assert self._go.acquire(timeout=PATIENCE_SECONDS)


def _someone_waits_for_a_lock(database: Database) -> bool:
    query = text(
        "SELECT 1 FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with database.reading() as tx:
        return tx.execute(query).first() is not None


def finish(*schedulers: Stepped) -> None:
    """Let all of them go on, in turn, to their ends."""
    while not all(each.ended for each in schedulers):
        for each in schedulers:
            each.advance()
    assert [each.error for each in schedulers] == [None] * len(schedulers)


@contextmanager
def steps() -> Iterator[None]:
    """While the block runs, every `Stepped` stops at every step."""

    def reach(step: Step) -> None:
        stepped = getattr(_here, "stepped", None)
        if stepped is not None:
            stepped.stop_at(step)

    with pytest.MonkeyPatch.context() as patch:
        for where, name, hook in hooks(reach):
            patch.setattr(where, name, hook)
        yield
