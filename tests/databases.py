"""Clean databases for tests, as copies of templates that are made once per worker process.

`EMPTY` ones have the schema only, `FURNISHED` ones an office with people and procedures.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL

from engine.store.database import Database
from engine.store.migrate import upgrade
from tests import office
from tests.postgres import Server

Furnish = Callable[[Database], object]
"""Fills a template, from the schema on."""

EMPTY: Furnish = upgrade
FURNISHED: Furnish = office.furnish


class SqliteSource:
    """Copies a file."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._templates: dict[Furnish, Path] = {}
        self._numbers = count(1)

    @contextmanager
    def fresh(self, furnish: Furnish) -> Iterator[Database]:
        """A clean copy of the template that `furnish` fills."""
        path = self._directory / f"{next(self._numbers)}.sqlite"
        shutil.copyfile(self._template(furnish), path)
        try:
            with _opened(f"sqlite:///{path}") as database:
                yield database
        finally:
            for file in self._directory.glob(f"{path.name}*"):
                file.unlink()

    def _template(self, furnish: Furnish) -> Path:
        if furnish not in self._templates:
            path = self._directory / f"{furnish.__name__}.template"
            path.touch()
            with _opened(f"sqlite:///{path}") as database:
                furnish(database)
            self._templates[furnish] = path
        return self._templates[furnish]


class PostgresSource:
    """Lets the server copy a database; `prefix` keeps workers apart."""

    def __init__(self, server: Server, prefix: str) -> None:
        self._server = server
        self._prefix = prefix
        self._templates: dict[Furnish, str] = {}
        self._numbers = count(1)

    @contextmanager
    def fresh(self, furnish: Furnish) -> Iterator[Database]:
        """A clean copy of the template that `furnish` fills."""
        name = f"{self._prefix}_{next(self._numbers)}"
        url = self._server.create(name, self._template(furnish))
        try:
            with _opened(url) as database:
                yield database
        finally:
            self._server.drop(name)

    def _template(self, furnish: Furnish) -> str:
        if furnish not in self._templates:
            name = f"{self._prefix}_{furnish.__name__}"
            with _opened(self._server.create(name)) as database:
                furnish(database)
            self._templates[furnish] = name
        return self._templates[furnish]


@contextmanager
def _opened(url: str | URL) -> Iterator[Database]:
    database = Database(url)
    if database.is_sqlite:
        event.listen(database.engine, "connect", _do_not_wait_for_the_disk)
    try:
        yield database
    finally:
        database.close()


def _do_not_wait_for_the_disk(connection: Any, record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")
