"""The example office, served once for all pages."""

from collections.abc import Iterator

import pytest

from tests.docs.demonstration import Demonstration, demonstration


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """A small example office behind a real server."""
    with demonstration(tmp_path_factory.mktemp("demo")) as running:
        yield running
