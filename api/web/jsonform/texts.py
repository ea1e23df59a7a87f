"""Single values as people type and read them: numbers and days in the Vietnamese way."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from api.fields import MAX_NUMBER
from api.web.days import iso_day, written_day
from api.web.jsonform.fields import Field, Kind
from bpmn.answers import number_text

ABSENT = object()
"""Stands for a value that nobody gave."""

_INTEGER = re.compile(r"[-−]?(\d{1,3}(\.\d{3})+|\d+)", re.ASCII)
_NUMBER = re.compile(_INTEGER.pattern + r"(,\d+)?", re.ASCII)
_MOST_DIGITS = 40
_NOT_A_NUMBER = "Hãy ghi số, ví dụ 1.250.000 hoặc 412,5."
_NOT_WHOLE = "Hãy ghi số nguyên, ví dụ 15 hoặc 1.250.000."
_NOT_A_DAY = "Hãy ghi ngày/tháng/năm, ví dụ 08/10/2026."
_NOT_OFFERED = "Hãy chọn một giá trị trong danh sách."
_NOT_KEEPABLE = "Có ký tự không hợp lệ."


class Mistyped(Exception):
    """A text that cannot be meant; the message says how to write it."""


def value_of(field: Field, text: str) -> Any:
    """The value that a text means, `ABSENT` for none; raises `Mistyped`."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        return ABSENT
    if "\0" in text:
        raise Mistyped(_NOT_KEEPABLE)
    match field.kind:
        case Kind.INTEGER | Kind.NUMBER:
            return _number(text, whole=field.kind is Kind.INTEGER)
        case Kind.DATE:
            return _day(text)
        case Kind.AFFIRMATION:
            return _chosen({"true": True}, text)
        case Kind.CHOICE | Kind.BOOLEAN:
            return _chosen({choice.text: choice.value for choice in field.choices}, text)
    return text


def text_of(field: Field, value: Any) -> str:
    """How a value is shown where it can be changed; the inverse of `value_of`."""
    if field.kind is Kind.CHOICE:
        return next((c.text for c in field.choices if _same(c.value, value)), "")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    if field.kind is Kind.DATE and isinstance(value, str):
        return written_day(value)
    return value if isinstance(value, str) else ""


def _same(offered: Any, value: Any) -> bool:
    """Whether two values are one in JSON, where true is not 1."""
    return bool(offered == value) and isinstance(offered, bool) == isinstance(value, bool)


def _number(text: str, whole: bool) -> int | float:
    text = text.replace("\u00a0", "").replace(" ", "")
    pattern, complaint = (_INTEGER, _NOT_WHOLE) if whole else (_NUMBER, _NOT_A_NUMBER)
    if not pattern.fullmatch(text):
        raise Mistyped(complaint)
    plain = text.replace("−", "-").replace(".", "").replace(",", ".")
    if len(plain) > _MOST_DIGITS or abs(Decimal(plain)) > MAX_NUMBER:
        raise Mistyped("Số quá lớn.")
    return float(plain) if "." in plain else int(plain)


def _day(text: str) -> str:
    day = iso_day(text)
    if day is None:
        raise Mistyped(_NOT_A_DAY)
    return day


def _chosen(offered: Mapping[str, Any], text: str) -> Any:
    if text not in offered:
        raise Mistyped(_NOT_OFFERED)
    return offered[text]
