"""In what two documents of a rulebook differ, entry by entry."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RuleChange:
    """One entry that differs, by its path in the document; None where there is none."""

    path: tuple[str, ...]
    before: Any
    after: Any


def rule_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[RuleChange]:
    """What differs, in the order of the newer document; entries that are gone come last."""
    old, new = dict(_entries(before, ())), dict(_entries(after, ()))
    return [
        RuleChange(path, old.get(path), new.get(path))
        for path in {**new, **old}
        if old.get(path) != new.get(path)
    ]


def _entries(
    part: Mapping[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in part.items():
        if isinstance(value, Mapping):
            yield from _entries(value, (*path, name))
        else:
            yield (*path, name), value
