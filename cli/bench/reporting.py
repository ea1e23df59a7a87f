"""What the reports of a province's year cost, with fewer dossiers and with more."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, String, cast, func, literal, select, update

from cli.bench.copies import copy, settle
from cli.bench.databases import Ground
from cli.bench.result import Result, result
from cli.bench.subjects import Bench, prepare
from cli.demo.kinds import BIRTH, BUSINESS, LAND
from cli.demo.office import COMMUNE, PROVINCE
from engine.deadlines.calendar import local
from engine.model.report import Kind, Period
from engine.reports.asked import Asked
from engine.reports.kinds import COUNTINGS
from engine.store import agencies
from engine.store.database import Database
from engine.store.report_tables import report_state
from engine.store.tables import dossier
from engine.wallclock import Clock

KINDS = (Kind.II_06A, Kind.II_06B, Kind.II_06C)
COMMUNES = 120
_MODELS = 90
_YEAR = timedelta(days=365)
_ROUNDS = 3
_PREFIX = "BENCH-"
_PROCEDURES = (BIRTH, BUSINESS, LAND)


def reporting(ground: Ground, clock: Clock, total: int) -> Iterator[Result]:
    """A year's reports over a quarter, a half and all of so many dossiers of a province."""
    with ground.another("reports") as database:
        now = clock()
        models = _lead(prepare(database, now - _YEAR), now, min(_MODELS, total // 8))
        year = Asked(PROVINCE, Period(local(now - _YEAR).date(), local(now).date()), now)
        times: dict[Kind, list[list[float]]] = {kind: [] for kind in KINDS}
        floors: list[list[float]] = []
        sizes = total // 4, total // 2, total
        for size in sizes:
            _grow(database, models, size)
            floors.append(_timed(database, _scan))
            for kind in KINDS:
                counting = partial(_count, kind, year)
                times[kind].append(_timed(database, counting))
    for kind in KINDS:
        for size, took, floor in zip(sizes, times[kind], floors, strict=True):
            name = f"{kind} of a year, {size:,} dossiers"
            yield result(name, took, "a bare scan of what it counts", floor)
        growth = f"{kind} of a year, {total:,} dossiers"
        yield result(growth, times[kind][-1], f"{sizes[0]:,} dossiers", times[kind][0])


def _lead(bench: Bench, now: datetime, count: int) -> list[str]:
    """Dossiers through the year: most on time, some late, some still open."""
    with bench.database.transaction() as tx:
        for number in range(COMMUNES):
            code = f"{_PREFIX}{number}"
            agencies.add(tx, code, f"Ủy ban nhân dân xã {number}", "commune", code, PROVINCE)
    moments = (now - _YEAR * (count - n) / (count + 1) for n in range(count))
    return [_life(replace(bench, now=at), n) for n, at in enumerate(moments)]


def _life(bench: Bench, number: int) -> str:
    led = bench.submit()
    if number % 10 == 0:
        return led.code
    later = replace(bench, now=bench.now + timedelta(days=2 * (number % 7 == 0)))
    while led.tasks and led.processed_at is None:
        led = later.advance(led)
    return led.code


def _grow(database: Database, models: Sequence[str], total: int) -> None:
    """Let so many dossiers lie there, of every commune and of several fields."""
    with database.reading() as tx:
        lying = tx.execute(select(func.count()).select_from(dossier)).scalar_one()
    copy(database, models, max(0, total - lying), (dossier, report_state))
    with database.transaction() as tx:
        _spread(tx, len(models))
    settle(database)


def _spread(tx: Connection, models: int) -> None:
    """Give copies that are still where their models are to communes and procedures in turn."""
    for table, id_ in ((dossier, dossier.c.id), (report_state, report_state.c.dossier_id)):
        commune = literal(_PREFIX) + cast(id_ % COMMUNES, String)
        new = (id_ > models, table.c.competent_agency == COMMUNE)
        for rest, code in enumerate(_PROCEDURES):
            these = update(table).where(*new, id_ % len(_PROCEDURES) == rest)
            tx.execute(these.values(competent_agency=commune, procedure=code))


def _count(kind: Kind, asked: Asked, tx: Connection) -> object:
    return COUNTINGS[kind].count(tx, asked)


def _scan(tx: Connection) -> object:
    return tx.execute(select(func.count(), func.max(report_state.c.due_on))).one()


def _timed(database: Database, count: Callable[[Connection], object]) -> list[float]:
    times: list[float] = []
    for _ in range(_ROUNDS):
        with database.reading() as tx:
            began = time.perf_counter()
            count(tx)
            times.append(time.perf_counter() - began)
    return times
