"""Conditions and decision cells, evaluated in a sandbox.

A diagram is untrusted input: expressions see the dossier's facts and nothing else
(no functions but a few pure ones, no attributes of Python objects, bounded work).
"""

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from simpleeval import EvalWithCompoundTypes, InvalidExpression

FUNCTIONS = {"len": len, "min": min, "max": max, "abs": abs, "round": round}
MAX_LENGTH = 2_000
_CONSTANTS = {"True": True, "False": False, "None": None}
_NODES = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.Compare,
    ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.BinOp, ast.Add,
    ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Name, ast.Load, ast.Attribute,
    ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.Call, ast.IfExp,
)  # fmt: skip


class ExpressionError(Exception):
    """Biểu thức không tính được; kiểm tra tên trường và phép toán trong bản vẽ."""


def evaluate(expression: str, names: Mapping[str, Any]) -> Any:
    """The value of `expression` over `names`.

    Raises `ExpressionError` when it is not allowed, or names what the facts lack.
    """
    try:
        check(expression)
        evaluator = EvalWithCompoundTypes(names={**_CONSTANTS, **names}, functions=FUNCTIONS)
        return evaluator.eval(expression.strip())
    except (InvalidExpression, ArithmeticError, TypeError, ValueError, KeyError) as error:
        raise ExpressionError(f"Không tính được biểu thức «{expression}»: {error}") from error


def check(expression: str) -> ast.Expression:
    """Parse `expression`; raise `ExpressionError` unless every part of it is allowed."""
    if len(expression) > MAX_LENGTH:
        raise ExpressionError(f"Biểu thức dài quá {MAX_LENGTH} ký tự; hãy viết ngắn lại.")
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"Biểu thức «{expression}» sai cú pháp: {error}") from error
    for node in ast.walk(tree):
        _check_node(node, expression)
    return tree


def _check_node(node: ast.AST, expression: str) -> None:
    if not isinstance(node, _NODES):
        raise ExpressionError(
            f"Biểu thức «{expression}» dùng phép không được phép: {type(node).__name__}."
        )
    if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
        raise ExpressionError(f"Biểu thức «{expression}» dùng tên bắt đầu bằng dấu gạch dưới.")
    if isinstance(node, ast.Call) and not (
        isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS
    ):
        raise ExpressionError(
            f"Biểu thức «{expression}» gọi hàm lạ; chỉ được dùng {', '.join(FUNCTIONS)}."
        )


def names_in(expression: str) -> Iterator[tuple[str, str | None]]:
    """Each fact an expression reads, as (step, field); field is None for a bare name."""
    tree = check(expression)
    owners = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owners.add(id(node.value))
            yield node.value.id, node.attr
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and id(node) not in owners and node.id not in FUNCTIONS:
            yield node.id, None
