"""Brings a database to the newest schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from engine.store.database import Database

LOCK = 0x6D6F74637561
"""Number of the advisory lock on PostgreSQL: "motcua" in ASCII."""


def upgrade(database: Database) -> None:
    """Run the steps that are missing, all or none; safe when several processes start at once.

    They wait for each other: on SQLite for the write lock, on PostgreSQL for an advisory lock.
    """
    with _rebuilding(database) if database.is_sqlite else database.transaction() as tx:
        if not database.is_sqlite:
            tx.execute(select(func.pg_advisory_xact_lock(LOCK)))
        command.upgrade(config(tx), "head")


def current(database: Database) -> str | None:
    """The step that the database has reached; None when it is empty."""
    with database.reading() as tx:
        return MigrationContext.configure(tx).get_current_revision()


def newest() -> str | None:
    """The last step that this program knows."""
    return ScriptDirectory.from_config(config()).get_current_head()


def config(tx: Connection | None = None) -> Config:
    """What Alembic needs to know; `tx` is the transaction in which steps run."""
    settings = Config(attributes={"connection": tx})
    settings.set_main_option("script_location", str(files("migrations")).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    return settings


@contextmanager
def _rebuilding(database: Database) -> Iterator[Connection]:
    """A transaction in which a table that others refer to may be dropped and made again.

    SQLite changes a table only in that way. References must hold again at the end. The pragma
    has no effect inside a transaction, so it goes past SQLAlchemy, which would begin one.
    """
    with database.engine.connect() as connection:
        raw = connection.connection
        raw.cursor().execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                    raise ValueError(f"references broken by a migration: {broken}")
        finally:
            raw.cursor().execute("PRAGMA foreign_keys=ON")
