"""What is done once a night, by one process only."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from engine.store import idempotency
from engine.store.database import Database
from engine.store.tables import idempotency_key
from notifications.nightly import KEYS_KEPT, LOCK, nightly
from tests.clock import FakeClock
from tests.office import Office


def add_key(office: Office, key: str, at: datetime) -> None:
    """Remember an answer."""
    with office.database.transaction() as tx:
        user = office.actor("portal").id
        idempotency.claim(tx, user, key, "0" * 64, at)
        idempotency.keep(tx, user, key, idempotency.Answer(201, "{}", {}))


def test_old_keys_are_forgotten(office: Office, database: Database, clock: FakeClock) -> None:
    add_key(office, "old", clock() - KEYS_KEPT - timedelta(seconds=1))
    add_key(office, "new", clock() - KEYS_KEPT + timedelta(seconds=1))
    assert nightly(database, clock())
    with database.reading() as tx:
        assert tx.execute(select(idempotency_key.c.key)).scalars().all() == ["new"]


def test_only_one_process_at_a_time(postgres_database: Database, clock: FakeClock) -> None:
    with postgres_database.transaction() as tx:
        tx.execute(select(func.pg_advisory_xact_lock(LOCK)))
        assert not nightly(postgres_database, clock())
    assert nightly(postgres_database, clock())
