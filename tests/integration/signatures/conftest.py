"""An office that can sign."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clock import FakeClock
from tests.databases import FURNISHED, SqliteSource
from tests.office import Office
from tests.pki import Authority
from tests.signing_office import SigningOffice


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def signing(
    office: Office, clock: FakeClock, tmp_path: Path, authority: Authority
) -> SigningOffice:
    """Its procedure is in force; nobody has a certificate yet. On both kinds of database."""
    return _opened(SigningOffice(office, clock, tmp_path, authority))


@pytest.fixture
def desk(
    sqlite_source: SqliteSource, clock: FakeClock, tmp_path: Path, authority: Authority
) -> Iterator[SigningOffice]:
    """The same on SQLite only, for what files and keys decide, not the database."""
    with sqlite_source.fresh(FURNISHED) as database:
        yield _opened(SigningOffice(Office(database), clock, tmp_path, authority))


def _opened(made: SigningOffice) -> SigningOffice:
    made.deploy()
    return made
