"""How late alerts are: many open dossiers, of which some come due while a real scheduler runs.

The scheduler is a process of its own, at its usual pace, on a clock that runs as the real one
does and shows a working morning. All dossiers are as the engine wrote them; those that come
due were submitted one by one.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select

from cli.bench.copies import copy, settle, whole
from cli.bench.databases import Ground
from cli.bench.result import Result
from cli.bench.subjects import Bench, prepare
from engine.deadlines.calendar import VIETNAM
from engine.model.dossier import Dossier
from engine.store.database import Database
from engine.store.tables import dossier, timer
from engine.wallclock import Clock

MORNING = datetime(2026, 7, 7, 8, 0, tzinfo=VIETNAM)
"""A Tuesday. Time limits of some hours end on the same morning, as far apart as they began."""

MODELS = 50
LEAD = timedelta(seconds=3)
ALLOWED_SECONDS = 2.0
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Rush:
    """So many open dossiers, of which so many come due within so many seconds."""

    open: int
    due: int
    seconds: float


def lateness(
    ground: Ground, clock: Clock, rush: Rush, say: Callable[[str], None]
) -> Iterator[Result]:
    """From a timer's moment to the commit that makes it happen, beside what is allowed."""
    with ground.another("lateness") as database:
        say(f"{rush.open:,} hồ sơ mở…")
        bench = prepare(database, MORNING)
        _fill(bench, rush)
        settle(database)
        say(f"{rush.due:,} hẹn giờ đến hạn trong {rush.seconds:g} giây…")
        late = sorted(_fired(database, clock, _submitted(bench, rush)))
    of = f"{len(late):,} timers due in {rush.seconds:g} s, {rush.open:,} dossiers open"
    for name, share in (("p50", 0.5), ("p99", 0.99), ("maximum", 1.0)):
        at = late[min(len(late) - 1, int(share * len(late)))]
        yield Result(f"lateness, {name} ({of})", at * 1_000, "allowed", ALLOWED_SECONDS * 1_000)


def _fill(bench: Bench, rush: Rush) -> None:
    """Open dossiers that come due on later days."""
    others = max(0, rush.open - rush.due)
    models = []
    for number in range(min(MODELS, others)):
        later = replace(bench, now=MORNING + timedelta(days=1, minutes=3 * number))
        models.append(later.advance_to(later.submit(), "appraise").code)
    if models:
        copy(bench.database, models, others - len(models), whole())


def _submitted(bench: Bench, rush: Rush) -> list[Dossier]:
    pace = timedelta(seconds=rush.seconds / rush.due)
    return [replace(bench, now=MORNING + number * pace).submit() for number in range(rush.due)]


def _fired(database: Database, clock: Clock, rush: list[Dossier]) -> list[float]:
    """Let a scheduler fire what comes due first in each dossier; seconds by which it was late."""
    codes = [each.code for each in rush]
    with database.reading() as tx:
        ours = select(dossier.c.id).where(dossier.c.code.in_(codes))
        first = (
            select(func.min(timer.c.due_at))
            .where(timer.c.dossier_id.in_(ours))
            .group_by(timer.c.dossier_id)
        )
        moments = sorted(tx.execute(first).scalars())
    begin, end = moments[0], moments[-1]
    late = _run(database, clock, begin - LEAD, end)
    if len(late) < len(rush):
        raise RuntimeError(f"only {len(late)} of {len(rush)} timers were fired")
    return late


def _run(database: Database, clock: Clock, start: datetime, end: datetime) -> list[float]:
    url = database.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "cli.bench.scheduling", url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as process:  # type: ignore[call-overload]  # noqa: S603
        try:
            process.stdout.readline()  # It has read its modules and waits for the time of day.
            ahead = start - clock()
            process.stdin.write(f"{ahead.total_seconds()}\n")
            process.stdin.flush()
            _wait(database, clock, ahead, end)
        finally:
            process.terminate()
        said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    late: list[float] = json.loads(said)
    return late


def _wait(database: Database, clock: Clock, ahead: timedelta, end: datetime) -> None:
    """Until the last moment has come and nothing that came due waits any more."""
    waiting = select(func.count()).where(timer.c.due_at <= end)
    patience = end + timedelta(seconds=PATIENCE_SECONDS)
    while clock() + ahead < patience:
        time.sleep(1)
        if clock() + ahead > end:
            with database.reading() as tx:
                if not tx.execute(waiting).scalar_one():
                    return
