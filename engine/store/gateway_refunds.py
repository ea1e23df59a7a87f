"""Refunds that the gateway was asked for, as their rows say.

At most one of an attempt is under way: the table itself refuses another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, select, update

from engine.model.gateway import RefundState
from engine.store.gateway_tables import gateway_refund as table
from engine.store.gateway_tables import payment_order
from engine.store.inserting import insert_new
from engine.store.tables import dossier

FIRST_ASKED = timedelta(minutes=15)
"""So long after a request nobody answered, the gateway is asked what became of it."""

BACK_OFF = (timedelta(hours=1), timedelta(hours=6), *[timedelta(days=1)] * 4)
_UNDER_WAY = (RefundState.ASKED, RefundState.UNKNOWN)


@dataclass(frozen=True)
class GatewayRefund:
    """A request to send back `amount` đồng: refund `refund` of payment `payment` of a dossier."""

    id: int
    order_id: int
    code: str
    agency: str
    reference: str
    order_created_at: datetime
    payment: int
    refund: int
    amount: int
    request: str
    state: RefundState
    asked_by: int
    asked_at: datetime
    asks: int


def add(tx: Connection, row: dict[str, Any], now: datetime) -> int | None:
    """A request that is about to be sent; None while another of the same attempt is under way."""
    rest = {"state": RefundState.ASKED, "code": "", "asks": 0, "ask_at": now + FIRST_ASKED}
    return insert_new(tx, table, {**row, **rest, "asked_at": now})


def get(tx: Connection, number: int) -> GatewayRefund:
    """A request, kept from others' hands."""
    query = _query().where(table.c.id == number).with_for_update(of=table)
    return _refund(tx.execute(query).one())


def change(tx: Connection, number: int, **values: Any) -> None:
    """Write down what became of a request."""
    tx.execute(update(table).where(table.c.id == number).values(**values))


def claim(tx: Connection, now: datetime, most: int) -> Sequence[GatewayRefund]:
    """Requests to ask about now; each is asked about again after its back-off."""
    due = _query().where(table.c.ask_at <= now).order_by(table.c.ask_at).limit(most)
    found = [_refund(row) for row in tx.execute(due.with_for_update(of=table, skip_locked=True))]
    for each in found:
        wait = BACK_OFF[min(each.asks, len(BACK_OFF) - 1)]
        change(tx, each.id, asks=each.asks + 1, ask_at=now + wait)
    return [replace(each, asks=each.asks + 1) for each in found]


def is_last(refund: GatewayRefund) -> bool:
    """Whether the gateway has been asked as often as it is going to be."""
    return refund.asks > len(BACK_OFF)


def done_of(tx: Connection, order_id: int) -> int:
    """How many refunds of an attempt the gateway took."""
    query = select(func.count()).where(
        table.c.order_id == order_id, table.c.state == RefundState.DONE
    )
    return int(tx.execute(query).scalar_one())


def amounts_of(tx: Connection, order_id: int) -> list[int]:
    """What the gateway took to send back of an attempt."""
    query = select(table.c.amount).where(
        table.c.order_id == order_id, table.c.state == RefundState.DONE
    )
    return list(tx.execute(query).scalars())


def of_dossier(tx: Connection, dossier_id: int) -> list[GatewayRefund]:
    """Every request of a dossier, the last first."""
    mine = _query().where(payment_order.c.dossier_id == dossier_id).order_by(table.c.id.desc())
    return [_refund(row) for row in tx.execute(mine)]


def is_under_way(tx: Connection, code: str, payment: int, refund: int) -> bool:
    """Whether the gateway may already be sending a refund back."""
    query = _query().where(
        dossier.c.code == code,
        table.c.payment == payment,
        table.c.refund == refund,
        table.c.state.in_(_UNDER_WAY),
    )
    return tx.execute(query.limit(1)).first() is not None


def _query() -> Select[Any]:
    return (
        select(
            table,
            dossier.c.code.label("dossier_code"),
            dossier.c.receiving_agency,
            payment_order.c.reference,
            payment_order.c.created_at.label("order_created_at"),
        )
        .join(payment_order, payment_order.c.id == table.c.order_id)
        .join(dossier, dossier.c.id == payment_order.c.dossier_id)
    )


def _refund(row: Any) -> GatewayRefund:
    return GatewayRefund(
        id=row.id,
        order_id=row.order_id,
        code=row.dossier_code,
        agency=row.receiving_agency,
        reference=row.reference,
        order_created_at=row.order_created_at,
        payment=row.payment,
        refund=row.refund,
        amount=row.amount,
        request=row.request,
        state=RefundState(row.state),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        asks=row.asks,
    )
