"""Money comes in for an obligation, is taken back, and goes back to the payer.

What of a payment counts follows from all of them together (`Obligation.applied`); the acts here
only add to what is known.
"""

from dataclasses import replace
from datetime import datetime

from bpmn.fees import MOST
from engine.errors.money import (
    AmountInvalid,
    ObligationChanged,
    PaymentUnknown,
    RefundTooMuch,
    RefundUnknown,
    ReversedAlready,
)
from engine.life.documents import document_in
from engine.life.dues import change
from engine.life.obligations import go_on_if_fulfilled, obligation_in
from engine.life.setting import Setting
from engine.life.turn import Turn
from engine.model.dossier import Dossier
from engine.model.event import Act
from engine.model.obligation import Obligation
from engine.model.payment import Means, Payment, Receipt, Refund


def settle_payment(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Money came in, whatever has become of the dossier or the obligation meanwhile: so much of it
    counts as is still due, the rest is to be refunded."""
    data = act.data
    obligation = obligation_in(dossier, data["obligation"])
    if data["payment"] != payments_of(dossier) + 1:
        raise ObligationChanged(code=dossier.code)
    require_amount(data["amount"])
    if data["document"] is not None:
        document_in(dossier, data["document"])
    payment = Payment(
        number=data["payment"],
        means=Means(data["means"]),
        reference=data["reference"],
        amount=data["amount"],
        paid_at=datetime.fromisoformat(data["paid_at"]),
        settled_at=act.at,
        settled_by=act.actor,
        document=data["document"],
        receipt=Receipt(**data["receipt"]) if data["receipt"] else None,
    )
    turn = Turn.of(dossier, act, setting)
    change(turn, replace(obligation, payments=(*obligation.payments, payment)))
    go_on_if_fulfilled(turn)
    return turn


def reverse_payment(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Money that had come in was charged back, or its receipt was cancelled: what it had paid is
    due again, at once, unless other money is there that takes its place."""
    obligation, payment = payment_in(dossier, act.data["payment"])
    if payment.reversed_at:
        raise ReversedAlready(code=dossier.code, payment=payment.number)
    turn = Turn.of(dossier, act, setting)
    after = _with(obligation, replace(payment, reversed_at=act.at))
    if after.outstanding and after.due_at is None:
        after = replace(after, due_at=act.at)
    change(turn, after)
    return turn


def decide_refund(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Someone decides that money which is not needed goes back."""
    obligation, payment = payment_in(dossier, act.data["payment"])
    amount, most = act.data["amount"], obligation.refundable(payment.number)
    require_amount(amount)
    if amount > most:
        raise RefundTooMuch(payment=payment.number, amount=most)
    turn = Turn.of(dossier, act, setting)
    refunds = (*payment.refunds, Refund(amount, act.at, act.actor))
    change(turn, _with(obligation, replace(payment, refunds=refunds)))
    return turn


def make_refund(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Money that was decided to go back has gone back."""
    obligation, payment = payment_in(dossier, act.data["payment"])
    wanted = act.data["refund"]
    waiting = {n: each for n, each in enumerate(payment.refunds, start=1) if not each.made_at}
    if wanted not in waiting or payment.reversed_at:
        raise RefundUnknown(code=dossier.code, payment=payment.number, refund=wanted)
    made = replace(
        waiting[wanted],
        made_at=act.at,
        made_by=act.actor,
        means=Means(act.data["means"]),
        reference=act.data["reference"],
    )
    turn = Turn.of(dossier, act, setting)
    refunds = (*payment.refunds[: wanted - 1], made, *payment.refunds[wanted:])
    change(turn, _with(obligation, replace(payment, refunds=refunds)))
    return turn


def payment_in(dossier: Dossier, number: int) -> tuple[Obligation, Payment]:
    """A payment by its number, with what it was made for; raises `PaymentUnknown`."""
    for obligation in dossier.obligations.values():
        for payment in obligation.payments:
            if payment.number == number:
                return obligation, payment
    raise PaymentUnknown(code=dossier.code, payment=number)


def payments_of(dossier: Dossier) -> int:
    """How many payments a dossier has."""
    return sum(len(obligation.payments) for obligation in dossier.obligations.values())


def require_amount(amount: int) -> None:
    """Raise `AmountInvalid` for what is not a whole number of đồng from 1 on."""
    if type(amount) is not int or not 0 < amount <= MOST:
        raise AmountInvalid(amount=amount, most=MOST)


def _with(obligation: Obligation, payment: Payment) -> Obligation:
    others = tuple(
        payment if each.number == payment.number else each for each in obligation.payments
    )
    return replace(obligation, payments=others)
