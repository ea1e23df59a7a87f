"""Money of an agency: a day at the counter, what is owed, and what is to go back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, tuple_

from engine.deadlines.calendar import VIETNAM
from engine.errors import NotPermitted
from engine.model.actor import Actor, Permission, may_at
from engine.model.event import SYSTEM
from engine.model.obligation import ObligationKind, ObligationStatus
from engine.model.payment import Means, Receipt
from engine.queries.paging import Page, Slice, page
from engine.queries.people import names_of
from engine.store.money_tables import obligation, payment, refund
from engine.store.tables import dossier


@dataclass(frozen=True)
class PaymentLine:
    """A payment in a list; `by` is who recorded it, None where the means' operator told of it."""

    code: str
    owner: str
    number: int
    obligation: int
    means: Means
    reference: str
    amount: int
    to_refund: int
    settled_at: datetime
    by: str | None
    receipt: str | None
    reversed_at: datetime | None


@dataclass(frozen=True)
class MeansSum:
    """So many đồng came in on a day by one means, were taken back, and were paid back."""

    means: Means
    received: int
    reversed: int
    refunded: int

    @property
    def left(self) -> int:
        """What is there at the end of the day."""
        return self.received - self.reversed - self.refunded


@dataclass(frozen=True)
class Day:
    """A day of an agency's money, of everybody or of one person (`by`: a user's id)."""

    agency: str
    day: date
    by: int | None = None


@dataclass(frozen=True)
class RefundLine:
    """A refund that was decided and not made yet."""

    code: str
    owner: str
    payment: int
    number: int
    amount: int
    means: Means
    reference: str
    decided_at: datetime
    by: str | None


@dataclass(frozen=True)
class DebtLine:
    """An obligation that is owed still."""

    code: str
    owner: str
    number: int
    kind: ObligationKind
    status: ObligationStatus
    amount: int
    outstanding: int
    due_at: datetime | None
    set_at: datetime


def day_lines(tx: Connection, day: Day, wanted: Slice, actor: Actor) -> Page[PaymentLine]:
    """What came in on a day, in order. Raises `NotPermitted`."""
    require_money(actor, day.agency)
    query = _payments().where(_of(payment, day), _within(payment.c.settled_at, day))
    return _lines(tx, query, wanted)


def day_sums(tx: Connection, day: Day, actor: Actor) -> list[MeansSum]:
    """What a day came to by means, those first by which most came in. Raises `NotPermitted`."""
    require_money(actor, day.agency)
    came, gone, back = (
        _summed(tx, payment, payment.c.settled_at, day),
        _summed(tx, payment, payment.c.reversed_at, day),
        _summed(tx, refund, refund.c.made_at, day),
    )
    sums = (MeansSum(m, came.get(m, 0), gone.get(m, 0), back.get(m, 0)) for m in Means)
    told = [each for each in sums if each.received or each.reversed or each.refunded]
    return sorted(told, key=lambda each: -each.received)


def to_refund(tx: Connection, agency: str, wanted: Slice, actor: Actor) -> Page[PaymentLine]:
    """Payments of which something is to go back and nobody has decided yet, the oldest first.
    Raises `NotPermitted`."""
    require_money(actor, agency)
    query = _payments().where(payment.c.agency == agency, payment.c.to_refund > 0)
    return _lines(tx, query, wanted)


def refunds_decided(tx: Connection, agency: str, wanted: Slice, actor: Actor) -> Page[RefundLine]:
    """Refunds that were decided and not made yet, the oldest first. Raises `NotPermitted`."""
    require_money(actor, agency)
    same = and_(payment.c.dossier_id == refund.c.dossier_id, payment.c.number == refund.c.payment)
    key = (refund.c.decided_at, refund.c.dossier_id, refund.c.payment, refund.c.number)
    query = (
        select(
            *key, refund.c.amount, refund.c.decided_by, dossier.c.code, dossier.c.owner_name,
            payment.c.means, payment.c.reference,
        )
        .join(payment, same)
        .join(dossier, dossier.c.id == refund.c.dossier_id)
        .where(refund.c.agency == agency, refund.c.made_at.is_(None))
        .order_by(*key)
    )  # fmt: skip
    if wanted.after:
        query = query.where(tuple_(*key) > tuple_(*wanted.after))
    rows = tx.execute(query.limit(wanted.limit + 1)).all()
    names = _names(tx, (row.decided_by for row in rows))

    def line(row: Any) -> RefundLine:
        return RefundLine(
            row.code, row.owner_name, row.payment, row.number, row.amount, Means(row.means),
            row.reference, row.decided_at, names.get(row.decided_by),
        )  # fmt: skip

    return page(
        rows, wanted, line, lambda row: (row.decided_at, row.dossier_id, row.payment, row.number)
    )


