"""What a tick costs that finds nothing due, with few timers waiting and with many."""

import time
from collections.abc import Iterator
from contextlib import ExitStack

from sqlalchemy import func, select

from cli.bench.copies import WAITING, copy, settle
from cli.bench.databases import Ground
from cli.bench.result import Result, result
from cli.bench.subjects import MODELS, prepare
from engine.store.database import Database
from engine.store.tables import timer
from engine.wallclock import Clock
from notifications.tick import tick

WARM_UP = 50


def idle_ticks(
    ground: Ground, clock: Clock, sizes: tuple[int, int], rounds: int
) -> Iterator[Result]:
    """Ticks over two databases in turn, so that whatever else goes on slows both alike."""
    few, many = sizes
    with ExitStack() as stack:
        names = ("few", "many")
        pair = [stack.enter_context(ground.another(name)) for name in names]
        for database, size in zip(pair, sizes, strict=True):
            _fill(database, clock, size)
        times: tuple[list[float], list[float]] = ([], [])
        for number in range(WARM_UP + rounds):
            for which in (0, 1) if number % 2 else (1, 0):
                took = _timed(pair[which], clock)
                if number >= WARM_UP:
                    times[which].append(took)
    yield result(f"tick, none due, {many:,} timers waiting", times[1], f"{few:,} waiting", times[0])


def _fill(database: Database, clock: Clock, timers: int) -> None:
    """Let so many timers wait, none of which comes due while we measure."""
    bench = prepare(database, clock())
    models = [bench.advance_to(bench.submit(), "appraise") for _ in range(MODELS)]
    with database.reading() as tx:
        each = tx.execute(select(func.count()).select_from(timer)).scalar_one() // MODELS
    copies = max(0, timers // each - MODELS)
    copy(database, [model.code for model in models], copies, WAITING)
    settle(database)


def _timed(database: Database, clock: Clock) -> float:
    began = time.perf_counter()
    report = tick(database, clock)
    took = time.perf_counter() - began
    if report.claimed:
        raise RuntimeError("a timer came due while idle ticks were measured")
    return took
