"""Dates in Vietnamese words, as birth certificates write them."""

from datetime import date

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def in_words(day: date) -> str:
    """`2026-09-25` → "Ngày hai mươi lăm tháng chín năm hai nghìn không trăm hai mươi sáu"."""
    return (
        f"Ngày {_below_hundred(day.day)} tháng {_below_hundred(day.month)}"
        f" năm {_thousands(day.year)}"
    )


def _below_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    words = ["mười" if tens == 1 else f"{_DIGITS[tens]} mươi"]
    if ones:
        words.append(_after_tens(tens, ones))
    return " ".join(words)


def _after_tens(tens: int, ones: int) -> str:
    if ones == 5:
        return "lăm"
    return "mốt" if ones == 1 and tens > 1 else _DIGITS[ones]


def _thousands(year: int) -> str:
    thousands, rest = divmod(year, 1000)
    hundreds, below = divmod(rest, 100)
    words = [f"{_DIGITS[thousands]} nghìn"]
    if rest:
        words.append(f"{_DIGITS[hundreds]} trăm")
    if below:
        words.append(f"linh {_DIGITS[below]}" if below < 10 else _below_hundred(below))
    return " ".join(words)
