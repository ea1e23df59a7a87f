"""Payments of a dossier, with what of each counts and what goes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.model.dossier import Dossier
from engine.model.obligation import Obligation
from engine.model.payment import Means, Payment, Receipt, Refund


@dataclass(frozen=True)
class PaymentItem:
    """A payment, with the number of what it was made for."""

    number: int
    obligation: int
    means: Means
    reference: str
    amount: int
    applied: int
    to_refund: int
    paid_at: datetime
    settled_at: datetime
    settled_by: str
    document: int | None
    receipt: Receipt | None
    refunds: tuple[Refund, ...]
    reversed_at: datetime | None


def payments_of(dossier: Dossier) -> list[PaymentItem]:
    """All payments of a dossier, in order of their numbers."""
    found = [
        _item(payment, obligation, obligation.applied())
        for obligation in dossier.obligations.values()
        for payment in obligation.payments
    ]
    return sorted(found, key=lambda each: each.number)


def _item(payment: Payment, of: Obligation, applied: Mapping[int, int]) -> PaymentItem:
    return PaymentItem(
        **vars(payment),
        obligation=of.number,
        applied=applied[payment.number],
        to_refund=of.refundable(payment.number),
    )
