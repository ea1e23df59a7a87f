"""What cells of a column tell apart: the values that stand for all others, where each cell is a
comparison of what is asked with what is written.

Between two values that are written all others are alike, so one of them stands for them.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from bpmn.decisions import ANY, ASKED, condition
from bpmn.expressions import ExpressionError, check, evaluate

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_LOGIC = (
    *(ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.Compare),
    *(ast.cmpop, ast.Name, ast.Load, ast.Constant, ast.List, ast.Tuple),
)
OTHER = "khác"
"""Stands for every text that no cell names."""


def strange(cell: str) -> str | None:
    """Why the engine would take a cell otherwise than it reads, None where it would not."""
    if cell == ANY:
        return None
    try:
        said = check(cell).body
    except ExpressionError:
        return _order_of_texts(cell)
    if isinstance(said, ast.Tuple | ast.List):
        return f"Ô «{cell}» liệt kê nhiều giá trị; hãy ghi: in [{cell.strip('[]()')}]."
    if isinstance(said, ast.UnaryOp) and isinstance(said.op, ast.Not) and not _asks(cell):
        return f"Ô «{cell}» không so sánh với gì; hãy ghi != hoặc not in […]."
    return _order_of_texts(cell)


def told_apart(cells: Iterable[str], *, boolean: bool, whole: bool) -> list[Any] | None:
    """A value for each group of values that no cell of a column tells apart; None where a cell is
    more than comparisons, so that nobody can say.

    `boolean`: the column asks yes or no; `whole`: only whole numbers come.
    """
    named: list[Any] = []
    for cell in cells:
        found = _named(cell)
        if found is None:
            return None
        named += found
    if boolean or any(isinstance(value, bool) for value in named):
        return [True, False] if all(isinstance(value, bool) for value in named) else None
    if all(isinstance(value, int | float) for value in named):
        return _numbers(sorted(set(named)), whole)
    if all(isinstance(value, str) for value in named):
        return _texts(sorted(set(named)))
    return None


def fits(cell: str, value: Any) -> bool:
    """Whether a cell agrees with a value, as the engine finds it."""
    if cell == ANY:
        return True
    try:
        return bool(evaluate(condition(cell, ASKED), {ASKED: value}))
    except ExpressionError:
        return False


def _asks(cell: str) -> bool:
    return ASKED in condition(cell, "0")


def _order_of_texts(cell: str) -> str | None:
    try:
        tree = check(condition(cell, ASKED))
    except ExpressionError:
        return None  # said of the cell itself
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and any(isinstance(op, _ORDER) for op in node.ops):
            for side in (node.left, *node.comparators):
                text = side.value if isinstance(side, ast.Constant) else None
                if isinstance(text, str) and not _is_day(text):
                    return (
                        f"Ô «{cell}» so sánh lớn bé với chữ; chỉ so được số và ngày (2026-07-01)."
                    )
    return None


def _named(cell: str) -> list[Any] | None:
    """The values that a cell names; None where it is more than comparisons with them."""
    if cell == ANY:
        return []
    try:
        tree = check(condition(cell, ASKED))
    except ExpressionError:
        return None
    nodes = list(ast.walk(tree))
    plain = all(isinstance(node, _LOGIC) for node in nodes)
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    if not plain or names > {ASKED}:
        return None
    return [value for node in nodes for value in _constants(node)]


def _constants(node: ast.AST) -> Iterator[Any]:
    if isinstance(node, ast.Constant):
        yield node.value
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield from (-value for value in _constants(node.operand))


def _numbers(named: Sequence[Any], whole: bool) -> list[Any]:
    if not named:
        return [0]
    between = [(one + other) / 2 for one, other in pairwise(named)]
    if whole:
        near = {int(value) + step for value in named for step in (-1, 0, 1)}
        return sorted(near)
    return sorted({named[0] - 1, *named, *between, named[-1] + 1})


def _texts(named: Sequence[str]) -> list[Any]:
    if named and all(map(_is_day, named)):
        days = {date.fromisoformat(text) for text in named}
        near = {day + timedelta(days=step) for day in days for step in (-1, 0, 1)}
        return [day.isoformat() for day in sorted(near)]
    other = OTHER
    while other in named:
        other += "…"
    return [*named, other]


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        return date.min < date.fromisoformat(text) < date.max
    except ValueError:
        return False
