"""Dates, spans, money and numbers as Vietnamese papers say them: filters of templates."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", " nghìn", " triệu", " tỷ")
_THOUSAND = 1000
_BILLION = 10**9
MOST = 10**18


def moment(value: str) -> str:
    """«09 giờ 32 phút, ngày 27 tháng 10 năm 2026»; `value` as ISO 8601 in Vietnamese time."""
    at = datetime.fromisoformat(value)
    return f"{at:%H} giờ {at:%M} phút, {day(value)}"


def day(value: str) -> str:
    """«ngày 27 tháng 10 năm 2026»: days below 10 and the months 1 and 2 with a zero before them
    (Decree 30/2020/NĐ-CP)."""
    at = datetime.fromisoformat(value)
    month = f"{at.month:02}" if at.month <= 2 else str(at.month)
    return f"ngày {at.day:02} tháng {month} năm {at.year}"


def short_day(value: str) -> str:
    """«27/10/2026»."""
    return f"{datetime.fromisoformat(value):%d/%m/%Y}"


def short_moment(value: str) -> str:
    """«09:32 27/10/2026»."""
    return f"{datetime.fromisoformat(value):%H:%M %d/%m/%Y}"


def two_digits(value: int) -> str:
    """Numbers of papers: «01», «27», «1204»."""
    return f"{value:02}"


def money(value: int) -> str:
    """«1.250.000 đồng»."""
    return f"{value:,} đồng".replace(",", ".")


def in_words(value: int) -> str:
    """A whole number in words: «một triệu hai trăm năm mươi nghìn»."""
    if not 0 <= value < MOST:
        raise ValueError("số phải từ 0 đến dưới 10^18")
    return _DIGITS[0] if value == 0 else _spoken(value)


def _spoken(value: int) -> str:
    if value >= _BILLION:
        above, rest = divmod(value, _BILLION)
        head = f"{_spoken(above)} tỷ"
        return f"{head} {_groups(rest, True)}" if rest else head
    return _groups(value, False)


def _groups(value: int, after_others: bool) -> str:
    """Below a thousand million: by groups of three digits."""
    said: list[str] = []
    for power in (2, 1, 0):
        group = value // _THOUSAND**power % _THOUSAND
        if group:
            said.append(f"{_hundreds(group, bool(said) or after_others)}{_SCALES[power]}")
    return " ".join(said)


def _hundreds(value: int, after_others: bool) -> str:
    hundreds, rest = divmod(value, 100)
    said = [f"{_DIGITS[hundreds]} trăm"] if hundreds or after_others else []
    if rest and rest < 10 and said:
        said.append(f"linh {_DIGITS[rest]}")
    elif rest:
        said.append(_tens(rest))
    return " ".join(said)


def _tens(value: int) -> str:
    tens, ones = divmod(value, 10)
    if tens == 0:
        return _DIGITS[ones]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    tail = {0: "", 1: "mốt" if tens > 1 else "một", 5: "lăm"}.get(ones, _DIGITS[ones])
    return f"{head} {tail}".strip()


FILTERS: dict[str, Callable[[Any], str]] = {
    "moment": moment,
    "day": day,
    "short_day": short_day,
    "short_moment": short_moment,
    "two_digits": two_digits,
    "money": money,
    "in_words": in_words,
}
"""By the names that templates know them under."""
