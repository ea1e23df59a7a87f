"""The disk is full, the database is gone: a clear answer, nothing half done, and on it goes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, select, text
from werkzeug.test import TestResponse

from api.app import create_app
from engine.settings import Settings
from engine.store.database import Database
from engine.store.tables import dossier
from engine.verification import verify_dossier
from tests.clock import FakeClock
from tests.databases import FURNISHED, PostgresSource, SqliteSource
from tests.office import COMMUNE_1, Office

ENOUGH = 2_000
"""More dossiers than fit into the room that the test leaves."""


def _submitting(database: Database, clock: FakeClock) -> Callable[[], TestResponse]:
    """A request that hands in a small dossier at the counter."""
    settings = Settings(database_url=str(database.engine.url))
    client = create_app(settings, database, clock).test_client()
    body: dict[str, Any] = {
        "procedure": "9.000001",
        "channel": "direct",
        "receiving_agency": COMMUNE_1,
        "owner": {"name": "Nguyễn Văn An"},
        "application": {"note": "a" * 200},
    }
    headers = {"Authorization": f"Bearer {Office.token('reception1')}"}
    return lambda: client.post("/api/v1/dossiers", json=body, headers=headers)


def _verified(database: Database) -> list[str]:
    """Codes of all dossiers, each of them proven whole."""
    with database.reading() as tx:
        codes = list(tx.execute(select(dossier.c.code)).scalars())
        assert [verify_dossier(tx, code) for code in codes] == [None] * len(codes)
    return codes


@contextmanager
def _room_for(database: Database, pages: int) -> Iterator[None]:
    """While the block runs, the file may grow by so many pages only."""

    def limit(connection: Any, record: Any) -> None:
        used = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {used + pages}")

    database.engine.dispose()
    event.listen(database.engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(database.engine, "connect", limit)
        database.engine.dispose()


def test_a_full_disk_refuses_what_does_not_fit_and_loses_nothing(
    sqlite_source: SqliteSource, clock: FakeClock
) -> None:
    with sqlite_source.fresh(FURNISHED) as database:
        submit = _submitting(database, clock)
        acknowledged = []
        with _room_for(database, pages=20):
            for _ in range(ENOUGH):
                answer = submit()
                if answer.status_code != 201:
                    break
                acknowledged.append(answer.get_json()["code"])
        assert answer.status_code == 503
        assert answer.content_type == "application/problem+json"
        assert "Retry-After" in answer.headers
        assert _verified(database) == acknowledged
        assert submit().status_code == 201


def test_connections_that_the_database_cut_are_replaced(
    postgres_source: PostgresSource, clock: FakeClock
) -> None:
    with postgres_source.fresh(FURNISHED) as database:
        submit = _submitting(database, clock)
        acknowledged = [submit().get_json()["code"]]
        with database.engine.connect() as spare:
            pid = spare.execute(text("SELECT pg_backend_pid()")).scalar_one()
        _cut(database, pid)
        answer = submit()
        assert answer.status_code == 503
        assert answer.get_json()["code"] == "unavailable"
        acknowledged.append(submit().get_json()["code"])
        assert _verified(database) == acknowledged


def _cut(database: Database, pid: int) -> None:
    """End a server process from another connection."""
    other = Database(database.engine.url)
    with other.transaction() as tx:
        tx.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    other.close()
