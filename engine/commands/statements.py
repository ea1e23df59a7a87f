"""Statements of banks and gateways are taken in, line by line, each in a transaction of its own.

Every line ends in exactly one place (`LinePlace`). What is clear is settled; where anything could
be meant but one thing, a person decides. Nothing is guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from engine.commands.reconciling import Placed, place_of, transfer_reference
from engine.deadlines.calendar import VIETNAM, local
from engine.errors import NotPermitted
from engine.errors.statements import StatementDaysWrong
from engine.gateways.statements.formats import Format
from engine.gateways.statements.reading import StatementLine
from engine.model.actor import Actor, Permission, may_at
from engine.model.gateway import DifferenceKind, LinePlace
from engine.store import agencies, differences, statements
from engine.store.differences import Difference
from engine.store.statements import OurPayment, Statement

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class BeginStatement:
    """A statement of an agency's account, or of its merchant at the gateway.

    Without days it is for those from its first line to its last.
    """

    agency: str
    form: Format
    file_name: str
    lines: Sequence[StatementLine]
    first_day: date | None = None
    last_day: date | None = None


def begin_statement(
    tx: Connection, command: BeginStatement, actor: Actor, now: datetime
) -> Statement:
    """Begin to take a statement in; raises `NotPermitted`, `StatementDaysWrong`."""
    if not may_at(actor, Permission.STATEMENT_IMPORT, command.agency):
        raise NotPermitted(what=f"nhập sao kê của cơ quan {command.agency}")
    days = [local(line.at).date() for line in command.lines]
    first, last = command.first_day or min(days), command.last_day or max(days)
    if not first <= min(days) <= max(days) <= last:
        raise StatementDaysWrong(first=f"{min(days):%d/%m/%Y}", last=f"{max(days):%d/%m/%Y}")
    number = statements.begin(
        tx,
        source=_source(command),
        agency=command.agency,
        format=command.form.code,
        file_name=command.file_name[:200],
        first_day=first,
        last_day=last,
        lines=len(command.lines),
        imported_at=now,
        imported_by=actor.id,
    )
    return statements.get(tx, number)


def _source(command: BeginStatement) -> str:
    """Whose lines are told apart: one merchant at a gateway, one account of an agency."""
    return command.form.code if command.form.gateway else f"{command.form.code}:{command.agency}"


def take_line(
    tx: Connection, statement: Statement, form: Format, line: StatementLine, now: datetime
) -> LinePlace | None:
    """Put one line where it belongs; None where an earlier statement had it."""
    line_id = statements.add_line(tx, statement, line)
    if line_id is None:
        return None
    placed = place_of(tx, statement, form, line, now)
    statements.place(tx, line_id, placed.place, placed.dossier_id, placed.payment)
    if placed.place is LinePlace.DIFFERENCE:
        found = _difference(statement, form, line, line_id, placed)
        differences.note_line(tx, found, _told(form, line, placed), now)
    elif placed.dossier_id is not None and placed.payment is not None:
        key = differences.of_payment(placed.dossier_id, placed.payment)
        said = f"Có ở sao kê số {statement.id}."
        differences.found(tx, key, DifferenceKind.MISSING, said, now)
    return placed.place


def _told(form: Format, line: StatementLine, placed: Placed) -> str | None:
    """The key under which the gateway may have told of the same money before."""
    if not form.gateway or not line.order or placed.payment is not None or line.amount < 0:
        return None
    return differences.of_reference(line.order)


def _difference(
    statement: Statement, form: Format, line: StatementLine, line_id: int, placed: Placed
) -> Difference:
    return Difference(
        key=differences.of_line(line_id),
        agency=statement.agency,
        kind=placed.kind or DifferenceKind.UNKNOWN,
        at=line.at,
        amount=line.amount,
        means=form.means,
        reference=_name(line, line_id, placed),
        text=" · ".join(part for part in (line.reference, line.order, line.text) if part),
        expected=placed.expected,
        line_id=line_id,
        order_id=placed.order.id if placed.order else None,
        dossier_id=placed.dossier_id,
        obligation=placed.obligation,
        payment=placed.payment,
    )


def _name(line: StatementLine, line_id: int, placed: Placed) -> str:
    """How the money of a line is to be named in our books, where its own name is taken already."""
    name = line.order or transfer_reference(line)
    return name if placed.payment is None else f"{name[:80]}-L{line_id}"


def finish_statement(
    tx: Connection, statement: Statement, form: Format, repeated: int, now: datetime
) -> int:
    """A statement is in: look for payments of ours that it should show and does not.

    A payment may stand in the statement of its day or of the next, so those of the last day are
    left to the statement that goes on from here. Returns how many are missing.
    """
    statements.finish(tx, statement.id, repeated)
    before = statements.last_day_before(tx, statement)
    goes_on = before is not None and before >= statement.first_day - _ONE_DAY
    first = min(before, statement.first_day) if before and goes_on else statement.first_day
    below = list(agencies.with_all_below(tx, statement.agency))
    since, until = _midnight(first), _midnight(statement.last_day)
    missing = statements.unseen(tx, form.means, below, since, until)
    for payment in missing:
        differences.note(tx, _missing(payment, form), now)
    return len(missing)


def _missing(payment: OurPayment, form: Format) -> Difference:
    return Difference(
        key=differences.of_payment(payment.dossier_id, payment.number),
        agency=payment.agency,
        kind=DifferenceKind.MISSING,
        at=payment.paid_at,
        amount=0,
        means=form.means,
        reference=payment.reference,
        expected=payment.amount,
        dossier_id=payment.dossier_id,
        obligation=payment.obligation,
        payment=payment.number,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
