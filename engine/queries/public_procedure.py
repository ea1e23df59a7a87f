"""What everybody may know of a procedure: papers, time, fees, steps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from bpmn.decisions import DecisionTable, Row
from bpmn.fees import GROUND, MONEY, RELIEF, is_fee_table
from bpmn.procedure import Procedure
from engine.queries import procedures
from engine.store.tables import procedure as table

_NUMBER = re.compile("[0-9]{1,11}")
_TEXT = re.compile('"([^"]*)"')


@dataclass(frozen=True)
class Price:
    """One case of a fee table: what it is called, what is to be paid in đồng (None where it
    depends on what is handed in, or on a decision), and the legal ground."""

    case: str
    amount: int | None
    ground: str


@dataclass(frozen=True)
class PublicProcedure:
    """A procedure in force, or one that was `repealed_on` a day; no `prices` are told where no
    table says them."""

    procedure: Procedure
    prices: tuple[Price, ...]
    repealed_on: date | None


def public_procedure(tx: Connection, code: str) -> PublicProcedure:
    """Raises `ProcedureUnknown`."""
    found = procedures.procedure(tx, code)
    ended = tx.execute(select(table.c.repealed_on).where(table.c.code == code)).scalar_one()
    tables = dict.fromkeys(found.diagram.decisions.values())
    prices = (price for each in tables if is_fee_table(each) for price in _prices(each))
    return PublicProcedure(found, tuple(dict.fromkeys(prices)), ended)


def _prices(fees: DecisionTable) -> Iterator[Price]:
    for row in fees.rows:
        cells = dict(zip(fees.outputs, row.outputs, strict=True))
        ground = _text(cells.get(RELIEF, "")) or _text(cells.get(GROUND, ""))
        yield Price(row.name or fees.name, _amount(fees, row), ground)


def _amount(fees: DecisionTable, row: Row) -> int | None:
    """Fee and charge together, where both are written as numbers."""
    cells = zip(fees.outputs, row.outputs, strict=True)
    amounts = [cell for name, cell in cells if name in MONEY]
    if not all(_NUMBER.fullmatch(cell) for cell in amounts):
        return None
    return sum(map(int, amounts))


def _text(cell: str) -> str:
    found = _TEXT.fullmatch(cell.strip())
    return found[1] if found else ""
