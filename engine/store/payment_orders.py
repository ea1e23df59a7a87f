"""Attempts to pay through the gateway, as their rows say.

What is to be asked after is claimed by putting off when it is asked again: whoever dies while
asking loses nothing, and no two ask at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, update

from engine.model.gateway import Order, OrderState
from engine.store.gateway_tables import payment_order as table
from engine.store.tables import dossier

FIRST_ASKED = timedelta(minutes=1)
"""So long after an attempt ran out, the gateway is asked about it."""

BACK_OFF = (
    timedelta(minutes=2),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    *[timedelta(days=1)] * 4,
)
"""How long after each question the next one comes; after the last nobody asks any more."""


@dataclass(frozen=True)
class Attempt:
    """What is written down before someone goes to the gateway; `amount` is in đồng."""

    dossier_id: int
    obligation: int
    amount: int
    reference: str
    created_at: datetime
    expires_at: datetime


def add(tx: Connection, attempt: Attempt) -> None:
    """A new attempt, about which the gateway is asked once it ran out."""
    said = dict.fromkeys(("code", "status", "number", "bank", "bank_number"), "")
    ask_at = attempt.expires_at + FIRST_ASKED
    row = {**vars(attempt), **said, "state": OrderState.OPEN, "asks": 0, "ask_at": ask_at}
    tx.execute(insert(table).values(row))


def find(tx: Connection, reference: str, lock: bool = False) -> Order | None:
    """The attempt of a reference; `lock` keeps others from changing it."""
    query = _query().where(table.c.reference == reference)
    row = tx.execute(query.with_for_update(of=table) if lock else query).one_or_none()
    return _order(row) if row else None


def of_obligation(tx: Connection, dossier_id: int, obligation: int) -> Sequence[Order]:
    """Every attempt to pay an obligation, the last first."""
    mine = (table.c.dossier_id == dossier_id) & (table.c.obligation == obligation)
    return [_order(row) for row in tx.execute(_query().where(mine).order_by(table.c.id.desc()))]


def change(tx: Connection, order: Order, **values: Any) -> None:
    """Write down what became of an attempt."""
    tx.execute(update(table).where(table.c.id == order.id).values(**values))


def end(tx: Connection, number: int, paid_at: datetime) -> None:
    """An attempt was paid, as a person found out."""
    paid = {"state": OrderState.PAID, "paid_at": paid_at, "ask_at": None}
    tx.execute(update(table).where(table.c.id == number).values(paid))


def hasten(tx: Connection, reference: str, at: datetime) -> None:
    """Ask for the first time earlier than planned: somebody waits for the answer."""
    unasked = (table.c.reference == reference) & (table.c.asks == 0)
    tx.execute(update(table).where(unasked, table.c.ask_at > at).values(ask_at=at))


def claim(tx: Connection, now: datetime, most: int) -> Sequence[Order]:
    """Attempts to ask about now, the longest due first; each is asked again after its back-off."""
    due = (
        _query()
        .where(table.c.ask_at <= now)
        .order_by(table.c.ask_at)
        .limit(most)
        .with_for_update(of=table, skip_locked=True)
    )
    found = [_order(row) for row in tx.execute(due)]
    for order in found:
        change(tx, order, asks=order.asks + 1, asked_at=now, ask_at=now + _wait(order.asks))
    return [replace(order, asks=order.asks + 1) for order in found]


def is_last(order: Order) -> bool:
    """Whether the gateway has been asked as often as it is going to be."""
    return order.asks > len(BACK_OFF)


def _wait(asks: int) -> timedelta:
    return BACK_OFF[min(asks, len(BACK_OFF) - 1)]


def waiting(tx: Connection) -> int:
    """How many attempts are still to be asked about."""
    query = select(func.count()).where(table.c.ask_at.is_not(None))
    return int(tx.execute(query).scalar_one())


def _query() -> Select[Any]:
    columns = (dossier.c.code.label("dossier_code"), dossier.c.receiving_agency)
    return select(table, *columns).join(dossier, dossier.c.id == table.c.dossier_id)


def _order(row: Any) -> Order:
    return Order(
        id=row.id,
        dossier_id=row.dossier_id,
        code=row.dossier_code,
        agency=row.receiving_agency,
        obligation=row.obligation,
        amount=row.amount,
        reference=row.reference,
        created_at=row.created_at,
        expires_at=row.expires_at,
        state=OrderState(row.state),
        notice_code=row.code,
        status=row.status,
        number=row.number,
        bank=row.bank,
        paid_at=row.paid_at,
        asks=row.asks,
    )
