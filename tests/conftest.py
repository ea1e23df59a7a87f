"""What all tests share: clean databases of both kinds, an office, a clock."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from engine.files import FileStore
from engine.settings import Settings
from engine.store.database import Database
from tests import postgres
from tests.clamd import Clamd, running_clamd
from tests.clock import FakeClock
from tests.databases import EMPTY, FURNISHED, Furnish, PostgresSource, SqliteSource
from tests.office import Office
from tests.sent import INFECTED

Fresh = Callable[[Furnish], AbstractContextManager[Database]]

SERVER_DIRECTORY = "MOTCUA_TEST_SERVER_DIRECTORY"
"""Environment variable by which the main process tells workers where PostgreSQL lives."""

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=50)
settings.register_profile("ci", patient)
settings.register_profile("thorough", patient, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def is_main_process() -> bool:
    """Whether this is not a worker of pytest-xdist."""
    return "PYTEST_XDIST_WORKER" not in os.environ


def pytest_configure() -> None:
    """Choose where PostgreSQL may be started, for all workers."""
    if is_main_process():
        os.environ[SERVER_DIRECTORY] = str(postgres.choose_directory())


def pytest_unconfigure() -> None:
    """Stop PostgreSQL after the last worker."""
    if is_main_process():
        postgres.stop(Path(os.environ.pop(SERVER_DIRECTORY)))


@pytest.fixture(scope="session")
def sqlite_source(tmp_path_factory: pytest.TempPathFactory) -> SqliteSource:
    """Clean SQLite databases."""
    return SqliteSource(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_source() -> Iterator[PostgresSource]:
    """Clean PostgreSQL databases."""
    server = postgres.Server(Path(os.environ[SERVER_DIRECTORY]))
    yield PostgresSource(server, prefix=os.environ.get("PYTEST_XDIST_WORKER", "main"))
    server.close()


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def fresh_database(request: pytest.FixtureRequest) -> Fresh:
    """For tests that need several: `with fresh_database(FURNISHED) as database:`, on both kinds."""
    source: SqliteSource | PostgresSource = request.getfixturevalue(f"{request.param}_source")
    return source.fresh


@pytest.fixture
def database(fresh_database: Fresh, furnish: Furnish) -> Iterator[Database]:
    """A clean database; the test runs on both kinds. Furnished when the test uses `office`."""
    with fresh_database(furnish) as database:
        yield database


@pytest.fixture
def sqlite_database(sqlite_source: SqliteSource, furnish: Furnish) -> Iterator[Database]:
    """A clean SQLite database, for what only concerns SQLite."""
    with sqlite_source.fresh(furnish) as database:
        yield database


@pytest.fixture
def postgres_database(postgres_source: PostgresSource, furnish: Furnish) -> Iterator[Database]:
    """A clean PostgreSQL database, for what only concerns PostgreSQL."""
    with postgres_source.fresh(furnish) as database:
        yield database


@pytest.fixture
def furnish(request: pytest.FixtureRequest) -> Furnish:
    """What the databases of this test are copies of."""
    return FURNISHED if "office" in request.fixturenames else EMPTY


@pytest.fixture
def office(database: Database) -> Office:
    """The office of `tests.office`, in `database`."""
    return Office(database)


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    """An empty file store, in a folder of the test."""
    return FileStore.of(Settings(storage_url=(tmp_path / "files").as_uri()))


@pytest.fixture(scope="session")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clamd]:
    """An antivirus daemon that knows a virus or two."""
    with running_clamd(tmp_path_factory.mktemp("clamd"), INFECTED) as clamd:
        yield clamd


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands at Monday 2026-07-06 08:00 in Việt Nam until it is set."""
    return FakeClock()
