"""Bank accounts of agencies."""

from typing import Any

from sqlalchemy import Connection, delete, insert, select

from engine.model.gateway import BankAccount
from engine.store import agencies
from engine.store.gateway_tables import bank_account as table


def of(tx: Connection, agency: str) -> BankAccount | None:
    """The account that an agency has of its own."""
    row = tx.execute(select(table).where(table.c.agency == agency)).one_or_none()
    return _account(row) if row else None


def account_for(tx: Connection, agency: str) -> BankAccount | None:
    """Where one transfers what is owed to an agency: its account, or that of the next above."""
    line = [each.code for each in agencies.line(tx, agency)]
    rows = tx.execute(select(table).where(table.c.agency.in_(line)))
    found = {row.agency: _account(row) for row in rows}
    return next((found[code] for code in line if code in found), None)


def put(tx: Connection, account: BankAccount) -> None:
    """Let an agency have this account."""
    remove(tx, account.agency)
    tx.execute(insert(table).values(**vars(account)))


def remove(tx: Connection, agency: str) -> None:
    """Let an agency have none of its own."""
    tx.execute(delete(table).where(table.c.agency == agency))


def _account(row: Any) -> BankAccount:
    return BankAccount(**row._mapping)
