"""When a warning is due before the end of a time limit: `80%` of it used, or `4 hours` left."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from bpmn.time_limit import TimeLimit, TimeLimitError, Unit

MOST_LEVELS = 3
_SHARE = re.compile(r"([1-9][0-9]?)%")
_MOST_LETTERS = 40


@dataclass(frozen=True)
class Threshold:
    """A share of the time used (above 0, below 1), or the working time left."""

    share: Decimal | None = None
    left: TimeLimit | None = None

    @classmethod
    def parse(cls, text: str) -> "Threshold":
        """Read `<1..99>%` or a time limit in hours or working days; else `TimeLimitError`."""
        if match := _SHARE.fullmatch(text.strip(" ")):
            return cls(share=Decimal(match[1]) / 100)
        left = TimeLimit.parse(text)
        if left.unit not in (Unit.HOURS, Unit.WORKING_DAYS) or not left.amount:
            raise TimeLimitError(
                f"Mức cảnh báo “{left}” phải là phần trăm đã dùng (80%) hoặc số giờ, số ngày làm"
                " việc còn lại (4 hours, 1 working_days)."
            )
        return cls(left=left)

    def __str__(self) -> str:
        """Give the canonical text; `parse` reads it back to an equal threshold."""
        return str(self.left) if self.share is None else f"{self.share * 100:.0f}%"

    def in_words(self) -> str:
        """Say it as staff do: "đã dùng 80% thời hạn", "còn 4 giờ làm việc"."""
        if self.left is not None:
            return f"còn {self.left.in_words()}"
        return f"đã dùng {self} thời hạn"


def levels(value: object) -> tuple[Threshold, ...]:
    """The levels of warning that a list of texts gives, the earliest first, at most three.

    Shares and times left are ordered each among themselves: which of the two comes first
    depends on the time limit. Raises `TimeLimitError` for anything else.
    """
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise TimeLimitError('Mức cảnh báo phải là danh sách chữ, ví dụ: ["50%", "4 hours"].')
    if len(value) > MOST_LEVELS:
        raise TimeLimitError(f"Chỉ đặt được nhiều nhất {MOST_LEVELS} mức cảnh báo.")
    if any(len(text) > _MOST_LETTERS for text in value):
        raise TimeLimitError("Mức cảnh báo viết quá dài; hãy ghi như 80% hoặc 4 hours.")
    found = tuple(Threshold.parse(text) for text in value)
    shares = [threshold.share for threshold in found if threshold.share is not None]
    left = [-threshold.left.working_hours() for threshold in found if threshold.left is not None]
    if not (_rises(shares) and _rises(left)):
        raise TimeLimitError(
            "Các mức cảnh báo phải khác nhau và xếp từ sớm đến muộn, ví dụ: 50% rồi 80%,"
            " hoặc 1 working_days rồi 4 hours."
        )
    return found


def _rises(amounts: Sequence[Decimal]) -> bool:
    return all(one < other for one, other in pairwise(amounts))
