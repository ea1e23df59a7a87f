"""A person settles what books and statements do not agree on; what they did is recorded with it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.acting import require
from engine.commands.payments import Reversal, Settlement, record, reverse
from engine.errors.statements import (
    DifferenceActImpossible,
    DifferenceSettled,
    DifferenceUnknown,
)
from engine.life.payments import payment_in
from engine.model.actor import Actor, Permission, may_at
from engine.model.gateway import DifferenceAct, DifferenceKind, LinePlace, RefundState
from engine.model.payment import Means
from engine.store import differences, dossiers, gateway_refunds, payment_orders, statements
from engine.store.differences import Difference, KeptDifference

LONGEST_NOTE = 1_000
_WHAT = "đối soát tiền của hồ sơ này"


@dataclass(frozen=True)
class AssignDifference:
    """The money of a difference was meant for this obligation; what is too much is to go back."""

    difference: int
    code: str
    obligation: int
    note: str


@dataclass(frozen=True)
class ReverseDifference:
    """The payment of ours that a difference is about is no longer ours."""

    difference: int
    note: str


@dataclass(frozen=True)
class ExplainDifference:
    """Nothing is booked: it is money of something else, or settled elsewhere, as the note says."""

    difference: int
    note: str


def assign_difference(
    tx: Connection, command: AssignDifference, actor: Actor, now: datetime
) -> None:
    """Let money count towards an obligation.

    Raises `DifferenceUnknown`, `DifferenceSettled`, `DifferenceActImpossible`, and what
    `engine.commands.payments.record` raises.
    """
    kept = _open(tx, command.difference, command.note, actor)
    said = kept.said
    if said.amount <= 0 or said.kind is DifferenceKind.UNCLEAR:
        raise DifferenceActImpossible(reason="chênh lệch này không có tiền vào để ghi nộp")
    if said.kind is DifferenceKind.WRONG_AMOUNT and said.payment is not None:
        _take_back(tx, kept, command.note, actor, now)
    check = require(actor, Permission.PAYMENT_RECONCILE, _WHAT)
    settled = record(tx, _settlement(said, command), actor.key, check, now)
    if settled.known:
        raise DifferenceActImpossible(reason="khoản tiền này đã được ghi nộp trước đó")
    if said.line_id is not None:
        dossier_id, number = dossiers.read(tx, command.code).id, settled.payment.number
        statements.place(tx, said.line_id, LinePlace.SETTLED, dossier_id, number)
    if said.order_id is not None and settled.payment.means is Means.VNPAY:
        payment_orders.end(tx, said.order_id, said.at)
    _close(tx, kept, DifferenceAct.ASSIGN, command.note, actor, now)


def reverse_difference(
    tx: Connection, command: ReverseDifference, actor: Actor, now: datetime
) -> None:
    """Take a payment back: what it had paid is due again. Raises as `assign_difference` does."""
    kept = _open(tx, command.difference, command.note, actor)
    if kept.said.payment is None or kept.said.refund_id is not None:
        raise DifferenceActImpossible(reason="chênh lệch này không gắn với khoản đã ghi nộp nào")
    _take_back(tx, kept, command.note, actor, now)
    _close(tx, kept, DifferenceAct.REVERSE, command.note, actor, now)


def explain_difference(
    tx: Connection, command: ExplainDifference, actor: Actor, now: datetime
) -> None:
    """Close a difference with a note. Raises as `assign_difference` does."""
    kept = _open(tx, command.difference, command.note, actor)
    if kept.said.refund_id is not None:
        values = {"state": RefundState.REFUSED, "ended_at": now}
        gateway_refunds.change(tx, kept.said.refund_id, **values)
    _close(tx, kept, DifferenceAct.EXPLAIN, command.note, actor, now)


def _open(tx: Connection, number: int, note: str, actor: Actor) -> KeptDifference:
    kept = differences.get(tx, number, lock=True)
    if not may_at(actor, Permission.PAYMENT_RECONCILE, kept.said.agency):
        raise DifferenceUnknown(difference=number)
    if kept.closed_at is not None:
        raise DifferenceSettled(difference=number)
    if not note.strip() or len(note) > LONGEST_NOTE:
        raise DifferenceActImpossible(reason="phải ghi rõ lý do, không quá 1.000 ký tự")
    return kept


def _settlement(said: Difference, command: AssignDifference) -> Settlement:
    return Settlement(
        command.code, command.obligation, said.amount, said.means, said.reference, said.at
    )


def _take_back(
    tx: Connection, kept: KeptDifference, note: str, actor: Actor, now: datetime
) -> None:
    dossier = dossiers.lock(tx, kept.code or "").dossier
    require(actor, Permission.PAYMENT_RECONCILE, _WHAT)(dossier)
    payment = payment_in(dossier, kept.said.payment or 0)[1]
    reverse(tx, Reversal(payment.means, payment.reference, note.strip()), now)


def _close(
    tx: Connection,
    kept: KeptDifference,
    act: DifferenceAct,
    note: str,
    actor: Actor,
    now: datetime,
) -> None:
    differences.close(tx, kept.said.key, act, note.strip(), actor.id, now)
