"""Money: whoever learns of it tells it here, and nowhere else.

A settlement has one outcome, which follows from the state of the obligation (`docs/operators.md`);
told twice under the same means and reference it happens once.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.commands.acting import Check, Target, act_on, require
from engine.errors.gateways import RefundUnderWay
from engine.errors.money import CollectedHere, NoReceipt, ReferenceInvalid, ReferenceUsed
from engine.life.dues import OWN
from engine.life.moments import text
from engine.life.obligations import obligation_in
from engine.life.payments import payment_in, payments_of, require_amount
from engine.model.actor import Actor, Permission
from engine.model.dossier import Dossier
from engine.model.event import SYSTEM, Act, EventType
from engine.model.obligation import Obligation
from engine.model.payment import Means, Payment, Receipt
from engine.store import dossiers, gateway_refunds, money

LONGEST_REFERENCE = 100


@dataclass(frozen=True)
class Settlement:
    """Money that came in: for which obligation of which dossier, so many đồng, by what means.

    `reference` names it for ever (transaction number, receipt): told again it is the same money.
    `document` is the number of a document that proves it, `payer` who paid.
    """

    code: str
    obligation: int
    amount: int
    means: Means
    reference: str
    paid_at: datetime
    document: int | None = None
    payer: str | None = None


@dataclass(frozen=True)
class Settled:
    """What became of money: so much counts, so much is to be refunded. `known`: it was told
    before, and nothing changed."""

    dossier: Dossier
    obligation: Obligation
    payment: Payment
    known: bool

    @property
    def applied(self) -> int:
        """What of it counts towards the obligation."""
        return self.obligation.applied()[self.payment.number]

    @property
    def to_refund(self) -> int:
        """What of it is to go back."""
        return self.obligation.refundable(self.payment.number)


@dataclass(frozen=True)
class Reversal:
    """Money that had been settled was charged back, as the means' operator says."""

    means: Means
    reference: str
    reason: str


@dataclass(frozen=True)
class CancelReceipt:
    """A receipt for cash was wrong: the payment by its number, and why."""

    target: Target
    payment: int
    reason: str


@dataclass(frozen=True)
class DecideRefund:
    """So many đồng of a payment are to go back, and why."""

    target: Target
    payment: int
    amount: int
    reason: str


@dataclass(frozen=True)
class MakeRefund:
    """A refund that was decided has gone back, by what means and under which reference."""

    target: Target
    payment: int
    refund: int
    means: Means
    reference: str


def settle(tx: Connection, settlement: Settlement, now: datetime) -> Settled:
    """Record money that the means' own operator told of; idempotent by means and reference.

    Raises `DossierUnknown`, `ObligationUnknown`, `AmountInvalid`, `ReferenceInvalid`, and
    `ReferenceUsed` where the reference was told with another dossier, obligation or amount.
    """
    return record(tx, settlement, SYSTEM, _by_system, now)


def settle_by_evidence(
    tx: Connection, settlement: Settlement, actor: Actor, now: datetime
) -> Settled:
    """Someone of the office has seen the proof that the citizen paid elsewhere."""
    check = require(
        actor, Permission.OBLIGATION_CONFIRM, "xác nhận nghĩa vụ tài chính của hồ sơ này"
    )

    def of_others(dossier: Dossier) -> int | None:
        absent = check(dossier)
        if obligation_in(dossier, settlement.obligation).kind in OWN:
            raise CollectedHere(obligation=settlement.obligation)
        return absent

    return record(tx, settlement, actor.key, of_others, now)


def record(
    tx: Connection,
    settlement: Settlement,
    by: str,
    check: Check,
    now: datetime,
    receipt: Receipt | None = None,
) -> Settled:
    """Let money come in; all ways that lead here have the same outcomes."""
    dossier = dossiers.lock(tx, settlement.code).dossier
    check(dossier)
    if known := _known(tx, dossier, settlement):
        return known
    number = payments_of(dossier) + 1
    said = {"payer": settlement.payer} if settlement.payer else {}
    data = {
        "payment": number,
        "obligation": settlement.obligation,
        "means": settlement.means.value,
        "reference": settlement.reference,
        "amount": settlement.amount,
        "paid_at": text(settlement.paid_at),
        "document": settlement.document,
        "receipt": receipt and asdict(receipt),
    }
    act = Act(EventType.PAYMENT_SETTLED, by, now, data, said)
    after = act_on(tx, Target(dossier.code), act, check)
    return _settled(after, number, known=False)


