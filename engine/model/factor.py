"""The second factor of a citizen without an account: a personal ID number or a phone number."""

import hmac
import re
import unicodedata
from collections.abc import Iterable

SHORTEST = 9
"""Fewer digits are neither number; an empty field of a person matches nothing."""
_VIETNAM = re.compile(r"(?:\+84|0084|84(?=[0-9]{9}$))0?")


def plain(text: str) -> str:
    """Digits only, and phone numbers as one dials them at home: `+84 912 345 678` → `0912345678`.

    Gives an empty text for what has too few digits to be a number.
    """
    digits = re.sub("[^0-9+]", "", unicodedata.normalize("NFKC", text))
    digits = _VIETNAM.sub("0", digits, count=1) if _VIETNAM.match(digits) else digits
    digits = digits.replace("+", "")
    return digits if len(digits) >= SHORTEST else ""


def matches(given: str, kept: Iterable[str | None]) -> bool:
    """Whether a number is one of those kept; all are compared, however early one fits."""
    wanted = plain(given).encode()
    fits = [hmac.compare_digest(wanted, plain(number or "").encode()) for number in kept]
    return bool(wanted) and any(fits)
