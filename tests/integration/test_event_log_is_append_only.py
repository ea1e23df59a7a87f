"""What was written into the log of events stays as it was written."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DatabaseError, DBAPIError

from engine.store import agencies, editions, users
from engine.store.database import Database
from engine.store.tables import definition, dossier, event, event_payload
from tests.clock import START

REFUSED = "append-only"


@pytest.fixture
def log(database: Database) -> Database:
    """A database with one dossier, that has one event with a payload."""
    write_log(database)
    return database


def write_log(database: Database) -> None:
    with database.transaction() as tx:
        agencies.add(tx, "H40", "Tỉnh", "province", "H40")
        user = users.add(tx, "portal", "Cổng Dịch vụ công", None, START)
        tx.execute(
            insert(definition).values(digest="v", procedure="9.1", sources={}, deployed_at=START)
        )
        in_force = vars(editions.in_force(tx, "H40"))
        tx.execute(insert(dossier).values({**_dossier(user), **in_force}))
        tx.execute(insert(event).values(_event()))
        tx.execute(insert(event_payload).values(dossier_id=1, seq=1, salt=b"s" * 16, body={"a": 1}))


def _dossier(submitted_by: int) -> dict[str, Any]:
    return {
        "id": 1,
        "code": "H40-260706-0001",
        "procedure": "9.1",
        "version": "v",
        "channel": "direct",
        "receiving_agency": "H40",
        "competent_agency": "H40",
        "submitted_by": submitted_by,
        "owner_name": "Nguyễn Văn A",
        "status": "new",
        "standing": "intake",
        "overdue": False,
        "submitted_at": START,
        "seq": 1,
        "head": "h" * 64,
    }


def _event(**changes: Any) -> dict[str, Any]:
    return {
        "dossier_id": 1,
        "seq": 1,
        "agency": "H40",
        "type": "DOSSIER_SUBMITTED",
        "at": START,
        "actor": "1",
        "data": {},
        "payload_digest": "d" * 64,
        "hash": "h" * 64,
    } | changes


def events(database: Database) -> list[Any]:
    with database.reading() as tx:
        return [tuple(row) for row in tx.execute(select(event))]


@pytest.mark.parametrize(
    "statement",
    [
        update(event).values(at=START + timedelta(hours=1)),
        update(event).values(hash=event.c.hash),
        delete(event),
        delete(event).where(event.c.seq == 1),
        update(event_payload).values(body={"a": 2}),
    ],
    ids=["change", "change nothing", "delete all", "delete one", "change a payload"],
)
def test_no_statement_changes_the_log(log: Database, statement: Any) -> None:
    before = events(log)
    with pytest.raises(DBAPIError, match=REFUSED), log.transaction() as tx:
        tx.execute(statement)
    assert events(log) == before


def test_an_event_is_not_written_over_another(log: Database) -> None:
    with pytest.raises(DatabaseError), log.transaction() as tx:
        tx.execute(insert(event).values(_event(hash="x" * 64)))


def test_replace_is_refused_too(sqlite_database: Database) -> None:
    write_log(sqlite_database)
    statement = insert(event).prefix_with("OR REPLACE").values(_event(hash="x" * 64))
    with pytest.raises(DBAPIError, match=REFUSED), sqlite_database.transaction() as tx:
        tx.execute(statement)


def test_truncate_is_refused_too(postgres_database: Database) -> None:
    write_log(postgres_database)
    with pytest.raises(DBAPIError, match=REFUSED), postgres_database.transaction() as tx:
        tx.execute(text("TRUNCATE event CASCADE"))


def test_a_further_event_may_be_written(log: Database) -> None:
    with log.transaction() as tx:
        tx.execute(insert(event).values(_event(seq=2, payload_digest=None)))
    assert len(events(log)) == 2


def test_a_payload_may_be_erased_by_law(log: Database) -> None:
    before = events(log)
    with log.transaction() as tx:
        tx.execute(delete(event_payload))
    assert events(log) == before
