"""What VNPAY's codes mean, in sentences that people may read."""

import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path


class Codes(StrEnum):
    """A list of codes: of notices (IPN, way back), of a transaction's status, of answers to a
    question, and of answers to a request to refund."""

    NOTICE = "notice"
    STATUS = "status"
    QUERY = "query"
    REFUND = "refund"


UNKNOWN = "VNPAY trả lời bằng mã {code} chưa có trong tài liệu. Hãy hỏi VNPAY."


def meaning(codes: Codes, code: str) -> str:
    """What a code of a list means."""
    return _lists()[codes].get(code) or UNKNOWN.format(code=code or "trống")


def known(codes: Codes) -> frozenset[str]:
    """The codes of a list."""
    return frozenset(_lists()[codes])


@cache
def _lists() -> dict[str, dict[str, str]]:
    lists: dict[str, dict[str, str]] = tomllib.loads(
        Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    )
    return lists
