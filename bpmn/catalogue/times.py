"""Time limits as the catalogue writes them: «20 Ngày làm việc».

Its rows are by channel, but mix cases: they say the procedure's limit only where all say the same.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from bpmn.time_limit import TimeLimit, TimeLimitError, Unit

NO_INFORMATION = "không có thông tin"
_LIMIT = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,2})?) ?(ngày làm việc|ngày|giờ làm việc|giờ|tháng)")
_NUMBER = re.compile(r"[0-9][0-9.,]*")
_UNITS = {
    "ngày làm việc": Unit.WORKING_DAYS,
    "ngày": Unit.DAYS,
    "giờ làm việc": Unit.HOURS,
    "giờ": Unit.HOURS,
    "tháng": Unit.MONTHS,
}
_SAME_DAY = frozenset({"trong ngày", "trong ngày làm việc"})


class NotUnderstood(ValueError):
    """A text that a person has to read; the message says why."""


def time_limit(texts: Sequence[str]) -> TimeLimit:
    """The limit that all rows agree on; raises `NotUnderstood`."""
    if not texts:
        raise NotUnderstood("Không có dòng nào ghi thời hạn giải quyết.")
    if len(set(texts)) > 1:
        raise NotUnderstood(
            "Các dòng ghi thời hạn khác nhau, có thể là các trường hợp khác nhau chứ không phải"
            " hình thức nộp; cần người xác định thời hạn."
        )
    return read_time(texts[0])


def read_time(text: str) -> TimeLimit:
    """One number with its unit; raises `NotUnderstood` for everything else."""
    written = text.casefold()
    if written in _SAME_DAY:
        return TimeLimit(Decimal(1), Unit.SAME_DAY)
    match = _LIMIT.fullmatch(written)
    if match is None:
        raise NotUnderstood(_why_not(written))
    amount = Decimal(match[1])
    if not amount:
        raise NotUnderstood("Thời hạn bằng không.")
    try:
        return TimeLimit(amount, _UNITS[match[2]])
    except TimeLimitError as error:
        raise NotUnderstood(str(error)) from error


def _why_not(written: str) -> str:
    if not written or written == NO_INFORMATION:
        return "Không có thông tin về thời hạn giải quyết."
    if _NUMBER.fullmatch(written):
        return "Chỉ có số, không có đơn vị (giờ, ngày, ngày làm việc hay tháng)."
    return "Không phải một số kèm một đơn vị thời gian (có thể là khoảng hoặc nhiều trường hợp)."
