"""The example office as a real server, for pages whose commands are to be run."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from tests.docs.pages import ROOT

WRITTEN_ADDRESS = "127.0.0.1:8000"
"""Where the pages say that the server is."""

_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Demonstration:
    """A served office; `path` is its SQLite database."""

    path: Path
    port: int

    @property
    def environment(self) -> dict[str, str]:
        """What commands on this office find around them."""
        return environment(self.path)

    def run(self, lines: str) -> str:
        """Run lines of bash as a reader would, on this office; gives what they print.

        They stop at the first that fails, and the test with them. Without curl it is skipped.
        """
        if shutil.which("curl") is None:
            pytest.skip("curl is missing; on Debian: apt-get install curl")
        return run_bash(lines.replace(WRITTEN_ADDRESS, f"127.0.0.1:{self.port}"), self.path, ROOT)

    def heads(self) -> dict[str, str]:
        """The last hash of every dossier, by code."""
        with closing(sqlite3.connect(self.path)) as connection:
            return dict(connection.execute("SELECT code, head FROM dossier ORDER BY id"))

    def copy_to(self, path: Path) -> None:
        """A whole copy of the database, though others write to it."""
        with closing(sqlite3.connect(self.path)) as whole, closing(sqlite3.connect(path)) as copy:
            whole.backup(copy)


def environment(path: Path) -> dict[str, str]:
    """That of this process, with the database and with `motcua` and `python3` of these tests."""
    beside = str(Path(sys.executable).parent)
    return {
        **os.environ,
        "PATH": os.pathsep.join([beside, os.environ["PATH"]]),
        "MOTCUA_DATABASE_URL": f"sqlite:///{path}",
        "MOTCUA_TRUST_ROOTS": str(path.with_suffix(".trust")),
    }


def run_bash(lines: str, path: Path, folder: Path) -> str:
    """Run lines of bash in a folder, with the database at `path`."""
    lines = lines.replace(".venv/bin/motcua", "motcua")
    command = ["bash", "-c", f"set -euo pipefail\n{lines}"]
    result = subprocess.run(
        command,
        cwd=folder,
        env=environment(path),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"
    return result.stdout


@contextmanager
def demonstration(folder: Path) -> Iterator[Demonstration]:
    """Fill a small office in a folder and serve it until the block ends."""
    path, port = folder / "demo.db", _free_port()
    run_bash("motcua demo --no-serve --finished 3 --open 3", path, folder)
    command = [sys.executable, "-m", "cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment(path)) as server:
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}/readyz")
            yield Demonstration(path, port)
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(address: str) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            if requests.get(address, timeout=5).status_code == 200:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    pytest.fail("the server does not answer")
