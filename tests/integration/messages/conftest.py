"""A mail server for each test."""

from collections.abc import Iterator

import pytest

from tests.smtp import Mailroom, free_port, serving


@pytest.fixture
def port() -> int:
    """Where a mail server may stand."""
    return free_port()


@pytest.fixture
def mailroom(port: int) -> Iterator[Mailroom]:
    """A mail server that takes everything, until told otherwise."""
    room = Mailroom()
    with serving(room, port):
        yield room
