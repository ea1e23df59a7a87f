"""Cash at the counter: taken against a receipt out of a numbered book."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.acting import Target, require, require_revision
from engine.commands.payments import Settled, Settlement, record
from engine.deadlines.calendar import local
from engine.errors.money import CashTooMuch, NotCollectedHere
from engine.life.dues import OWN, open_of
from engine.life.obligations import obligation_in
from engine.model.actor import Actor, Permission
from engine.model.dossier import Dossier
from engine.model.payment import Means, Receipt
from engine.store import books, dossiers

BOOK = "fee_receipt"
"""The book that numbers receipts, in each agency from 1 every year."""


@dataclass(frozen=True)
class TakeCash:
    """So many đồng, change left out, for an obligation; `payer` is whoever paid."""

    target: Target
    obligation: int
    amount: int
    payer: str


@dataclass(frozen=True)
class TakeAll:
    """All that this office has to collect for a dossier."""

    target: Target
    payer: str


def take_all(tx: Connection, command: TakeAll, actor: Actor, now: datetime) -> Dossier:
    """Take in cash whatever fees and charges are due, a receipt for each."""
    require_revision(tx, command.target)
    dossier = dossiers.lock(tx, command.target.code).dossier
    for due in list(open_of(dossier, OWN)):
        cash = TakeCash(Target(dossier.code), due.number, due.outstanding, command.payer)
        dossier = take_cash(tx, cash, actor, now).dossier
    return dossier


def take_cash(tx: Connection, command: TakeCash, actor: Actor, now: datetime) -> Settled:
    """Take cash and give a receipt for it; never more than is due, for change is given at once.

    Raises `CashTooMuch`, and what `settle` raises.
    """
    check = require(actor, Permission.PAYMENT_TAKE, "thu tiền của hồ sơ này")
    require_revision(tx, command.target)
    dossier = dossiers.lock(tx, command.target.code).dossier
    check(dossier)
    obligation = obligation_in(dossier, command.obligation)
    if obligation.kind not in OWN:
        raise NotCollectedHere(obligation=obligation.number)
    due = obligation.outstanding
    if command.amount > due:
        raise CashTooMuch(amount=due)
    year = local(now).year
    number = books.next_number(tx, dossier.receiving_agency, BOOK, year)
    receipt = Receipt(f"BL-{year}", number)
    settlement = Settlement(
        code=dossier.code,
        obligation=command.obligation,
        amount=command.amount,
        means=Means.CASH,
        reference=f"{dossier.receiving_agency} {receipt.in_words}",
        paid_at=now,
        payer=command.payer,
    )
    return record(tx, settlement, actor.key, check, now, receipt)
