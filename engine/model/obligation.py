"""What a citizen has to pay for a dossier: fees, charges, and what another agency sets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from engine.model.payment import Payment


class ObligationKind(StrEnum):
    """FEE (phí) and CHARGE (lệ phí) are set by decision table (Law on Fees and Charges 2015); a
    FINANCIAL_OBLIGATION by another agency's notice (tax, land use levy)."""

    FEE = "fee"
    CHARGE = "charge"
    FINANCIAL_OBLIGATION = "financial_obligation"


OBLIGATION_KIND_NAMES = {
    ObligationKind.FEE: "Phí",
    ObligationKind.CHARGE: "Lệ phí",
    ObligationKind.FINANCIAL_OBLIGATION: "Nghĩa vụ tài chính",
}


class ObligationStatus(StrEnum):
    """Where an obligation stands.

    LAPSED: the dossier ended without a result, and nothing more is to be paid. DEFERRED: it is
    owed, but nothing waits for it.
    """

    NOTHING_DUE = "nothing_due"
    DUE = "due"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    DEFERRED = "deferred"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"


OBLIGATION_STATUS_NAMES = {
    ObligationStatus.NOTHING_DUE: "Không phải nộp",
    ObligationStatus.DUE: "Chưa nộp",
    ObligationStatus.PARTLY_PAID: "Đã nộp một phần",
    ObligationStatus.PAID: "Đã nộp đủ",
    ObligationStatus.DEFERRED: "Được ghi nợ",
    ObligationStatus.LAPSED: "Không còn phải nộp",
    ObligationStatus.CANCELLED: "Đã hủy",
}
OPEN = frozenset({ObligationStatus.DUE, ObligationStatus.PARTLY_PAID})
"""What is to be paid before anything that waits for it goes on."""


@dataclass(frozen=True)
class Item:
    """One line of an obligation; the amount is in đồng."""

    name: str
    amount: int


@dataclass(frozen=True)
class Notice:
    """The notice by which another agency set an obligation; `document` is its number among the
    dossier's documents."""

    number: str
    issuer: str
    issued_on: date
    document: int | None = None


@dataclass(frozen=True)
class Deferral:
    """Leave to pay later (ghi nợ): on what legal ground, until when."""

    ground: str
    until: date | None
    at: datetime
    by: str


@dataclass(frozen=True)
class Obligation:
    """Something to be paid; `number` counts within the dossier, amounts are in đồng.

    `ground` is the legal ground, `relief` that of an exemption or reduction (empty: none).
    `decision` is the decision task that set it, `explanation` how: table and its version, row,
    what was asked. `lapsed` is what had been paid when its dossier ended without a result.
    """

    number: int
    kind: ObligationKind
    items: tuple[Item, ...]
    ground: str
    set_at: datetime
    set_by: str
    relief: str = ""
    due_at: datetime | None = None
    notice: Notice | None = None
    decision: str | None = None
    explanation: Mapping[str, Any] | None = None
    deferral: Deferral | None = None
    lapsed: int | None = None
    cancelled: bool = False
    payments: tuple[Payment, ...] = ()

    @property
    def amount(self) -> int:
        """What it came to in all."""
        return sum(item.amount for item in self.items)

    @property
    def capacity(self) -> int:
        """So much money it takes; all beyond goes back."""
        if self.cancelled:
            return 0
        return self.amount if self.lapsed is None else min(self.lapsed, self.amount)

    @property
    def paid(self) -> int:
        """What counts towards it."""
        return sum(self.applied().values())

    @property
    def outstanding(self) -> int:
        """What is still to be paid."""
        return self.capacity - self.paid

    @property
    def to_refund(self) -> int:
        """What has come in that is neither needed nor decided upon."""
        return sum(self.refundable(payment.number) for payment in self.payments)

    @property
    def status(self) -> ObligationStatus:
        """Where it stands."""
        if self.cancelled:
            return ObligationStatus.CANCELLED
        if not self.amount:
            return ObligationStatus.NOTHING_DUE
        if not self.outstanding:
            full = self.paid == self.amount
            return ObligationStatus.PAID if full else ObligationStatus.LAPSED
        if self.deferral:
            return ObligationStatus.DEFERRED
        return ObligationStatus.PARTLY_PAID if self.paid else ObligationStatus.DUE

    @property
    def is_open(self) -> bool:
        """Whether something waits for it to be paid."""
        return self.status in OPEN

    def applied(self) -> dict[int, int]:
        """What of each payment counts, by its number: the earlier before the later, and never
        more than the obligation takes. Nothing is stored of this, so nothing counts twice."""
        left, found = self.capacity, {}
        for payment in self.payments:
            found[payment.number] = min(payment.available, left)
            left -= found[payment.number]
        return found

    def refundable(self, payment: int) -> int:
        """What of a payment is to go back and not decided upon yet."""
        return self.payment(payment).available - self.applied()[payment]

    def payment(self, number: int) -> Payment:
        """A payment by its number."""
        return next(each for each in self.payments if each.number == number)
