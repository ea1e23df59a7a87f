"""The database: SQLite for one office, PostgreSQL for a province; one code path for both."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from sqlite3 import OperationalError
from time import sleep
from typing import Any

import orjson
import psycopg
from sqlalchemy import Connection, Executable, create_engine, event, func, select
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import DBAPIError

BUSY_MS = 30_000
RETRY_MS = 20
NOTICE_LOSS = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
"""So that a network that is gone is noticed after a minute, and not after hours."""


class Database:
    """Opens transactions. One instance per process; safe between threads."""

    def __init__(self, url: str | URL, pool_size: int = 16) -> None:
        parsed = make_url(url)
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        # What a statement was given may be personal; a logged failure must not show it.
        options: dict[str, Any] = {"pool_pre_ping": False, "hide_parameters": True}
        if parsed.get_backend_name() == "postgresql":
            options |= {"pool_size": pool_size, "max_overflow": pool_size}
            options["connect_args"] = NOTICE_LOSS
        self.engine: Engine = create_engine(
            parsed, json_serializer=_dump, json_deserializer=orjson.loads, **options
        )
        if self.is_sqlite:
            _prepare_sqlite(self.engine)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing: commits at the end of the block, rolls back on any exception."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """For queries only: waits for no writer and keeps none waiting.

        All of them see one moment, as replay and verification need it.
        """
        options: dict[str, Any] = {"readonly": True}
        if not self.is_sqlite:
            options["isolation_level"] = "REPEATABLE READ"
        with self.engine.connect().execution_options(**options) as connection:
            yield connection

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


@contextmanager
def pipelined(tx: Connection) -> Iterator[None]:
    """Send statements of the block without waiting for each answer, where the driver can.

    For writes whose results nobody reads. What fails, fails at the end of the block.
    """
    if tx.dialect.name != "postgresql":
        yield
        return
    driver: Any = tx.connection.driver_connection
    try:
        with driver.pipeline():
            yield
    except psycopg.Error as error:
        raise DBAPIError.instance(None, None, error, psycopg.Error) from error


def alone(tx: Connection, lock: int) -> bool:
    """Whether nobody else is at what this number stands for, until the transaction ends.

    On SQLite the transaction itself holds the only write lock.
    """
    if tx.dialect.name != "postgresql":
        return True
    return bool(tx.execute(select(func.pg_try_advisory_xact_lock(lock))).scalar_one())


def execute_each(tx: Connection, statement: Executable, rows: Iterable[dict[str, Any]]) -> None:
    """Run a statement for each row, one by one: in a pipeline the driver's own way of running it
    for many would wait for them."""
    for row in rows:
        tx.execute(statement, row)


def _dump(value: Any) -> str:
    return orjson.dumps(value).decode()


def _prepare_sqlite(engine: Engine) -> None:
    """Write-ahead log, waiting for locks, and writers that lock at their beginning.

    `synchronous=FULL`: what was acknowledged survives a power cut.
    """

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        _use_write_ahead_log(connection)
        for pragma in (
            "foreign_keys=ON",
            f"busy_timeout={BUSY_MS}",
            "synchronous=FULL",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        readonly = connection.get_execution_options().get("readonly")
        connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")


def _use_write_ahead_log(connection: Any) -> None:
    """Of processes that open a new file at once SQLite refuses all but one; these try again."""
    for _ in range(BUSY_MS // RETRY_MS):
        with suppress(OperationalError):
            connection.execute("PRAGMA journal_mode=WAL")
            return
        sleep(RETRY_MS / 1000)
    raise TimeoutError("the database stays locked")