def owed(tx: Connection, agency: str, wanted: Slice, actor: Actor) -> Page[DebtLine]:
    """What is owed to or through an agency, the oldest first. Raises `NotPermitted`."""
    require_money(actor, agency)
    key = (obligation.c.set_at, obligation.c.dossier_id, obligation.c.number)
    query = (
        select(obligation, dossier.c.code, dossier.c.owner_name)
        .join(dossier, dossier.c.id == obligation.c.dossier_id)
        .where(obligation.c.agency == agency, obligation.c.outstanding > 0)
        .order_by(*key)
    )
    if wanted.after:
        query = query.where(tuple_(*key) > tuple_(*wanted.after))
    rows = tx.execute(query.limit(wanted.limit + 1)).all()

    def line(row: Any) -> DebtLine:
        return DebtLine(
            row.code, row.owner_name, row.number, ObligationKind(row.kind),
            ObligationStatus(row.status), row.amount, row.outstanding, row.due_at, row.set_at,
        )  # fmt: skip

    return page(rows, wanted, line, lambda row: (row.set_at, row.dossier_id, row.number))


def require_money(actor: Actor, agency: str) -> None:
    """Raise `NotPermitted` for someone who may not see an agency's money."""
    if not may_at(actor, Permission.MONEY_READ, agency):
        raise NotPermitted(what=f"xem tiền thu của cơ quan {agency}")


def _payments() -> Select[Any]:
    return select(payment, dossier.c.code, dossier.c.owner_name).join(
        dossier, dossier.c.id == payment.c.dossier_id
    )


def _lines(tx: Connection, query: Select[Any], wanted: Slice) -> Page[PaymentLine]:
    key = (payment.c.settled_at, payment.c.dossier_id, payment.c.number)
    if wanted.after:
        query = query.where(tuple_(*key) > tuple_(*wanted.after))
    rows = tx.execute(query.order_by(*key).limit(wanted.limit + 1)).all()
    names = _names(tx, (row.settled_by for row in rows))
    return page(
        rows,
        wanted,
        lambda row: _line(row, names.get(row.settled_by)),
        lambda row: (row.settled_at, row.dossier_id, row.number),
    )


def _line(row: Any, by: str | None) -> PaymentLine:
    receipt = row.receipt_number and Receipt(row.receipt_series, row.receipt_number).in_words
    return PaymentLine(
        row.code, row.owner_name, row.number, row.obligation, Means(row.means), row.reference,
        row.amount, row.to_refund, row.settled_at, by, receipt, row.reversed_at,
    )  # fmt: skip


def _names(tx: Connection, people: Iterable[str]) -> dict[str, str]:
    ids = {int(person) for person in people if person != SYSTEM}
    return {str(id_): name for id_, name in names_of(tx, ids).items()}


def _of(table: Any, day: Day) -> ColumnElement[bool]:
    here: ColumnElement[bool] = table.c.agency == day.agency
    if day.by is None:
        return here
    whose = table.c.settled_by if table is payment else table.c.made_by
    return and_(here, whose == str(day.by))


def _within(column: ColumnElement[Any], day: Day) -> ColumnElement[bool]:
    begin = datetime.combine(day.day, time(), VIETNAM)
    return and_(column >= begin, column < begin + timedelta(days=1))


def _summed(tx: Connection, table: Any, column: Any, day: Day) -> dict[Means, int]:
    query = (
        select(table.c.means, func.sum(table.c.amount))
        .where(_of(table, day), _within(column, day))
        .group_by(table.c.means)
    )
    return {Means(means): int(amount) for means, amount in tx.execute(query)}
