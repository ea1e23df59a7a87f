"""One press for all: starting its process takes longer than drawing."""

from collections.abc import Iterator

import pytest

from engine.printing.press import Press


@pytest.fixture(scope="package")
def press() -> Iterator[Press]:
    """The real press."""
    with_one_process = Press(at_once=1)
    yield with_one_process
    with_one_process.close()