def reverse(tx: Connection, reversal: Reversal, now: datetime) -> Dossier | None:
    """Money was charged back: what it had paid is due again. None where no such money is known;
    told twice it happens once."""
    known = money.known(tx, reversal.means, reversal.reference)
    if known is None:
        return None
    dossier = dossiers.lock(tx, known.code).dossier
    if payment_in(dossier, known.number)[1].reversed_at:
        return dossier
    act = _reversal(known.number, reversal.reason, SYSTEM, now)
    return act_on(tx, Target(known.code), act, _by_system)


def cancel_receipt(tx: Connection, command: CancelReceipt, actor: Actor, now: datetime) -> Dossier:
    """The cashier takes a receipt back; it stays in the book, and its cash is no longer ours."""
    check = require(actor, Permission.PAYMENT_TAKE, "hủy biên lai của hồ sơ này")
    act = _reversal(command.payment, command.reason, actor.key, now)

    def of_cash(dossier: Dossier) -> int | None:
        absent = check(dossier)
        if payment_in(dossier, command.payment)[1].receipt is None:
            raise NoReceipt(code=dossier.code, payment=command.payment)
        return absent

    return act_on(tx, command.target, act, of_cash)


def _reversal(payment: int, reason: str, by: str, now: datetime) -> Act:
    return Act(EventType.PAYMENT_REVERSED, by, now, {"payment": payment}, {"reason": reason})


def decide_refund(tx: Connection, command: DecideRefund, actor: Actor, now: datetime) -> Dossier:
    """Decide that money which is not needed goes back."""
    data = {"payment": command.payment, "amount": command.amount}
    act = Act(EventType.REFUND_DECIDED, actor.key, now, data, {"reason": command.reason})
    check = require(actor, Permission.REFUND_DECIDE, "quyết định hoàn trả tiền của hồ sơ này")
    return act_on(tx, command.target, act, check)


def make_refund(tx: Connection, command: MakeRefund, actor: Actor, now: datetime) -> Dossier:
    """Record that money has gone back."""
    check = require(actor, Permission.PAYMENT_TAKE, "hoàn trả tiền của hồ sơ này")
    dossiers.lock(tx, command.target.code)
    if gateway_refunds.is_under_way(tx, command.target.code, command.payment, command.refund):
        raise RefundUnderWay(code=command.target.code, payment=command.payment)
    return refund_made(tx, command, actor.key, check, now)


def refund_made(
    tx: Connection, command: MakeRefund, by: str, check: Check, now: datetime
) -> Dossier:
    """Money has gone back, as a person or the means' operator says."""
    _require_reference(command.reference)
    data: Mapping[str, Any] = {
        "payment": command.payment,
        "refund": command.refund,
        "means": command.means.value,
        "reference": command.reference,
    }
    return act_on(tx, command.target, Act(EventType.REFUND_MADE, by, now, data), check)


def _known(tx: Connection, dossier: Dossier, settlement: Settlement) -> Settled | None:
    require_amount(settlement.amount)
    _require_reference(settlement.reference)
    obligation_in(dossier, settlement.obligation)
    known = money.known(tx, settlement.means, settlement.reference)
    if known is None:
        return None
    told = (settlement.code, settlement.obligation, settlement.amount)
    if (known.code, known.obligation, known.amount) != told:
        raise ReferenceUsed(reference=settlement.reference, code=known.code, amount=known.amount)
    return _settled(dossier, known.number, known=True)


def _settled(dossier: Dossier, number: int, known: bool) -> Settled:
    obligation, payment = payment_in(dossier, number)
    return Settled(dossier, obligation, payment, known)


def _require_reference(reference: str) -> None:
    if not reference.strip() or len(reference) > LONGEST_REFERENCE:
        raise ReferenceInvalid(most=LONGEST_REFERENCE)


def _by_system(dossier: Dossier) -> None:
    """The check of what no person asks for."""
