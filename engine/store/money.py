"""The projection of obligations, payments and refunds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, insert, select, update

from engine.model.dossier import Dossier
from engine.model.obligation import Obligation
from engine.model.payment import Means, Payment
from engine.store.database import execute_each
from engine.store.money_tables import obligation, payment, refund
from engine.store.tables import dossier as dossiers

Rows = dict[tuple[str, tuple[int, ...]], dict[str, Any]]
"""Rows by table and key within the dossier."""
_TABLES: Mapping[str, Table] = {table.name: table for table in (obligation, payment, refund)}
_KEYS = {"obligation": ("number",), "payment": ("number",), "refund": ("payment", "number")}


def _same(table: Table) -> Any:
    keys = (table.c[key] == bindparam(f"the_{key}") for key in _KEYS[table.name])
    return and_(table.c.dossier_id == bindparam("the_dossier"), *keys)


_INSERT = {name: insert(table) for name, table in _TABLES.items()}
_UPDATE = {name: update(table).where(_same(table)) for name, table in _TABLES.items()}


def save(tx: Connection, dossier_id: int, before: Rows, dossier: Dossier) -> Rows:
    """Write the difference between the rows as they were and the dossier; returns what is now."""
    after = rows_of(dossier)
    for (name, key), row in after.items():
        if (name, key) not in before:
            execute_each(tx, _INSERT[name], [{"dossier_id": dossier_id, **row}])
        elif before[name, key] != row:
            values = {column: row[column] for column in row if column not in _KEYS[name]}
            named = {f"the_{k}": v for k, v in zip(_KEYS[name], key, strict=True)}
            tx.execute(_UPDATE[name], {"the_dossier": dossier_id, **named, **values})
    return after


def rows_of(dossier: Dossier) -> Rows:
    """The rows that a dossier's money should have, without the dossier's id."""
    rows = ((name, row) for name, row in _rows(dossier))
    return {(name, tuple(row[key] for key in _KEYS[name])): row for name, row in rows}


def _rows(dossier: Dossier) -> Iterator[tuple[str, dict[str, Any]]]:
    for each in dossier.obligations.values():
        yield "obligation", _obligation(dossier, each)
        for paid in each.payments:
            yield "payment", _payment(dossier, each, paid)
            for number, back in enumerate(paid.refunds, start=1):
                where = {"payment": paid.number, "number": number}
                yield "refund", {**where, "agency": dossier.receiving_agency, **vars(back)}


def _obligation(dossier: Dossier, each: Obligation) -> dict[str, Any]:
    return {
        "number": each.number,
        "agency": dossier.receiving_agency,
        "kind": each.kind,
        "status": each.status,
        "amount": each.amount,
        "outstanding": each.outstanding,
        "set_at": each.set_at,
        "due_at": each.due_at,
    }


def _payment(dossier: Dossier, of: Obligation, each: Payment) -> dict[str, Any]:
    return {
        "number": each.number,
        "obligation": of.number,
        "agency": dossier.receiving_agency,
        "means": each.means,
        "reference": each.reference,
        "amount": each.amount,
        "applied": of.applied()[each.number],
        "to_refund": of.refundable(each.number),
        "owed_back": each.owed_back,
        "paid_at": each.paid_at,
        "settled_at": each.settled_at,
        "settled_by": each.settled_by,
        "document": each.document,
        "receipt_series": each.receipt and each.receipt.series,
        "receipt_number": each.receipt and each.receipt.number,
        "reversed_at": each.reversed_at,
    }


@dataclass(frozen=True)
class Known:
    """A payment that is recorded already: in which dossier, for what, and how much."""

    code: str
    obligation: int
    number: int
    amount: int


def known(tx: Connection, means: Means, reference: str) -> Known | None:
    """The payment that was recorded under this reference, if one was."""
    query = (
        select(dossiers.c.code, payment.c.obligation, payment.c.number, payment.c.amount)
        .join(dossiers, dossiers.c.id == payment.c.dossier_id)
        .where(payment.c.means == means, payment.c.reference == reference)
    )
    row = tx.execute(query).one_or_none()
    return Known(*row) if row else None
