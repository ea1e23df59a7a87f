"""Which cases the rows of a table leave out, and which two of them share: exactly, by concrete
values, without trying every combination."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from bpmn.decisions import ANY
from bpmn.lint.cells import fits

MOST_STEPS = 20_000
"""So many parts of a table are looked at; one with more needs a default row."""
Case = tuple[Any, ...]


class TooManyCases(Exception):
    """The table has more parts than anybody looks at."""


class Coverage:
    """The rows of a table over the values that its columns tell apart."""

    def __init__(self, rows: Sequence[Sequence[str]], values: Sequence[Sequence[Any]]) -> None:
        self._values = values
        self._fitting = [
            [
                frozenset(n for n, row in enumerate(rows) if fits(row[column], value))
                for value in values[column]
            ]
            for column in range(len(values))
        ]
        self._rows = frozenset(range(len(rows)))
        self._speaking_anyway = [
            frozenset(n for n, row in enumerate(rows) if set(row[column:]) <= {ANY})
            for column in range(len(values) + 1)
        ]
        self._seen: set[tuple[int, frozenset[int]]] = set()

    def gap(self) -> Case | None:
        """A case that no row speaks of, None where there is none; raises `TooManyCases`."""
        return self._gap(0, self._rows)

    def shared(self) -> tuple[int, int, Case] | None:
        """Two rows, by number from 1, with a case in which both speak; None where no two do."""
        for first, second in combinations(sorted(self._rows), 2):
            case = tuple(self._value_of(column, first, second) for column in self._columns)
            if None not in case:
                return first + 1, second + 1, tuple(found[0] for found in case if found)
        return None

    @property
    def _columns(self) -> range:
        return range(len(self._values))

    def _value_of(self, column: int, first: int, second: int) -> tuple[Any] | None:
        for value, rows in zip(self._values[column], self._fitting[column], strict=True):
            if first in rows and second in rows:
                return (value,)
        return None

    def _gap(self, column: int, rows: frozenset[int]) -> Case | None:
        """A case beginning with this column that none of the rows speaks of."""
        if not rows:
            return tuple(values[0] for values in self._values[column:])
        if rows & self._speaking_anyway[column] or (column, rows) in self._seen:
            return None
        if len(self._seen) >= MOST_STEPS:
            raise TooManyCases
        self._seen.add((column, rows))
        for value, fitting in zip(self._values[column], self._fitting[column], strict=True):
            rest = self._gap(column + 1, rows & fitting)
            if rest is not None:
                return (value, *rest)
        return None
