"""Expressions: what conditions may say, and that nothing gets out of the sandbox."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.expressions import MAX_DEPTH, MAX_LENGTH, ExpressionError, check, evaluate, names_in

FACTS: dict[str, Any] = {
    "application": {
        "area": 120,
        "name": "Nguyễn Văn Bình",
        "items": 5,
        "keys": "k",
        "get": "g",
        "address": {"ward": "Mai Hoa"},
        "heirs": ["An", "Bình"],
        "late": False,
    },
    "dossier": {"channel": "online"},
    "appraise": {"decision": "approve"},
}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('appraise.decision == "approve"', True),
        ('appraise.decision != "approve" or application.area > 100', True),
        ("not application.late", True),
        ('dossier.channel in ("online", "postal")', True),
        ('"Cúc" not in application.heirs', True),
        ("100 < application.area <= 120", True),
        ("application.area * 2 + 10 - 5", 245),
        ("-application.area // 7 % 5", -120 // 7 % 5),
        ("application.area / 4", 30.0),
        ("max(application.area, 150) - min(1, 2)", 149),
        ("len(application.heirs) + abs(-1)", 3),
        ("round(application.area / 7, 2)", 17.14),
        ("round(17.5)", 18),
        ("round(1234, -2)", 1200),
        ('"trễ" if application.late else "đúng hạn"', "đúng hạn"),
        ('application.address.ward == "Mai Hoa"', True),
        ('application.address == {"ward": "Mai Hoa"}', True),
        ("  application.area", 120),
    ],
)
def test_what_conditions_may_say(expression: str, value: object) -> None:
    assert evaluate(expression, FACTS) == value


@pytest.mark.parametrize(
    ("field", "value"), [("items", 5), ("keys", "k"), ("get", "g"), ("values", None)]
)
def test_fields_may_be_called_as_methods_of_python_are(field: str, value: object) -> None:
    assert evaluate(f"application.{field}", FACTS) == value


@pytest.mark.parametrize(
    "expression",
    ["application.nobody", "sign.decision", "sign.decision.deeper", "nobody", "__builtins__"],
)
def test_what_no_one_has_entered_reads_as_none(expression: str) -> None:
    assert evaluate(expression, FACTS) is None


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os').system('true')",
        "application.__class__",
        "application.name.__class__.__mro__",
        "application._secret",
        "application.name.upper",
        "application.name.format",
        "application.area.real",
        "application.heirs.append",
        "'{0.__class__}'.format(application)",
        "f'{application.__class__}'",
        "application.heirs.append(1)",
        "len.__self__",
        "(lambda: 1)()",
        "[x for x in application.heirs]",
        "{x for x in application.heirs}",
        "{x: x for x in application.heirs}",
        "all(x for x in application.heirs)",
        "open('/etc/passwd')",
        "eval('1')",
        "getattr(application, 'area')",
        "sum((1, 2))",
        "len(*application.heirs)",
        "max(application.heirs, key=len)",
        "[*application.heirs]",
        "application['area']",
        "application.heirs[0]",
        "(area := 3)",
        "application.area = 3",
        "application.area; 1",
        "import os",
        "await application",
        "1 if",
        "",
        "b'bytes'",
        "1j",
        "...",
        "~1",
        "1 << 9999999",
        "1 @ 2",
        "application.area is 120",
        "a\0b",
        "'\ud800'",
    ],
)
def test_whatever_else_is_refused(expression: str) -> None:
    with pytest.raises(ExpressionError, match=r"iểu thức|không phải là một trường"):
        evaluate(expression, FACTS)


@pytest.mark.parametrize(
    "expression",
    [
        "9**9**7",
        "'a' * 1000000000",
        "[0] * 1000000000",
        "[[0] * 99999] * 99999",
        "application.name * 99999",
        "'%1000000000d' % 1",
        "'%*d' % (1000000000, 1)",
        "round(5, -1000000000)",
        "round(5, 1000000000)",
        "'a' * 99999 + 'b' * 99999",
    ],
)
def test_nothing_small_grows_big(expression: str) -> None:
    with pytest.raises(ExpressionError):
        evaluate(expression, FACTS)


@pytest.mark.parametrize(
    "expression",
    [
        "1 / 0",
        "1 % 0",
        "application.nobody < 5",
        "application.name > 5",
        "len(application.area)",
        "min()",
        "{[1]: 2}",
    ],
)
def test_what_cannot_be_computed_is_an_error_in_vietnamese(expression: str) -> None:
    with pytest.raises(ExpressionError, match=r"^Không tính được biểu thức «") as refused:
        evaluate(expression, FACTS)
    assert f"«{expression}»" in str(refused.value)


def test_the_length_of_an_expression_is_bounded() -> None:
    assert evaluate("x" * MAX_LENGTH, {}) is None
    with pytest.raises(ExpressionError, match="ký tự"):
        check("x" * (MAX_LENGTH + 1))


@pytest.mark.parametrize(
    "expression",
    [
        "-" * 900 + "1",
        "not " * 400 + "1",
        "1+" * 500 + "1",
        "(" * 500 + ")" * 500,
        "a" + ".b" * 900,
    ],
)
def test_the_depth_of_an_expression_is_bounded(expression: str) -> None:
    with pytest.raises(ExpressionError, match=r"tầng|cú pháp"):
        check(expression)


def test_a_deep_but_allowed_expression_can_be_computed() -> None:
    assert evaluate("1+" * (MAX_DEPTH - 4) + "1", {}) == MAX_DEPTH - 3


@given(st.text(max_size=60))
def test_any_text_gives_a_value_or_an_expression_error(text: str) -> None:
    with suppress(ExpressionError):
        evaluate(text, FACTS)


def test_the_names_an_expression_reads() -> None:
    found = set(names_in("appraise.decision == dossier.channel and len(application.address.ward)"))
    assert found == {
        ("appraise", "decision"),
        ("dossier", "channel"),
        ("application", "address"),
    }
    assert list(names_in("fee > 3")) == [("fee", None)]


def test_evaluation_allows_no_more_than_before() -> None:
    evaluate("len(application.heirs)", FACTS)
    for expression in ("list(application.heirs)", "set(application.heirs)", "dict()", "tuple()"):
        with pytest.raises(ExpressionError, match="hàm lạ"):
            check(expression)


def test_evaluation_changes_nothing() -> None:
    before = repr(FACTS)
    evaluate("application.heirs + [1]", FACTS)
    assert repr(FACTS) == before
