"""Statements that were taken in, line by line, as their rows say."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, exists, func, insert, select, update

from engine.gateways.statements.reading import StatementLine
from engine.model.gateway import LinePlace
from engine.model.payment import Means
from engine.store.gateway_tables import statement as table
from engine.store.gateway_tables import statement_line as lines
from engine.store.inserting import insert_new
from engine.store.money_tables import payment
from engine.store.tables import dossier


@dataclass(frozen=True)
class Statement:
    """A statement of the account or merchant `source`, for the days from first to last."""

    id: int
    source: str
    agency: str
    format: str
    file_name: str
    first_day: date
    last_day: date
    lines: int
    repeated: int
    imported_at: datetime
    imported_by: int


@dataclass(frozen=True)
class OurPayment:
    """A payment in our books: `number` of a dossier, for `obligation`, of `amount` đồng."""

    dossier_id: int
    code: str
    agency: str
    number: int
    obligation: int
    amount: int
    reference: str
    paid_at: datetime


def begin(tx: Connection, **row: Any) -> int:
    """A statement that is being taken in."""
    values = {**row, "repeated": 0}
    return int(tx.execute(insert(table).values(values).returning(table.c.id)).scalar_one())


def finish(tx: Connection, number: int, repeated: int) -> None:
    """A statement is taken in whole; so many of its lines were known."""
    tx.execute(update(table).where(table.c.id == number).values(repeated=repeated))


def get(tx: Connection, number: int) -> Statement:
    """One statement."""
    return Statement(**tx.execute(select(table).where(table.c.id == number)).one()._mapping)


def last_day_before(tx: Connection, statement: Statement) -> date | None:
    """Where the statements of the same source that were taken in before it end."""
    query = select(func.max(table.c.last_day)).where(
        table.c.agency == statement.agency,
        table.c.source == statement.source,
        table.c.id < statement.id,
        table.c.last_day <= statement.last_day,
    )
    return tx.execute(query).scalar_one_or_none()


def add_line(tx: Connection, statement: Statement, line: StatementLine) -> int | None:
    """A line, as one that a person has to look at; None where it was taken in before."""
    row = {
        "statement_id": statement.id,
        "source": statement.source,
        "digest": line.digest,
        "number": line.number,
        "agency": statement.agency,
        "at": line.at,
        "reference": line.reference,
        "amount": line.amount,
        "text": line.text,
        "order_reference": line.order,
        "place": LinePlace.DIFFERENCE,
    }
    return insert_new(tx, lines, row)


def place(
    tx: Connection, line_id: int, where: LinePlace, dossier_id: int | None, payment_: int | None
) -> None:
    """Say where a line ended, and which payment of ours it is."""
    values = {"place": where, "dossier_id": dossier_id, "payment": payment_}
    tx.execute(update(lines).where(lines.c.id == line_id).values(values))


def shown(tx: Connection, dossier_id: int, number: int) -> bool:
    """Whether a line shows a payment of ours coming in."""
    ours = (lines.c.dossier_id == dossier_id) & (lines.c.payment == number)
    query = select(lines.c.id).where(ours, lines.c.amount > 0).limit(1)
    return tx.execute(query).first() is not None


def went_out(tx: Connection, dossier_id: int, number: int) -> list[int]:
    """What lines show to have gone back of a payment of ours, in đồng."""
    query = select(-lines.c.amount).where(
        lines.c.dossier_id == dossier_id,
        lines.c.payment == number,
        lines.c.amount < 0,
        lines.c.place == LinePlace.MATCHED,
    )
    return list(tx.execute(query).scalars())


def unseen(
    tx: Connection, means: Means, agencies: list[str], since: datetime, until: datetime
) -> list[OurPayment]:
    """Payments of a time that no line of any statement shows."""
    seen = exists().where(
        lines.c.dossier_id == payment.c.dossier_id,
        lines.c.payment == payment.c.number,
        lines.c.amount > 0,
    )
    query = (
        select(payment, dossier.c.code)
        .join(dossier, dossier.c.id == payment.c.dossier_id)
        .where(
            payment.c.agency.in_(agencies),
            payment.c.settled_at >= since,
            payment.c.paid_at >= since,
            payment.c.paid_at < until,
            payment.c.means == means,
            payment.c.reversed_at.is_(None),
            ~seen,
        )
    )
    return [_ours(row) for row in tx.execute(query)]


def _ours(row: Any) -> OurPayment:
    return OurPayment(
        row.dossier_id,
        row.code,
        row.agency,
        row.number,
        row.obligation,
        row.amount,
        row.reference,
        row.paid_at,
    )
