"""An office whose papers become data."""

from pathlib import Path

import pytest

from engine.commands.signatures import House
from engine.files import FileStore
from engine.model.document import Capacity, FileFacts
from engine.settings import Settings
from engine.signatures.means import Means
from engine.signatures.preparing import ISSUING, prepare
from engine.signatures.trust import trusted
from tests import signing
from tests.clock import FakeClock
from tests.databases import Furnish
from tests.office import Office
from tests.pki import Authority
from tests.signing import FONT, draft
from tests.vaulted import Papers, with_papers


@pytest.fixture
def furnish() -> Furnish:
    """With the procedure of `tests.vaulted` in force."""
    return with_papers


@pytest.fixture(scope="session")
def roots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of trusted roots."""
    return tmp_path_factory.mktemp("goc")


@pytest.fixture(scope="session")
def signed(roots: Path) -> bytes:
    """A file with one signature that holds."""
    authority = Authority()
    means = Means(trusted(str(authority.publish(roots))), FONT)
    signers = signing.signers(authority, means)
    return signers.signed(prepare(draft(), ISSUING), Capacity.LEADER)


@pytest.fixture
def house(office: Office, clock: FakeClock, roots: Path, tmp_path: Path) -> House:
    """The office with its files."""
    settings = Settings(trust_roots=str(roots), storage_url=(tmp_path / "tep").as_uri())
    return House(office.database, FileStore.of(settings), settings, clock)


@pytest.fixture
def file(house: House, signed: bytes) -> FileFacts:
    """The signed file, in the store."""
    stored = house.files.put(signed)
    return FileFacts(stored.digest, stored.size, 1, "application/pdf")


@pytest.fixture
def here(office: Office, house: House, file: FileFacts) -> Papers:
    """The people of the first commune."""
    return Papers(office, house, file, 1)


@pytest.fixture
def there(office: Office, house: House, file: FileFacts) -> Papers:
    """The people of the second commune."""
    return Papers(office, house, file, 2)
