"""Dossiers that owe a charge, at an office that can take money."""

import pytest

from tests.clock import FakeClock
from tests.office import Office
from tests.owing import Owing


@pytest.fixture
def owing(office: Office, clock: FakeClock) -> Owing:
    """Makes dossiers that owe a charge."""
    return Owing(office, clock)
