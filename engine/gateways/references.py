"""Short keys that stand for one obligation of one dossier in the text of a transfer.

People copy them, banks put other words right before and behind them and drop blanks: so a key has
a fixed length, no letters or digits that look alike, and check signs that a slip of the finger
does not keep.
"""

import secrets
from datetime import datetime
from typing import NamedTuple

from engine.deadlines.calendar import local

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXY"
"""No 0 and O, no 1 and I, no Z that looks like 2."""

MARK = "MC"
_BASE = len(SIGNS)
_DIGITS = 7
_CHECKS = 3
_OBLIGATIONS = 64
_LENGTH = len(MARK) + _DIGITS + _CHECKS


class Owed(NamedTuple):
    """An obligation: the dossier's number in the database, and which of its obligations."""

    dossier_id: int
    obligation: int


def payment_key(owed: Owed) -> str:
    """The key of an obligation: 12 letters and digits."""
    number = owed.dossier_id * _OBLIGATIONS + owed.obligation
    if not 0 <= owed.obligation < _OBLIGATIONS or number >= _BASE**_DIGITS:
        raise ValueError(f"no key for {owed}")
    digits = _written(number, _DIGITS)
    return f"{MARK}{digits}{_checks(digits)}"


def keys_in(text: str) -> set[Owed]:
    """The obligations whose keys stand in a text, wherever and however it was cut."""
    signs = "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())
    starts = (place for place in range(len(signs) - _LENGTH + 1) if signs.startswith(MARK, place))
    found = (_read(signs[start + len(MARK) : start + _LENGTH]) for start in starts)
    return {owed for owed in found if owed}


def attempt_reference(now: datetime) -> str:
    """A name for an attempt to pay that no other has: its day, then 12 letters and digits."""
    return f"{local(now):%y%m%d}{''.join(secrets.choice(SIGNS) for _ in range(12))}"


def ascii_text(text: str, most: int) -> str:
    """A text as gateways and banks take it: letters without marks, digits, blanks, `.` and `-`."""
    kept = (sign if sign.isascii() and (sign.isalnum() or sign in " .-") else " " for sign in text)
    return " ".join("".join(kept).split())[:most].strip()


def _read(signs: str) -> Owed | None:
    digits, checks = signs[:_DIGITS], signs[_DIGITS:]
    if not set(digits) <= set(SIGNS) or checks != _checks(digits):
        return None
    number = 0
    for sign in digits:
        number = number * _BASE + SIGNS.index(sign)
    return Owed(*divmod(number, _OBLIGATIONS))


def _checks(digits: str) -> str:
    """Weighted sums in a field of 31: no one sign, and no two, can be wrong unnoticed."""
    values = [SIGNS.index(digit) for digit in digits]
    sums = (
        sum(value * at**power for at, value in enumerate(values, 1)) for power in range(_CHECKS)
    )
    return "".join(SIGNS[each % _BASE] for each in sums)


def _written(number: int, length: int) -> str:
    signs = []
    for _ in range(length):
        number, digit = divmod(number, _BASE)
        signs.append(SIGNS[digit])
    return "".join(reversed(signs))
