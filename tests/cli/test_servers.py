"""`motcua serve` and `motcua demo` as real processes, ended as people end them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from cli.demo.command import PASSWORD
from engine.store.database import Database

PATIENCE_SECONDS = 60.0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(url: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A command as a process, killed at the end if it still runs."""
    environment = {**os.environ, "MOTCUA_DATABASE_URL": url}
    command = [sys.executable, "-m", "cli", *words]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_until_ready(address: str) -> None:
    """Until the server answers."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            if requests.get(f"{address}/readyz", timeout=5).status_code == 200:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    pytest.fail("the server does not answer")


def wait_until_said(process: subprocess.Popen[str], what: str) -> None:
    """Until the process, or a child of it, says something on standard error."""
    assert process.stderr is not None
    assert any(what in line for line in process.stderr), f"nobody said {what}"


def end(process: subprocess.Popen[str], ending: signal.Signals) -> str:
    """Tell a process to end; what it said on standard error until then, children included."""
    process.send_signal(ending)
    _, said = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
    return said


def test_the_server_answers_until_told_to_end(database: Database) -> None:
    port = str(free_port())
    url = database.engine.url.render_as_string(hide_password=False)
    with running(url, "serve", "--port", port) as process:
        wait_until_ready(f"http://127.0.0.1:{port}")
        end(process, signal.SIGTERM)


def test_the_demonstration_serves_and_ticks_until_ctrl_c(tmp_path: Path) -> None:
    port = str(free_port())
    address = f"http://127.0.0.1:{port}"
    words = ("demo", "--finished", "2", "--open", "3", "--port", port)
    with running(f"sqlite:///{tmp_path / 'demo.sqlite'}", *words) as process:
        wait_until_said(process, "scheduler_started")
        wait_until_ready(address)
        who = {"username": "tiepnhan1", "password": PASSWORD}
        assert requests.post(f"{address}/api/v1/sessions", json=who, timeout=30).status_code == 201
        said = end(process, signal.SIGINT)
    assert "scheduler_stopped" in said


def test_a_port_in_use_is_told_before_anything_is_filled(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with running(f"sqlite:///{tmp_path / 'demo.sqlite'}", "demo", "--port", port) as process:
            _, said = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 1
    assert said.startswith(f"Lỗi: Không dùng được cổng {port}")
    assert not (tmp_path / "demo.sqlite").exists()


def test_sqlite_is_served_by_one_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.sqlite'}"
    with running(url, "migrate") as migrating:
        migrating.communicate(timeout=PATIENCE_SECONDS)
    with running(url, "serve", "--workers", "2") as process:
        _, said = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 2
    assert "SQLite" in said
