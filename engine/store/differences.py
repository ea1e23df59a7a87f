"""Differences between books and banks, as their rows say."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select, update

from engine.errors.statements import DifferenceUnknown
from engine.model.gateway import DifferenceAct, DifferenceKind, Order
from engine.model.payment import Means
from engine.store.gateway_tables import payment_difference as table
from engine.store.inserting import insert_new
from engine.store.tables import dossier


@dataclass(frozen=True)
class Difference:
    """What is told once under its `key`: `amount` đồng were found, `expected` is what the books
    say, where they say anything. `means` and `reference` name the money; `payment` is the payment
    of ours that it is about."""

    key: str
    agency: str
    kind: DifferenceKind
    at: datetime
    amount: int
    means: Means
    reference: str
    text: str = ""
    expected: int | None = None
    line_id: int | None = None
    order_id: int | None = None
    refund_id: int | None = None
    dossier_id: int | None = None
    obligation: int | None = None
    payment: int | None = None


@dataclass(frozen=True)
class KeptDifference:
    """A difference as it lies there, perhaps about the dossier `code`; `closed_at` None while
    nobody has settled it."""

    id: int
    code: str | None
    said: Difference
    closed_at: datetime | None


def of_reference(reference: str) -> str:
    """The key of what is told of a gateway's reference."""
    return _digest("reference", reference)


def of_line(line_id: int) -> str:
    """The key of what a line of a statement shows."""
    return f"line:{line_id}"


def of_payment(dossier_id: int, payment: int) -> str:
    """The key of a payment of ours that no statement shows."""
    return f"missing:{dossier_id}:{payment}"


def of_refund(refund_id: int) -> str:
    """The key of a refund of which the gateway says nothing."""
    return f"refund:{refund_id}"


def about(order: Order, kind: DifferenceKind, at: datetime, amount: int) -> Difference:
    """A difference about an attempt to pay, of which so many đồng were found."""
    return Difference(
        key=of_reference(order.reference),
        agency=order.agency,
        kind=kind,
        at=at,
        amount=amount,
        means=Means.VNPAY,
        reference=order.reference,
        expected=order.amount,
        text=f"VNPAY {order.reference}",
        order_id=order.id,
        dossier_id=order.dossier_id,
        obligation=order.obligation,
    )


def note(tx: Connection, difference: Difference, now: datetime) -> None:
    """Tell of a difference, unless it was told."""
    insert_new(tx, table, {**vars(difference), "found_at": now})


def note_line(tx: Connection, difference: Difference, told: str | None, now: datetime) -> None:
    """Tell of a difference that a line shows; under the key `told` the gateway may have told of
    the same money: then the line is added to that."""
    same = (table.c.key == told) & table.c.line_id.is_(None)
    adding = update(table).where(same).values(line_id=difference.line_id)
    if told is None or tx.execute(adding).rowcount == 0:
        note(tx, difference, now)


def get(tx: Connection, number: int, lock: bool = False) -> KeptDifference:
    """One difference; raises `DifferenceUnknown`. `lock` keeps others from settling it."""
    query = select(table, dossier.c.code).where(table.c.id == number)
    query = query.outerjoin(dossier, dossier.c.id == table.c.dossier_id)
    row = tx.execute(query.with_for_update(of=table) if lock else query).one_or_none()
    if row is None:
        raise DifferenceUnknown(difference=number)
    return KeptDifference(row.id, row.code, _said(row), row.closed_at)


def close(tx: Connection, key: str, act: DifferenceAct, note: str, by: int, now: datetime) -> None:
    """A person settled a difference."""
    values = {"act": act, "note": note, "closed_by": by, "closed_at": now}
    tx.execute(update(table).where(table.c.key == key).values(values))


def found(tx: Connection, key: str, kind: DifferenceKind, note: str, now: datetime) -> None:
    """What was missing or unclear, if it was, is there now."""
    open_ = (table.c.key == key) & (table.c.kind == kind) & table.c.closed_at.is_(None)
    values = {"act": DifferenceAct.FOUND, "note": note, "closed_at": now}
    tx.execute(update(table).where(open_).values(values))


def _said(row: Any) -> Difference:
    names = Difference.__dataclass_fields__
    said = {name: row._mapping[name] for name in names}
    return Difference(**{**said, "kind": DifferenceKind(row.kind), "means": Means(row.means)})


def _digest(*parts: str) -> str:
    return sha256(repr(parts).encode()).hexdigest()
