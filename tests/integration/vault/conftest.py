"""An office whose papers become data."""

from pathlib import Path

import pytest

from engine.commands.signatures import House
from engine.files import FileStore
from engine.model.document import FileFacts
from engine.settings import Settings
from tests.clock import FakeClock
from tests.databases import Furnish
from tests.office import Office
from tests.vaulted import Papers, facts_of, signed_file, with_papers


@pytest.fixture
def furnish() -> Furnish:
    """With the procedure of `tests.vaulted` in force."""
    return with_papers


@pytest.fixture
def house(office: Office, clock: FakeClock, tmp_path: Path) -> House:
    """The office with its files."""
    settings = Settings(storage_url=(tmp_path / "tep").as_uri())
    return House(office.database, FileStore.of(settings), settings, clock)


@pytest.fixture
def file(house: House) -> FileFacts:
    """The signed file, in the store."""
    return facts_of(house.files, signed_file())


@pytest.fixture
def here(office: Office, house: House, file: FileFacts) -> Papers:
    """The people of the first commune."""
    return Papers(office, house, file, 1)


@pytest.fixture
def there(office: Office, house: House, file: FileFacts) -> Papers:
    """The people of the second commune."""
    return Papers(office, house, file, 2)
