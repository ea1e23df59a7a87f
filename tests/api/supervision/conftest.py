"""An office at work."""

import pytest

from engine.store.database import Database
from tests.api.client import Caller
from tests.api.supervision.desk import Desk
from tests.clock import FakeClock
from tests.office import Office


@pytest.fixture
def desk(call: Caller, office: Office, database: Database, clock: FakeClock) -> Desk:
    """Does the office's work."""
    return Desk(call, office, database, clock)
