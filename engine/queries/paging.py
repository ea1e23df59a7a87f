"""Lists in pages: each goes on after the key of the last item of the one before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Slice:
    """Which part of a list is wanted: at most `limit` items after the key `after`."""

    limit: int
    after: Key | None = None


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some items of a list, and the key after which it goes on (None at its end)."""

    items: list[Item]
    next: Key | None


def page(
    rows: Sequence[Any], wanted: Slice, item: Callable[[Any], Item], key: Callable[[Any], Key]
) -> Page[Item]:
    """A page out of up to `limit + 1` rows: the one too many says that the list goes on."""
    shown = rows[: wanted.limit]
    goes_on = len(rows) > len(shown)
    return Page([item(row) for row in shown], key(shown[-1]) if goes_on else None)
