"""One commune for all reports: making its lives takes longer than counting them."""

from collections.abc import Iterator

import pytest

from tests.conftest import Fresh
from tests.databases import FURNISHED
from tests.integration.reports.year import Year


@pytest.fixture(scope="package")
def year(fresh_database: Fresh) -> Iterator[Year]:
    """The commune in July."""
    with fresh_database(FURNISHED) as database:
        yield Year(database)
