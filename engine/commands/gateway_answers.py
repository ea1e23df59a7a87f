"""What follows from the gateway's own answer: an IPN, or what it says when it is asked.

Nothing else settles an attempt to pay; least of all what the payer's browser brings back.
"""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from engine.commands.payments import Settlement, settle
from engine.gateways.vnpay.answers import Answer, Outcome
from engine.gateways.vnpay.asking import Reply
from engine.gateways.vnpay.paying import HUNDREDTHS
from engine.model.gateway import DifferenceKind, Order, OrderState
from engine.model.payment import Means
from engine.store import agencies, differences, money, payment_orders
from engine.store.differences import Difference

NOT_THERE = "91"
"""The gateway's code for a payment that it does not know."""


class Learned(StrEnum):
    """What an answer came to."""

    SETTLED = "settled"
    NOTED = "noted"
    KNOWN = "known"
    ORDER_UNKNOWN = "order_unknown"
    WRONG_AMOUNT = "wrong_amount"


def learn(tx: Connection, answer: Answer, now: datetime) -> Learned:
    """Record what the gateway says of a payment, however often and in whichever order it does.

    Money for nothing known, or of another amount, becomes a difference for a person to settle.
    """
    order = payment_orders.find(tx, answer.reference, lock=True)
    if order is None:
        _note_unknown(tx, answer, now)
        return Learned.ORDER_UNKNOWN
    if not answer.is_of(order.amount):
        if answer.outcome is Outcome.PAID:
            amount = answer.hundredths // HUNDREDTHS
            _note(tx, order, DifferenceKind.WRONG_AMOUNT, now, amount)
        return Learned.WRONG_AMOUNT
    if order.state is OrderState.PAID:
        if answer.outcome is Outcome.REVERSED:
            _note_reversed(tx, order, now)
        return Learned.KNOWN
    if answer.outcome is Outcome.PAID:
        settle_order(tx, order, answer.paid_at, now)
        payment_orders.change(tx, order, **_said(answer))
        return Learned.SETTLED
    return _note_unpaid(tx, order, answer)


def is_known(tx: Connection, answer: Answer) -> bool:
    """Whether an answer says nothing new: that a payment was made which was settled."""
    order = payment_orders.find(tx, answer.reference)
    paid = order is not None and order.state is OrderState.PAID and answer.is_of(order.amount)
    return paid and answer.outcome is Outcome.PAID


def settle_order(tx: Connection, order: Order, paid_at: datetime | None, now: datetime) -> None:
    """An attempt was paid in full: let its obligation know."""
    settlement = Settlement(
        order.code, order.obligation, order.amount, Means.VNPAY, order.reference, paid_at or now
    )
    settle(tx, settlement, now)
    payment_orders.change(tx, order, state=OrderState.PAID, paid_at=settlement.paid_at, ask_at=None)
    key = differences.of_reference(order.reference)
    differences.found(tx, key, DifferenceKind.UNCLEAR, "Cổng thanh toán đã trả lời.", now)


def learn_reply(tx: Connection, order: Order, reply: Reply | None, now: datetime) -> None:
    """Record what the gateway answered when it was asked; None where it did not answer.

    An attempt that ran out and was never paid is over. One of which the gateway says nothing
    final however often it is asked is for a person.
    """
    if reply and reply.answer:
        learn(tx, reply.answer, now)
    current = payment_orders.find(tx, order.reference, lock=True)
    if current is None or current.state is not OrderState.OPEN:
        return
    if reply and _never_paid(current, reply, now):
        payment_orders.change(tx, current, state=OrderState.EXPIRED, ask_at=None)
    elif payment_orders.is_last(order):
        payment_orders.change(tx, current, state=OrderState.UNCLEAR, ask_at=None)
        _note(tx, current, DifferenceKind.UNCLEAR, now)


def _never_paid(order: Order, reply: Reply, now: datetime) -> bool:
    if now < order.expires_at:
        return False
    pending = reply.answer is not None and reply.answer.outcome is Outcome.PENDING
    return reply.code == NOT_THERE or (pending and payment_orders.is_last(order))


def _note_unpaid(tx: Connection, order: Order, answer: Answer) -> Learned:
    """What is not final leaves the attempt open; what comes after the end changes nothing."""
    if order.state is not OrderState.OPEN:
        return Learned.KNOWN
    over = {"state": OrderState.FAILED, "ask_at": None}
    failed = answer.outcome in (Outcome.FAILED, Outcome.REVERSED)
    payment_orders.change(tx, order, **_said(answer), **(over if failed else {}))
    return Learned.NOTED


def _said(answer: Answer) -> dict[str, str]:
    return {
        "code": answer.code,
        "status": answer.status,
        "number": answer.number,
        "bank": answer.bank,
        "bank_number": answer.bank_number,
    }


def _note(
    tx: Connection, order: Order, kind: DifferenceKind, now: datetime, amount: int | None = None
) -> None:
    found = order.amount if amount is None else amount
    differences.note(tx, differences.about(order, kind, now, found), now)


def _note_reversed(tx: Connection, order: Order, now: datetime) -> None:
    """Money that was settled went back to the payer: a person takes the payment back."""
    known = money.known(tx, Means.VNPAY, order.reference)
    found = differences.about(order, DifferenceKind.REVERSED, now, -order.amount)
    differences.note(tx, replace(found, payment=known.number if known else None), now)


def _note_unknown(tx: Connection, answer: Answer, now: datetime) -> None:
    if answer.outcome is not Outcome.PAID:
        return
    root, *_ = agencies.roots(tx)
    found = Difference(
        key=differences.of_reference(answer.reference),
        agency=root,
        kind=DifferenceKind.UNKNOWN,
        at=answer.paid_at or now,
        amount=answer.hundredths // HUNDREDTHS,
        means=Means.VNPAY,
        reference=answer.reference,
        text=f"VNPAY {answer.reference}",
    )
    differences.note(tx, found, now)
