"""The scheduler as it really runs: in threads, and as a process of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta
from urllib.request import urlopen

import pytest

from engine.model.event import EventType
from engine.store.database import Database
from engine.wallclock import wall_clock
from notifications.scheduler import Scheduler
from tests.clock import FakeClock
from tests.integration.scheduler.lives import count_timers, submit, times_per_dossier
from tests.office import Office

PATIENCE_SECONDS = 30.0


def wait_until_quiet(database: Database) -> None:
    """Until no timer waits any more."""
    end = time.monotonic() + PATIENCE_SECONDS
    while count_timers(database):
        assert time.monotonic() < end, "the scheduler does not fire"
        time.sleep(0.02)


def test_it_ticks_from_start_to_stop(office: Office, database: Database, clock: FakeClock) -> None:
    submit(office, 3)
    clock.set("2026-07-10 09:00")
    scheduler = Scheduler(database, clock, interval=0.05)
    scheduler.start()
    wait_until_quiet(database)
    scheduler.stop()
    submit(office)
    time.sleep(0.2)
    assert count_timers(database) == 2


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_process_fires_what_is_due_and_ends_when_told(
    office: Office, database: Database, ending: signal.Signals
) -> None:
    submit(office, 5, at=wall_clock() - timedelta(days=30))
    url = database.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "cli", "scheduler", "--interval", "0.05", "--batch", "2"]
    environment = {**os.environ, "MOTCUA_DATABASE_URL": url}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            wait_until_quiet(database)
        finally:
            process.send_signal(ending)
        _, logged = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
    assert times_per_dossier(database, EventType.TIMER_FIRED) == [2] * 5
    lines = [json.loads(line) for line in logged.splitlines()]
    assert [line["event"] for line in lines[:1] + lines[-1:]] == [
        "scheduler_started",
        "scheduler_stopped",
    ]
    assert sum(line["fired"] for line in lines if line["event"] == "ticked") == 10


def test_it_shows_its_figures_where_told(database: Database, office: Office) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    url = database.engine.url.render_as_string(hide_password=False)
    environment = {**os.environ, "MOTCUA_DATABASE_URL": url}
    command = [sys.executable, "-m", "cli", "scheduler", "--metrics-port", port]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "scheduler_started" in process.stderr.readline()
        with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            assert "motcua_tick_seconds" in answer.read().decode()
        second = subprocess.run(
            command, check=False, env=environment, capture_output=True, text=True
        )
        assert second.returncode == 1
        assert f"Không dùng được cổng {port}" in second.stderr
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
