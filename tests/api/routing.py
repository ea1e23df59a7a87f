"""What a route is to the tests of permissions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.api.lives import Lives
from tests.api.people import EVERYONE


@dataclass(frozen=True)
class Request:
    """What is sent: the path below the prefix, the body, and headers by their names in Python."""

    path: str
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Route:
    """Who may, what they get, and what the others get: 404 those who may not read, else 403."""

    prepare: Callable[[Lives], Request]
    may: frozenset[str]
    status: int = 200
    readers: frozenset[str] = EVERYONE


def fixed(path: str, body: Any = None) -> Callable[[Lives], Request]:
    """The same request in every life."""
    return lambda lives: Request(path, body)
