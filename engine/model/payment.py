"""Money that came in for an obligation, and what of it went back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Means(StrEnum):
    """How money came in. TREASURY: the citizen paid it to the state treasury or the tax
    authority's account, and showed the slip."""

    CASH = "cash"
    VNPAY = "vnpay"
    TRANSFER = "transfer"
    TREASURY = "treasury"


MEANS_NAMES = {
    Means.CASH: "Tiền mặt",
    Means.VNPAY: "Trực tuyến qua VNPAY",
    Means.TRANSFER: "Chuyển khoản, quét mã QR",
    Means.TREASURY: "Nộp vào ngân sách nhà nước (kho bạc, ngân hàng)",
}


@dataclass(frozen=True)
class Receipt:
    """Series and number of the receipt that the cashier gave for cash."""

    series: str
    number: int

    @property
    def in_words(self) -> str:
        """As it is written and referred to: `BL-2026/0000012`."""
        return f"{self.series}/{self.number:07d}"


@dataclass(frozen=True)
class Refund:
    """An amount in đồng of a payment that goes back: who decided it, and how it was handed back
    (None until then)."""

    amount: int
    decided_at: datetime
    decided_by: str
    made_at: datetime | None = None
    made_by: str | None = None
    means: Means | None = None
    reference: str | None = None


@dataclass(frozen=True)
class Payment:
    """Money received, in đồng; `number` counts within the dossier.

    `means` and `reference` name it in the world: nothing is received twice under the same two.
    `document` is the number of the document that proves it. A payment that was `reversed_at` is
    no longer ours: it was charged back, or its receipt was cancelled.
    """

    number: int
    means: Means
    reference: str
    amount: int
    paid_at: datetime
    settled_at: datetime
    settled_by: str
    document: int | None = None
    receipt: Receipt | None = None
    refunds: tuple[Refund, ...] = ()
    reversed_at: datetime | None = None

    @property
    def committed(self) -> int:
        """What of it goes back or went back to the payer, by decision."""
        return sum(refund.amount for refund in self.refunds)

    @property
    def refunded(self) -> int:
        """What of it went back to the payer."""
        return sum(refund.amount for refund in self.refunds if refund.made_at)

    @property
    def available(self) -> int:
        """What of it can count towards the obligation."""
        return 0 if self.reversed_at else self.amount - self.committed

    @property
    def owed_back(self) -> int:
        """What was paid back of money that was then taken from us as well."""
        return self.refunded if self.reversed_at else 0
