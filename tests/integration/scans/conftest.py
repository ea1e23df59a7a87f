"""An officer with a scanner."""

import pytest

from engine.files import FileStore
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.office import Office
from tests.scanned import Scanner


@pytest.fixture
def lives(office: Office, clock: FakeClock) -> Lives:
    """Makes dossiers."""
    return Lives(office, clock)


@pytest.fixture
def scanner(lives: Lives, files: FileStore) -> Scanner:
    """Without OCR nothing would be quick; that is tested elsewhere."""
    return Scanner(lives, files)
