"""A scheduler killed with SIGKILL in the middle of a batch loses nothing and doubles nothing."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from engine.model.event import EventType
from engine.store.database import Database
from engine.store.timers import LEASE
from engine.verification import all_codes, verify_dossier
from notifications.tick import tick
from tests.clock import START, FakeClock
from tests.databases import FURNISHED, PostgresSource
from tests.integration.scheduler.lives import submit, times_per_dossier
from tests.integration.scheduler.stepping import Step
from tests.office import Office

DUE = 12
FIRED = 4
PATIENCE_SECONDS = 60.0
HOUR = timedelta(hours=1)


def kill_a_scheduler(database: Database, clock: FakeClock, fired: int, where: Step) -> None:
    """Let another process fire so many timers, and kill it there."""
    module = "tests.integration.scheduler.doomed"
    command = [sys.executable, "-m", module, url_of(database), clock().isoformat(), str(fired)]
    with subprocess.Popen([*command, where], stdout=subprocess.PIPE, text=True) as doomed:
        assert doomed.stdout is not None
        assert doomed.stdout.readline() == "ready\n"
        doomed.kill()


def url_of(database: Database) -> str:
    """Where it is."""
    return database.engine.url.render_as_string(hide_password=False)


def assert_whole(database: Database, count: int) -> None:
    """Each became overdue once, and the logs hold."""
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1] * count
    with database.reading() as tx:
        assert [verify_dossier(tx, code) for code in all_codes(database)] == [None] * count


@pytest.mark.parametrize("where", [Step.FIRING, Step.LOCKED, Step.APPLIED])
def test_killed_in_mid_batch(
    office: Office, database: Database, clock: FakeClock, where: Step
) -> None:
    submit(office, DUE)
    clock.set("2026-07-06 09:00")
    kill_a_scheduler(database, clock, FIRED, where)
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1] * FIRED
    assert tick(database, clock).claimed == 0
    clock.advance(LEASE)
    tick(database, clock)
    assert_whole(database, DUE)


@pytest.mark.parametrize(("fired", "where"), [(0, Step.CLAIMED), (FIRED, Step.APPLIED)])
def test_killed_while_the_clock_was_an_hour_ahead(
    office: Office, database: Database, clock: FakeClock, fired: int, where: Step
) -> None:
    """Its leases end in the future; whoever has the right time goes on at once."""
    submit(office, DUE)
    clock.set("2026-07-06 10:30")
    kill_a_scheduler(database, clock, fired, where)
    clock.advance(-HOUR)
    tick(database, clock)
    assert_whole(database, DUE)


class Pace:
    """The clock of two processes: it runs, from where the test puts it."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def put(self, moment: datetime) -> None:
        """Let it be so late now."""
        ahead = moment.timestamp() - time.clock_gettime(time.CLOCK_MONOTONIC)
        whole = self.file.with_suffix(".new")
        whole.write_text(str(ahead))
        whole.replace(self.file)


@contextmanager
def running(database: Database, pace: Pace) -> Iterator[subprocess.Popen[bytes]]:
    """A scheduler as a process, with the clock of the test."""
    module = "tests.integration.scheduler.paced"
    command = [sys.executable, "-m", module, url_of(database), str(pace.file)]
    with subprocess.Popen(command) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_until(done: Callable[[], bool]) -> None:
    """Until it is."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_one_of_two_processes_is_killed_while_the_clock_jumps(
    postgres_source: PostgresSource, tmp_path: Path
) -> None:
    """Due: many at nine, some half an hour later, some two hours later. The clock says nine, one
    is killed, the clock says ten, then nine again, and at last it is noon."""
    pace, many, some = Pace(tmp_path / "pace"), 150, 10
    with postgres_source.fresh(FURNISHED) as database:
        office = Office(database)
        for after, count in ((0, many), (30, some), (120, some)):
            submit(office, count, at=START + timedelta(minutes=after))

        def fired() -> int:
            return len(times_per_dossier(database, EventType.TASK_OVERDUE))

        pace.put(START + HOUR)
        with running(database, pace) as one, running(database, pace) as other:
            wait_until(lambda: fired() >= many // 3)
            one.kill()
            assert fired() < many
            pace.put(START + 2 * HOUR)
            wait_until(lambda: fired() == many + some)
            pace.put(START + HOUR)
            time.sleep(0.5)
            assert fired() == many + some
            pace.put(START + 4 * HOUR)
            wait_until(lambda: fired() == many + 2 * some)
            assert other.poll() is None
        assert_whole(database, many + 2 * some)
