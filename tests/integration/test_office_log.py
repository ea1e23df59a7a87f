"""What was written into the log of administration stays, and any change of it is found."""

import threading
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DatabaseError, DBAPIError

from engine.model.office_event import OfficeEvent, OfficeEventType
from engine.store import office_log
from engine.store.database import Database
from engine.store.office_tables import office_event
from engine.store.office_tables import office_log as head
from engine.verification import office_log as verification
from engine.verification.office_log import verify_office_log
from tests.clock import START

REFUSED = "append-only"


def _write(database: Database, name: str = "Phòng Đất") -> None:
    event = OfficeEvent(OfficeEventType.UNIT_ADDED, "H40", "agency:H40", {}, {"name": name})
    with database.transaction() as tx:
        office_log.record(tx, event, "1", START)


@pytest.fixture
def log(database: Database) -> Database:
    """A database whose log has three entries."""
    for number in range(3):
        _write(database, f"Phòng {number}")
    return database


def _reason(database: Database) -> str | None:
    with database.reading() as tx:
        return verify_office_log(tx).reason


@pytest.mark.parametrize(
    "statement",
    [
        update(office_event).values(actor="2"),
        update(office_event).values(hash=office_event.c.hash),
        delete(office_event),
        delete(office_event).where(office_event.c.seq == 1),
    ],
    ids=["change", "change nothing", "delete all", "delete one"],
)
def test_no_statement_changes_the_log(log: Database, statement: Any) -> None:
    with pytest.raises(DBAPIError, match=REFUSED), log.transaction() as tx:
        tx.execute(statement)
    assert _reason(log) is None


def _copy(database: Database) -> dict[str, Any]:
    with database.reading() as tx:
        row = tx.execute(select(office_event).where(office_event.c.seq == 1)).one()
    return {**row._mapping, "actor": "2"}


def test_an_entry_is_not_written_over_another(log: Database) -> None:
    with pytest.raises(DatabaseError), log.transaction() as tx:
        tx.execute(insert(office_event).values(_copy(log)))


def test_replace_is_refused_too(sqlite_database: Database) -> None:
    _write(sqlite_database)
    statement = insert(office_event).prefix_with("OR REPLACE").values(_copy(sqlite_database))
    with pytest.raises(DBAPIError, match=REFUSED), sqlite_database.transaction() as tx:
        tx.execute(statement)


def test_truncate_is_refused_too(postgres_database: Database) -> None:
    _write(postgres_database)
    with pytest.raises(DBAPIError, match=REFUSED), postgres_database.transaction() as tx:
        tx.execute(text("TRUNCATE office_event CASCADE"))


def test_a_whole_log_is_verified_in_batches(log: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "BATCH", 2)
    with log.reading() as tx:
        assert verify_office_log(tx).entries == 3
    assert _reason(log) is None


def _without_triggers(database: Database) -> None:
    with database.transaction() as tx:
        for name in ("update", "delete"):
            on = "" if database.is_sqlite else " ON office_event"
            tx.execute(text(f"DROP TRIGGER office_event_refuses_{name}{on}"))


@pytest.mark.parametrize(
    ("tampering", "said"),
    [
        (update(office_event).where(office_event.c.seq == 2).values(actor="2"), "Mục số 2"),
        (update(office_event).where(office_event.c.seq == 2).values(after={}), "Mục số 2"),
        (update(office_event).where(office_event.c.seq == 1).values(agency=None), "Mục số 1"),
        (delete(office_event).where(office_event.c.seq == 2), "Thiếu mục số 2"),
        (delete(office_event).where(office_event.c.seq == 3), "Thiếu các mục sau số 2"),
        (update(head).values(seq=4), "Thiếu các mục sau số 3"),
        (update(head).values(head="0" * 64), "Thiếu các mục sau số 3"),
    ],
)
def test_tampering_is_found(log: Database, tampering: Any, said: str) -> None:
    _without_triggers(log)
    with log.transaction() as tx:
        tx.execute(tampering)
    assert said in (_reason(log) or "")


def test_many_who_write_at_once_make_one_chain(database: Database) -> None:
    threads = [threading.Thread(target=_write, args=(database, f"Phòng {n}")) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as tx:
        state = verify_office_log(tx)
    assert (state.entries, state.reason) == (8, None)
