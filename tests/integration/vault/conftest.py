"""An office whose papers become data."""

import pytest

from tests.clock import FakeClock
from tests.databases import Furnish
from tests.office import Office
from tests.vaulted import Papers, with_papers


@pytest.fixture
def furnish() -> Furnish:
    """With the procedure of `tests.vaulted` in force."""
    return with_papers


@pytest.fixture
def here(office: Office, clock: FakeClock) -> Papers:
    """The people of the first commune."""
    return Papers(office, clock, 1)


@pytest.fixture
def there(office: Office, clock: FakeClock) -> Papers:
    """The people of the second commune."""
    return Papers(office, clock, 2)
