"""Decision tables: how they read, and which of their rows speaks."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

ANY = "-"
"""What a cell says where its input does not matter."""
ASKED = "asked_value"
"""Stands in an expression for `?`, the value that the column asks for."""
_COMPARISON = re.compile(r"(<|>|=|!|in\b|not\s+in\b)")
_QUESTION = re.compile(r"""("[^"]*"|'[^']*')|\?""")

Evaluate = Callable[[str, Mapping[str, Any]], Any]
"""Gives the value of an expression over the facts and some further names."""


@dataclass(frozen=True)
class Row:
    """One row of a decision table: cells as written, `-` where an input does not matter."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class DecisionTable:
    """A decision table; `booleans` says which inputs are yes-or-no, `labels` what its outputs are
    called, `asks` what its inputs are."""

    id: str
    name: str
    hit_policy: str
    inputs: tuple[str, ...]
    asks: tuple[str, ...]
    booleans: tuple[bool, ...]
    outputs: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Decision:
    """What a table decided: the number of the row that spoke, its outputs, and what was asked."""

    row: int
    name: str
    outputs: Mapping[str, Any]
    asked: Mapping[str, Any]


def decide(table: DecisionTable, evaluate: Evaluate) -> Decision | None:
    """What the first row says that fits; None where none does. Raises what `evaluate` raises."""
    for number, row in enumerate(table.rows, start=1):
        if fits(table, row, evaluate):
            asked = {ask: evaluate(each, {}) for ask, each in _asked(table)}
            return Decision(number, row.name, outputs(table, row, evaluate), asked)
    return None


def fits(table: DecisionTable, row: Row, evaluate: Evaluate) -> bool:
    """Whether every cell of a row agrees with what its column asks."""
    return all(
        cell == ANY or _agrees(expression, cell, evaluate)
        for expression, cell in zip(table.inputs, row.inputs, strict=True)
    )


def outputs(table: DecisionTable, row: Row, evaluate: Evaluate) -> dict[str, Any]:
    """What a row says, by the names of the columns; an empty cell says an empty text."""
    cells = zip(table.outputs, row.outputs, strict=True)
    return {name: evaluate(cell, {}) if cell else "" for name, cell in cells}


def condition(cell: str, left: str) -> str:
    """A cell as a whole expression: it may write `?` for its left side, leave that out before a
    comparison, or say the value itself."""
    named = _QUESTION.sub(lambda found: found[1] or ASKED, cell)
    if named != cell:
        return named
    return f"({left}) {cell}" if _COMPARISON.match(cell) else f"({left}) == ({cell})"


def _agrees(expression: str, cell: str, evaluate: Evaluate) -> bool:
    whole = condition(cell, expression)
    asked = {ASKED: evaluate(expression, {})} if ASKED in whole else {}
    return bool(evaluate(whole, asked))


def _asked(table: DecisionTable) -> list[tuple[str, str]]:
    return list(zip(table.asks, table.inputs, strict=True))
