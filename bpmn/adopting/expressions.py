"""Expressions of other tools (JUEL `${…}`, FEEL `= …`) said in ours where each sign means the same.

Anything else is refused by the name of its language, never half understood: texts with escapes,
functions, ranges, filters, names that are more than a step and a field.
"""

import ast
import re
from collections.abc import Iterator

from bpmn.expressions import ExpressionError, check

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"[^"\\]*"|'[^'\\]*')|(?P<number>\d+(?:\.\d+)?(?![\w.]))
    |(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?(?![\w.(\[]))
    |(?P<sign>&&|\|\||==|!=|<=|>=|[<>!=()+*/-]))""",
    re.VERBOSE | re.ASCII,
)
_WORDS = {
    "JUEL": {
        "&&": "and", "||": "or", "!": "not", "and": "and", "or": "or", "not": "not",
        "eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=",
        "true": "True", "false": "False", "null": "None", "==": "==", "=": None,
        "mod": None, "div": None, "empty": None, "instanceof": None,
    },
    "FEEL": {
        "=": "==", "and": "and", "or": "or", "true": "True", "false": "False", "null": "None",
        "==": None, "!": None, "&&": None, "||": None, "not": None, "if": None, "then": None,
        "else": None, "in": None, "between": None, "for": None, "some": None, "every": None,
        "return": None, "satisfies": None, "instance": None, "of": None, "function": None,
    },
}  # fmt: skip
"""By language: what a sign or word is with us, None where we have nothing that means just that."""
_OURS = frozenset({"if", "else", "in", "is", "lambda", "None", "True", "False", "and", "or", "not"})
MOST = 2_000


class Untranslatable(Exception):
    """The expression is of another language, and not the same with us; says which language."""


def translated(text: str, language: str = "") -> str:
    """An expression of ours for one of another tool; raises `Untranslatable`.

    `language` is what the file says of it. One of ours comes back as it is.
    """
    text = text.strip()
    if len(text) > MOST:
        raise Untranslatable(f"biểu thức dài quá {MOST} ký tự")
    name, inner = _told_apart(text, language)
    if name == "":
        return _ours(text)
    if name not in _WORDS:
        raise Untranslatable(name)
    ours = " ".join(_signs(inner, name))
    try:
        tree = check(ours)
    except ExpressionError as error:
        raise Untranslatable(name) from error
    if any(map(_binds_otherwise, ast.walk(tree))):
        raise Untranslatable(name)
    return ours


def _binds_otherwise(node: ast.AST) -> bool:
    """`!a == b` denies `a` there and the whole with us; `a < b == c` compares twice with us."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return isinstance(node.operand, ast.Compare)
    return isinstance(node, ast.Compare) and len(node.ops) > 1


def _told_apart(text: str, language: str) -> tuple[str, str]:
    """The language, empty for ours, and the expression without what marks it."""
    if text[:2] in ("${", "#{") and text.endswith("}"):
        return "JUEL", text[2:-1]
    if text.startswith("="):
        return "FEEL", text[1:]
    said = language.casefold()
    if "feel" in said:
        return "FEEL", text
    if said and not any(each in said for each in ("xpath", "formalexpression", "python", "none")):
        return language[:60], text
    return "", text


def _ours(text: str) -> str:
    try:
        check(text)
    except ExpressionError as error:
        raise Untranslatable("ngôn ngữ khác") from error
    return text


def _signs(text: str, language: str) -> Iterator[str]:
    position, words = 0, _WORDS[language]
    while text[position:].strip():
        found = _TOKEN.match(text, position)
        if found is None:
            raise Untranslatable(language)
        sign = found.group(found.lastgroup or 0)
        if found.lastgroup in ("name", "sign"):
            sign = _word(sign, words, language)
        yield sign
        position = found.end()


def _word(sign: str, words: dict[str, str | None], language: str) -> str:
    if sign in words:
        ours = words[sign]
        if ours is None:
            raise Untranslatable(language)
        return ours
    if sign in _OURS or sign.startswith("_") or "._" in sign:
        raise Untranslatable(language)
    return sign
