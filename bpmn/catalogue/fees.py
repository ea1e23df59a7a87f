"""Fees as the catalogue writes them: «Miễn phí», «300,000 Việt Nam Đồng(/hồ sơ)»."""

import re
from collections.abc import Sequence

from bpmn.catalogue.entry import Fee
from bpmn.catalogue.times import NO_INFORMATION, NotUnderstood

LEAST = 1_000
"""The smallest amount in đồng that is believed: smaller ones have lost their thousands."""
MOST = 1_000_000_000
_FREE = frozenset({"miễn phí", "không thu phí", "không thu phí, lệ phí"})
_AMOUNT = re.compile(
    r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+) ?"
    r"(?:việt nam đồng|vnđ|đồng|đ)(?: ?\(?/ ?hồ sơ\)?)?"
)


def fee(texts: Sequence[str]) -> Fee:
    """What all rows agree on; raises `NotUnderstood`."""
    if not texts:
        raise NotUnderstood("Không có dòng nào ghi phí, lệ phí.")
    if len(set(texts)) > 1:
        raise NotUnderstood(
            "Các dòng ghi mức thu khác nhau; cần người xác định mức thu theo từng trường hợp."
        )
    return Fee(_amount(texts[0].casefold()), texts[0])


def _amount(written: str) -> int:
    if written in _FREE:
        return 0
    match = _AMOUNT.fullmatch(written)
    if match is None:
        raise NotUnderstood(_why_not(written))
    amount = int(match[1].replace(",", "").replace(".", ""))
    if 0 < amount < LEAST:
        raise NotUnderstood("Số tiền dưới 1.000 đồng, có thể thiếu hàng nghìn.")
    if amount > MOST:
        raise NotUnderstood("Số tiền lớn hơn một tỷ đồng.")
    return amount


def _why_not(written: str) -> str:
    if not written or written == NO_INFORMATION:
        return "Không có thông tin về phí, lệ phí."
    return "Mức thu có ghi chú, theo số lượng hoặc theo trường hợp; không phải một số tiền."
