"""The receipt for cash, as it is printed: drawn from the log whenever someone asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from engine.errors.money import NoReceipt
from engine.life.payments import payment_in
from engine.model.actor import Actor, Permission
from engine.model.event import EventType
from engine.model.obligation import OBLIGATION_KIND_NAMES
from engine.printing.templates import Source, shipped, source_of
from engine.queries.dossiers import Found, require
from engine.queries.letter_values import when
from engine.queries.people import names_of
from engine.store import agencies
from engine.store.events import log_of

_FORM = {
    "title": "Biên lai thu tiền phí, lệ phí",
    "paper": "A5",
    "circular": "Nghị định 123/2020/NĐ-CP",
    "number": "BL",
}


@dataclass(frozen=True)
class PrintedReceipt:
    """A receipt with the template that draws it."""

    name: str
    source: Source
    values: Mapping[str, Any]


def receipt_of(tx: Connection, found: Found, number: int, actor: Actor) -> PrintedReceipt:
    """The receipt of a payment; one that was cancelled says so.

    Raises `NotPermitted`, `PaymentUnknown` and `NoReceipt`.
    """
    dossier = found.dossier
    require(dossier, actor, Permission.MONEY_READ, "xem biên lai của hồ sơ này")
    obligation, payment = payment_in(dossier, number)
    receipt = payment.receipt
    if receipt is None:
        raise NoReceipt(code=dossier.code, payment=number)
    cashier = int(payment.settled_by)
    values = {
        "form": _FORM,
        "code": dossier.code,
        "agency": agencies.line(tx, dossier.receiving_agency)[0].name,
        "procedure": found.procedure.facts.name,
        "series": receipt.series,
        "number": f"{receipt.number:07d}",
        "payer": _payer(tx, found.id, number),
        "reason": OBLIGATION_KIND_NAMES[obligation.kind],
        "items": [vars(item) for item in obligation.items],
        "ground": obligation.ground,
        "amount": payment.amount,
        "received_at": when(payment.settled_at),
        "cancelled_at": when(payment.reversed_at),
        "cashier": names_of(tx, [cashier])[cashier],
    }
    name = f"bien-lai-{receipt.series}-{receipt.number:07d}.pdf"
    return PrintedReceipt(name, source_of(shipped("fee_receipt")), values)


def _payer(tx: Connection, dossier_id: int, number: int) -> str | None:
    """Who paid, as long as the log may say so."""
    for logged in log_of(tx, dossier_id):
        event = logged.event
        if event.type is EventType.PAYMENT_SETTLED and event.data["payment"] == number:
            said = event.payload.get("payer")
            return said if isinstance(said, str) else None
    return None
