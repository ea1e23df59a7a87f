"""Limits hold for all processes, begin anew by themselves, and leave nothing behind."""

import subprocess
import sys

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.exceptions import TooManyRequests

from api.limits import LIMITS, Limits, address_block
from api.services import Services
from engine.files import FileStore
from engine.settings import Settings
from engine.store.database import Database
from engine.store.sign_in_tables import rate_limit
from tests.clock import FakeClock

TRIES = LIMITS["sign_in"].tries
WITHIN = LIMITS["sign_in"].within


@pytest.fixture
def limits(database: Database, clock: FakeClock) -> Limits:
    """Those of the test's database."""
    return Limits(Services(Settings(), database, clock, FileStore.of(Settings())))


def rows(database: Database) -> int:
    """How many counters there are."""
    with database.reading() as tx:
        return tx.execute(select(func.count()).select_from(rate_limit)).scalar_one()


def use_up(limits: Limits, *key: str) -> None:
    """Try as often as one may."""
    for _ in range(TRIES):
        limits.hit("sign_in", *key)


def test_one_too_many(limits: Limits, clock: FakeClock) -> None:
    use_up(limits, "an", "10.0.0.1")
    clock.advance(minutes=4)
    for _ in range(3):
        with pytest.raises(TooManyRequests) as refused:
            limits.hit("sign_in", "an", "10.0.0.1")
        assert refused.value.retry_after == 60
    clock.advance(minutes=1)
    use_up(limits, "an", "10.0.0.1")


@pytest.mark.parametrize("other", [("an", "10.0.0.2"), ("a", "n10.0.0.1"), ("an", "10.0.0.1", "")])
def test_keys_are_apart(limits: Limits, other: tuple[str, ...]) -> None:
    use_up(limits, "an", "10.0.0.1")
    limits.hit("sign_in", *other)


def test_names_are_apart(limits: Limits) -> None:
    use_up(limits, "an")
    limits.hit("sign_in_address", "an")


def test_what_is_given_back_or_forgotten(limits: Limits) -> None:
    use_up(limits, "an")
    limits.give_back("sign_in", "an")
    limits.hit("sign_in", "an")
    with pytest.raises(TooManyRequests):
        limits.hit("sign_in", "an")
    limits.forget("sign_in", "an")
    use_up(limits, "an")
    limits.give_back("sign_in", "nobody ever tried")


@pytest.mark.parametrize("key", ["", "\0", "\ud800", "tên có dấu", "x" * 100_000])
def test_any_text_is_a_key(limits: Limits, key: str) -> None:
    use_up(limits, key)
    with pytest.raises(TooManyRequests):
        limits.hit("sign_in", key)


def test_names_and_addresses_are_not_kept(limits: Limits, database: Database) -> None:
    limits.hit("sign_in", "an", "10.0.0.1")
    with database.reading() as tx:
        (kept,) = tx.execute(select(rate_limit)).all()
    assert len(bytes.fromhex(kept.key)) == 32


def test_old_rows_go(limits: Limits, database: Database, clock: FakeClock) -> None:
    for number in range(100):
        limits.hit("sign_in", f"first {number}")
    assert rows(database) == 100
    clock.advance(WITHIN)
    for number in range(20):
        limits.hit("sign_in", f"second {number}")
    assert rows(database) == 20


def test_processes_count_together(database: Database) -> None:
    """Five at once try twenty times each with one key: exactly as many as may get through."""
    program = (
        "import sys; from datetime import datetime, UTC;"
        "from tests.api.test_limits import tries;"
        "print(tries(sys.argv[1], datetime(2026, 7, 6, tzinfo=UTC)))"
    )
    url = database.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", program, url]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(5)]
    done = [process.communicate(timeout=60)[0] for process in processes]
    assert sum(map(int, done)) == TRIES


def tries(url: str, now: object) -> int:
    """In a process of its own: how many of twenty tries get through."""
    database = Database(url)
    limits = Limits(Services(Settings(), database, lambda: now, FileStore.of(Settings())))  # type: ignore[arg-type,return-value]
    through = 0
    for number in range(20):
        limits.hit("sign_in", f"others {number}")
        try:
            limits.hit("sign_in", "an")
        except TooManyRequests:
            continue
        through += 1
    database.close()
    return through


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
        (None, ""),
    ],
)
def test_where_a_request_comes_from(address: str | None, block: str) -> None:
    with Flask("test").test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert address_block() == block
