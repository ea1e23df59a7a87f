"""A scheduler killed with SIGKILL in the middle of a batch loses nothing and doubles nothing."""

import subprocess
import sys

import pytest

from engine.model.event import EventType
from engine.store.database import Database
from engine.store.timers import LEASE
from engine.verification import all_codes, verify_dossier
from notifications.tick import tick
from tests.clock import FakeClock
from tests.integration.scheduler.lives import submit, times_per_dossier
from tests.office import Office

DUE = 12
FIRED = 4


def kill_a_scheduler(database: Database, clock: FakeClock, where: str) -> None:
    """Let another process fire `FIRED` timers, and kill it there."""
    url = database.engine.url.render_as_string(hide_password=False)
    module = "tests.integration.scheduler.doomed"
    command = [sys.executable, "-m", module, url, clock().isoformat(), str(FIRED), where]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as doomed:
        assert doomed.stdout is not None
        assert doomed.stdout.readline() == "ready\n"
        doomed.kill()


@pytest.mark.parametrize("where", ["between", "within"])
def test_killed_in_mid_batch(
    office: Office, database: Database, clock: FakeClock, where: str
) -> None:
    submit(office, DUE)
    clock.set("2026-07-06 09:00")
    kill_a_scheduler(database, clock, where)
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1] * FIRED
    assert tick(database, clock).claimed == 0
    clock.advance(LEASE)
    assert tick(database, clock).fired == DUE - FIRED
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1] * DUE
    with database.reading() as tx:
        assert [verify_dossier(tx, code) for code in all_codes(database)] == [None] * DUE
