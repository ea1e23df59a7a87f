"""Running dossiers taken to another version while people go on working on them.

None may be lost, none in two versions, and each must replay to what is stored.
"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from sqlalchemy import select

from bpmn.procedure import Procedure, procedure_from_sources
from bpmn.roles import Role
from cli.bench.result import Result, result
from cli.bench.subjects import Bench
from cli.demo.kinds import BIRTH
from cli.demo.office import COMMUNE
from engine.commands.dossier_migrations import PlanMigration, plan_migration, start_migration
from engine.model.actor import Actor
from engine.store import definitions
from engine.store.tables import dossier as table
from engine.verification import verify_dossier
from notifications.migrating import carry_on

_OLD, _NEW = "appraise", "examine"


def migration(bench: Bench, count: int, say: Callable[[str], None]) -> Iterator[Result]:
    """So many dossiers go over, first tried and then for good, and every second one is worked on
    meanwhile; beside a completion at the same time. Raises where one is lost or does not prove."""
    say(f"Lập {count:,} hồ sơ…")
    codes = [bench.advance_to(bench.submit(), _OLD).code for _ in range(count)]
    after = _changed(bench)
    answers = {**bench.answers, _NEW: bench.answers[_OLD]}
    number = _planned(bench, after)
    say(f"Chạy thử {count:,} hồ sơ…")
    tried = _paced(bench)
    with bench.database.transaction() as tx:
        start_migration(tx, number, _decider(bench), bench.now)
    say(f"Chuyển {count:,} hồ sơ…")
    people = _People(replace(bench, answers=answers), codes[::-2])
    people.start()
    done = _paced(bench)
    completions = people.stop()
    say(f"Kiểm chứng {count:,} hồ sơ…")
    verified = _proven(bench, codes, after)
    yield result(f"try to migrate a dossier (of {count:,})", tried, "a completion", completions)
    name = f"migrate a dossier (of {count:,}, others worked on)"
    yield result(name, done, "a completion", completions)
    yield result(f"verify a migrated dossier (of {count:,})", verified, "a completion", completions)


def _changed(bench: Bench) -> Procedure:
    """The procedure with another step in the place of its appraisal, put in force."""
    files = {
        name.replace(_OLD, _NEW): text.replace(_OLD, _NEW)
        for name, text in bench.procedure.sources.items()
    }
    after = procedure_from_sources(files)
    with bench.database.transaction() as tx:
        definitions.put(tx, after, None, bench.now)
    return after


def _planned(bench: Bench, after: Procedure) -> int:
    command = PlanMigration(BIRTH, after.digest, COMMUNE, "Phép đo", {_OLD: _NEW})
    with bench.database.transaction() as tx:
        return plan_migration(tx, command, _decider(bench), bench.now)[0]


def _decider(bench: Bench) -> Actor:
    return bench.office.in_role(Role.ADMINISTRATOR)[0]


def _paced(bench: Bench) -> list[float]:
    """Seconds that each dossier took."""
    moments = [time.perf_counter()]

    def go_on() -> bool:
        moments.append(time.perf_counter())
        return True

    carry_on(bench.database, lambda: bench.now, go_on)
    moments = [*moments[1:], time.perf_counter()]
    return [after - before for before, after in pairwise(moments)]


class _People:
    """Someone who completes one step of each dossier, as fast as one person's program can."""

    def __init__(self, bench: Bench, codes: list[str]) -> None:
        self._bench = bench
        self._codes = codes
        self._times: list[float] = []
        self._failed: list[Exception] = []
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> list[float]:
        """End before the next dossier; seconds that each completion took."""
        self._stopped.set()
        self._thread.join()
        if self._failed:
            raise self._failed[0]
        return self._times

    def _work(self) -> None:
        try:
            for code in self._codes:
                began = time.perf_counter()
                self._bench.advance(self._bench.reload(code))
                self._times.append(time.perf_counter() - began)
                if self._stopped.is_set():
                    return
        except Exception as error:
            self._failed.append(error)


def _proven(bench: Bench, codes: list[str], after: Procedure) -> list[float]:
    with bench.database.reading() as tx:
        rows = tx.execute(select(table.c.code, table.c.version, table.c.outcome)).all()
    lost = set(codes) - {row.code for row in rows}
    old = [row.code for row in rows if row.outcome is None and row.version != after.digest]
    if lost or old:
        raise RuntimeError(f"{len(lost)} dossiers lost, {len(old)} left behind")
    times = []
    for code in codes:
        began = time.perf_counter()
        with bench.database.reading() as tx:
            broken = verify_dossier(tx, code)
        times.append(time.perf_counter() - began)
        if broken:
            raise RuntimeError(str(broken))
    return times
