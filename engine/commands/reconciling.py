"""What one line of a statement means, by reference, key and amount."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine.commands.gateway_answers import settle_order
from engine.commands.payments import Settled, Settlement, settle
from engine.gateways.references import Owed, keys_in
from engine.gateways.statements.formats import Format
from engine.gateways.statements.reading import StatementLine
from engine.model.gateway import DifferenceKind, LinePlace, Order
from engine.model.obligation import Obligation
from engine.model.payment import Means
from engine.store import agencies, dossiers, gateway_refunds, money, payment_orders, statements
from engine.store.money import Known
from engine.store.statements import Statement
from engine.store.tables import dossier as dossier_table


@dataclass(frozen=True)
class Placed:
    """Where a line belongs, of which kind the difference is if it is one, and what is known of
    it: what the books say, the attempt, the obligation, the payment of ours."""

    place: LinePlace
    kind: DifferenceKind | None = None
    expected: int | None = None
    order: Order | None = None
    dossier_id: int | None = None
    obligation: int | None = None
    payment: int | None = None


@dataclass(frozen=True)
class _Meant:
    """The obligation that a line names by its key."""

    code: str
    owed: Owed
    obligation: Obligation


def place_of(
    tx: Connection, statement: Statement, form: Format, line: StatementLine, now: datetime
) -> Placed:
    """Where a new line belongs; settles what it shows beyond doubt."""
    if form.gateway:
        return _of_gateway(tx, line, now)
    return _of_bank(tx, statement, line, now)


def _of_gateway(tx: Connection, line: StatementLine, now: datetime) -> Placed:
    order = payment_orders.find(tx, line.order, lock=True) if line.order else None
    if order is None:
        return _differs(DifferenceKind.UNKNOWN if line.amount > 0 else DifferenceKind.REVERSED)
    known = money.known(tx, Means.VNPAY, order.reference)
    if line.amount < 0:
        return _went_out(tx, order, known, line)
    if known is None:
        return _settled_by_gateway(tx, order, line, now)
    return _same_money(tx, order.dossier_id, known, line, order)


def _settled_by_gateway(tx: Connection, order: Order, line: StatementLine, now: datetime) -> Placed:
    if line.amount != order.amount:
        return Placed(
            LinePlace.DIFFERENCE,
            DifferenceKind.WRONG_AMOUNT,
            order.amount,
            order,
            order.dossier_id,
            order.obligation,
        )
    settle_order(tx, order, line.at, now)
    known = money.known(tx, Means.VNPAY, order.reference)
    payment = known.number if known else None
    return Placed(LinePlace.SETTLED, None, None, order, order.dossier_id, order.obligation, payment)


def _went_out(tx: Connection, order: Order, known: Known | None, line: StatementLine) -> Placed:
    """Money went out: a refund of ours that no line has shown yet, or something else."""
    about = (order.amount, order, order.dossier_id, order.obligation)
    number = known.number if known else None
    ours = Counter(gateway_refunds.amounts_of(tx, order.id))
    if number is not None:
        ours -= Counter(statements.went_out(tx, order.dossier_id, number))
    if ours[-line.amount] > 0:
        return Placed(LinePlace.MATCHED, None, *about, number)
    return Placed(LinePlace.DIFFERENCE, DifferenceKind.REVERSED, *about, number)


def _of_bank(tx: Connection, statement: Statement, line: StatementLine, now: datetime) -> Placed:
    known = money.known(tx, Means.TRANSFER, line.reference) if line.reference else None
    if known and line.amount > 0:
        return _same_money(tx, dossiers.read(tx, known.code).id, known, line)
    meant = _meant(tx, statement, line)
    if line.amount < 0:
        return _differs(DifferenceKind.REVERSED, meant)
    if meant is None:
        return _differs(DifferenceKind.UNKNOWN)
    if meant.obligation.outstanding == 0:
        return _differs(DifferenceKind.DOUBLE, meant)
    if meant.obligation.outstanding != line.amount:
        return _differs(DifferenceKind.WRONG_AMOUNT, meant)
    settled = _transferred(tx, meant.code, meant.owed.obligation, line, now)
    return Placed(LinePlace.SETTLED, None, None, None, *meant.owed, settled.payment.number)


def _transferred(
    tx: Connection, code: str, obligation: int, line: StatementLine, now: datetime
) -> Settled:
    """Money came by transfer, as a line of the bank says."""
    reference = transfer_reference(line)
    settlement = Settlement(code, obligation, line.amount, Means.TRANSFER, reference, line.at)
    return settle(tx, settlement, now)


def transfer_reference(line: StatementLine) -> str:
    """How a transfer is named in our books: as the bank does, else by its line."""
    return line.reference or f"SK-{line.digest[:32]}"


def _same_money(
    tx: Connection, dossier_id: int, known: Known, line: StatementLine, order: Order | None = None
) -> Placed:
    """A line names a payment of ours: shows it, unless another did or the amount differs."""
    about = (known.amount, order, dossier_id, known.obligation, known.number)
    if statements.shown(tx, dossier_id, known.number):
        return Placed(LinePlace.DIFFERENCE, DifferenceKind.DOUBLE, *about)
    if known.amount != line.amount:
        return Placed(LinePlace.DIFFERENCE, DifferenceKind.WRONG_AMOUNT, *about)
    return Placed(LinePlace.MATCHED, None, *about)


def _meant(tx: Connection, statement: Statement, line: StatementLine) -> _Meant | None:
    """The one obligation whose key a line holds, in a dossier of the agency or of one below it.

    Two keys are as good as none: nobody knows which was meant.
    """
    below = set(agencies.with_all_below(tx, statement.agency))
    found = [meant for owed in keys_in(line.text) if (meant := _owed(tx, owed, below))]
    return found[0] if len(found) == 1 else None


def _owed(tx: Connection, owed: Owed, below: set[str]) -> _Meant | None:
    query = select(dossier_table.c.code, dossier_table.c.receiving_agency)
    row = tx.execute(query.where(dossier_table.c.id == owed.dossier_id)).one_or_none()
    if row is None or row.receiving_agency not in below:
        return None
    obligation = dossiers.lock(tx, row.code).dossier.obligations.get(owed.obligation)
    return _Meant(row.code, owed, obligation) if obligation else None


def _differs(kind: DifferenceKind, meant: _Meant | None = None) -> Placed:
    if meant is None:
        return Placed(LinePlace.DIFFERENCE, kind)
    expected = meant.obligation.outstanding
    return Placed(LinePlace.DIFFERENCE, kind, expected, None, *meant.owed)
