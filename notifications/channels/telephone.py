"""Telephone numbers, as gateways want them."""

from engine.model.factor import plain
from notifications.channels.carrier import Refused

_LENGTHS = (10, 11)


def abroad(number: str) -> str:
    """`0912 345 678` and `+84 912 345 678` as `84912345678`; raises `Refused` for anything else."""
    digits = plain(number)
    if not digits.startswith("0") or len(digits) not in _LENGTHS:
        raise Refused("Số điện thoại không đúng. Hãy sửa thành dạng 0912345678 rồi gửi lại.")
    return f"84{digits[1:]}"
