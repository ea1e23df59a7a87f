"""Conditions and decision cells, evaluated in a sandbox.

A diagram is untrusted input: expressions see the dossier's facts and nothing else
(no functions but a few pure ones, no attributes of Python objects, bounded work).
"""

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from simpleeval import DEFAULT_OPERATORS, EvalWithCompoundTypes, InvalidExpression

Names = Mapping[str, Any]
MAX_LENGTH = 2_000
MAX_DEPTH = 60
MAX_DIGITS = 15
_NODES = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.Compare,
    ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.BinOp, ast.Add,
    ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Name, ast.Load, ast.Attribute,
    ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.Call, ast.IfExp,
)  # fmt: skip


_CONSTANTS = (str, int, float, bool, type(None))


class ExpressionError(Exception):
    """Biểu thức không tính được; kiểm tra tên trường và phép toán trong bản vẽ."""


def _round(number: float, digits: int | None = None) -> float:
    if digits is not None and abs(digits) > MAX_DIGITS:
        raise ValueError(f"round chỉ làm tròn tới {MAX_DIGITS} chữ số")
    return round(number, digits)


def _of_numbers(operation: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Texts and lists can be multiplied and formatted into gigabytes; numbers cannot."""

    def checked(left: Any, right: Any) -> Any:
        if not isinstance(left, int | float) or not isinstance(right, int | float):
            raise TypeError("phép nhân và phép chia lấy dư chỉ dùng với số")
        return operation(left, right)

    return checked


FUNCTIONS = {"len": len, "min": min, "max": max, "abs": abs, "round": _round}
_OPERATORS = DEFAULT_OPERATORS | {
    ast.Mult: _of_numbers(operator.mul),
    ast.Mod: _of_numbers(operator.mod),
}


class _Evaluator(EvalWithCompoundTypes):
    """Reads `step.field` from the facts only, never from an object's attributes.

    What no one has entered yet reads as None, so that a condition may ask for a step that may
    not have been done; lint refuses names that nobody ever enters.
    """

    def __init__(self, names: Names) -> None:
        # the library adds functions of its own to the mapping it is given
        super().__init__(
            operators=_OPERATORS, names=lambda node: names.get(node.id), functions=dict(FUNCTIONS)
        )
        self.nodes[ast.Attribute] = self._fact

    def _fact(self, node: ast.Attribute) -> Any:
        owner = self._eval(node.value)
        if owner is None or isinstance(owner, Mapping):
            return (owner or {}).get(node.attr)
        raise ExpressionError(f"«{ast.unparse(node)}» không phải là một trường dữ liệu.")


def evaluate(expression: str, names: Names) -> Any:
    """The value of `expression` over `names`.

    Raises `ExpressionError` when it is not allowed or cannot be computed.
    """
    try:
        check(expression)
        return _Evaluator(names).eval(expression.strip())
    except (InvalidExpression, ArithmeticError, TypeError, ValueError, KeyError) as error:
        raise ExpressionError(f"Không tính được biểu thức «{expression}»: {error}") from error


@lru_cache(maxsize=4096)
def check(expression: str) -> ast.Expression:
    """Parse `expression`; raise `ExpressionError` unless every part of it is allowed."""
    if len(expression) > MAX_LENGTH:
        raise ExpressionError(f"Biểu thức dài quá {MAX_LENGTH} ký tự; hãy viết ngắn lại.")
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"Biểu thức «{expression}» sai cú pháp: {error}") from error
    _check_depth(tree)
    for node in ast.walk(tree):
        _check_node(node, expression)
    return tree


def _check_depth(tree: ast.AST) -> None:
    level = [tree]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    if level:
        raise ExpressionError(f"Biểu thức lồng nhau quá {MAX_DEPTH} tầng; hãy viết gọn lại.")


def _check_node(node: ast.AST, expression: str) -> None:
    if not isinstance(node, _NODES):
        raise ExpressionError(
            f"Biểu thức «{expression}» dùng phép không được phép: {type(node).__name__}."
        )
    if isinstance(node, ast.Constant) and not isinstance(node.value, _CONSTANTS):
        raise ExpressionError(f"Biểu thức «{expression}» có giá trị không phải chữ, số, đúng sai.")
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


def decisions_in(expression: str) -> Iterator[tuple[str, str]]:
    """Each `step.decision == "value"` or `!=` of an expression, as (step, value)."""
    try:
        tree = check(expression)
    except ExpressionError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
            left, right = node.left, node.comparators[0]
            if (
                isinstance(left, ast.Attribute)
                and isinstance(left.value, ast.Name)
                and left.attr == "decision"
                and isinstance(right, ast.Constant)
            ):
                yield left.value.id, str(right.value)
