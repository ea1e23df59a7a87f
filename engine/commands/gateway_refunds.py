"""Money goes back through the gateway: asked once, and asked about until the outcome is known.

A request is written down before it is sent. Whoever dies in between, or gets no answer, leaves a
row of which nobody knows whether the gateway took it: then it is asked, never told again.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.acting import Target, require
from engine.commands.payments import MakeRefund, refund_made
from engine.errors.gateways import NoGatewayPayment, RefundUnderWay
from engine.errors.money import RefundUnknown
from engine.gateways.references import ascii_text
from engine.gateways.vnpay.answers import Outcome
from engine.gateways.vnpay.asking import Refund, Reply, request_id
from engine.life.payments import payment_in
from engine.model.actor import Actor, Permission
from engine.model.dossier import Dossier
from engine.model.gateway import DifferenceKind, RefundState
from engine.model.payment import Means
from engine.store import differences, dossiers, gateway_refunds, payment_orders
from engine.store.differences import Difference
from engine.store.gateway_refunds import GatewayRefund

TAKEN = "00"
SURE = 2
REFUSALS = frozenset({"02", "03", "04", "13", "91", "93", "95", "97"})
"""Codes with which the gateway says that it did nothing. After any other nobody knows."""


@dataclass(frozen=True)
class RefundByGateway:
    """Send back, the way it came, what was decided: refund `refund` of payment `payment`."""

    target: Target
    payment: int
    refund: int


@dataclass(frozen=True)
class Asked:
    """A request that is written down, and what to tell the gateway."""

    id: int
    request: Refund


def require_refunder(dossier: Dossier, actor: Actor) -> None:
    """Raise unless the actor may hand money of a dossier back."""
    require(actor, Permission.PAYMENT_TAKE, "hoàn trả tiền của hồ sơ này")(dossier)


def ask_refund(tx: Connection, command: RefundByGateway, actor: Actor, now: datetime) -> Asked:
    """Write down that the gateway is about to be asked; send it once this is committed.

    Raises what `require_refunder` raises, `RefundUnknown`, `NoGatewayPayment` where the money did
    not come through the gateway, `RefundUnderWay` while another request for it has no outcome.
    """
    dossier = dossiers.lock(tx, command.target.code).dossier
    require_refunder(dossier, actor)
    amount, reference = _decided(dossier, command)
    order = payment_orders.find(tx, reference)
    if order is None:
        raise NoGatewayPayment(code=command.target.code, payment=command.payment)
    request = Refund(
        id=request_id(),
        reference=order.reference,
        paid=order.amount,
        amount=amount,
        number=order.number,
        created_at=order.created_at,
        by=ascii_text(actor.username, 50) or actor.key,
        info=f"Hoan tien ho so {ascii_text(order.code, 60)}",
    )
    row = {
        "order_id": order.id,
        "payment": command.payment,
        "refund": command.refund,
        "amount": amount,
        "request": request.id,
        "asked_by": actor.id,
    }
    number = gateway_refunds.add(tx, row, now)
    if number is None:
        raise RefundUnderWay(code=order.code, payment=command.payment)
    return Asked(number, request)


def _decided(dossier: Dossier, command: RefundByGateway) -> tuple[int, str]:
    """How much was decided to go back, and the reference of the payment."""
    payment = payment_in(dossier, command.payment)[1]
    if payment.means is not Means.VNPAY:
        raise NoGatewayPayment(code=dossier.code, payment=command.payment)
    decided = dict(enumerate(payment.refunds, start=1)).get(command.refund)
    if decided is None or decided.made_at or payment.reversed_at:
        raise RefundUnknown(code=dossier.code, payment=command.payment, refund=command.refund)
    return decided.amount, payment.reference


def record_refund(tx: Connection, number: int, reply: Reply | None, now: datetime) -> RefundState:
    """Record what the gateway said to a request; None where it said nothing."""
    refund = gateway_refunds.get(tx, number)
    code = reply.code if reply else ""
    if reply and code == TAKEN:
        return _end(tx, refund, RefundState.DONE, code, now)
    if code in REFUSALS:
        return _end(tx, refund, RefundState.REFUSED, code, now)
    gateway_refunds.change(tx, number, state=RefundState.UNKNOWN, code=code)
    return RefundState.UNKNOWN


def learn_refund(tx: Connection, asked: GatewayRefund, reply: Reply | None, now: datetime) -> None:
    """Record what the gateway says of a payment of which a refund has no outcome yet.

    Where an earlier refund of the same payment could be meant, nothing is concluded.
    """
    refund = gateway_refunds.get(tx, asked.id)
    if refund.state not in (RefundState.ASKED, RefundState.UNKNOWN):
        return
    outcome = reply.answer.outcome if reply and reply.answer else None
    alone = gateway_refunds.done_of(tx, refund.order_id) == 0
    if outcome is Outcome.REFUNDING and alone:
        _end(tx, refund, RefundState.DONE, "", now)
    elif _was_refused(outcome, alone, asked.asks):
        _end(tx, refund, RefundState.REFUSED, "", now)
    elif gateway_refunds.is_last(asked):
        gateway_refunds.change(tx, refund.id, state=RefundState.UNKNOWN, ask_at=None)
        _note_unclear(tx, refund, now)


def _was_refused(outcome: Outcome | None, alone: bool, asks: int) -> bool:
    """A payment that stands as if nothing had been asked is believed the second time: the first
    time the gateway may not have come to it yet."""
    return (outcome is Outcome.PAID and asks >= SURE) or (
        outcome is Outcome.REFUND_REFUSED and alone
    )


def _end(
    tx: Connection, refund: GatewayRefund, state: RefundState, code: str, now: datetime
) -> RefundState:
    if refund.state not in (RefundState.ASKED, RefundState.UNKNOWN):
        return refund.state
    gateway_refunds.change(tx, refund.id, state=state, code=code, ask_at=None, ended_at=now)
    if state is RefundState.DONE:
        target = Target(refund.code)
        made = MakeRefund(target, refund.payment, refund.refund, Means.VNPAY, refund.request)
        refund_made(tx, made, str(refund.asked_by), _checked_before, now)
    return state


def _note_unclear(tx: Connection, refund: GatewayRefund, now: datetime) -> None:
    found = Difference(
        key=differences.of_refund(refund.id),
        agency=refund.agency,
        kind=DifferenceKind.UNCLEAR,
        at=refund.asked_at,
        amount=-refund.amount,
        means=Means.VNPAY,
        reference=refund.request,
        text=f"VNPAY {refund.reference}",
        order_id=refund.order_id,
        refund_id=refund.id,
        payment=refund.payment,
    )
    differences.note(tx, found, now)


def _checked_before(dossier: Dossier) -> None:
    """The check of what was permitted when the gateway was asked."""
