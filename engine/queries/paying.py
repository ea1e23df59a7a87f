"""What may be paid now, and how: online, or by a transfer that a QR code fills in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine.errors.gateways import NoBankAccount, NothingDue
from engine.errors.money import ObligationUnknown
from engine.gateways.references import Owed, payment_key
from engine.gateways.vietqr import Account, vietqr
from engine.gateways.vnpay.codes import Codes, meaning
from engine.model.dossier import Dossier
from engine.model.gateway import ORDER_STATE_NAMES, BankAccount, Order, OrderState
from engine.model.obligation import OBLIGATION_KIND_NAMES, Obligation
from engine.model.payment import Means
from engine.store import bank_accounts, payment_orders
from engine.store.money_tables import payment
from engine.store.tables import dossier as table


@dataclass(frozen=True)
class Transfer:
    """A transfer as a QR code fills it in: `text` is that in the code, `purpose` what finds the
    obligation again."""

    bank_name: str
    bank: str
    number: str
    holder: str
    amount: int
    purpose: str
    text: str


@dataclass(frozen=True)
class Payable:
    """An obligation of which `due` đồng are still to be paid; `transfer` None where the agency has
    no bank account. `awaited`: an attempt was begun of which nothing is known yet."""

    obligation: int
    name: str
    items: tuple[str, ...]
    due: int
    due_at: datetime | None
    transfer: Transfer | None
    awaited: bool


@dataclass(frozen=True)
class AttemptView:
    """An attempt to pay, with what the gateway said last in a sentence (None: nothing)."""

    reference: str
    amount: int
    created_at: datetime
    expires_at: datetime
    state: OrderState
    state_name: str
    said: str | None
    paid_at: datetime | None


@dataclass(frozen=True)
class AttemptThen:
    """What is known of an attempt when the payer comes back: of which dossier, how it stands, and
    how many đồng of it are more than was due and go back."""

    code: str
    attempt: AttemptView
    to_refund: int


def payables(tx: Connection, dossier: Dossier, now: datetime) -> list[Payable]:
    """Everything of a dossier that is to be paid, in order of its numbers."""
    owed = [each for each in dossier.obligations.values() if each.outstanding > 0]
    if not owed:
        return []
    account = bank_accounts.account_for(tx, dossier.receiving_agency)
    id_ = _id_of(tx, dossier.code)
    return [_payable(tx, id_, each, account, now) for each in owed]


def transfer_for(tx: Connection, dossier: Dossier, number: int) -> Transfer:
    """The transfer that pays what is still due of an obligation.

    Raises `ObligationUnknown`, `NothingDue`, `NoBankAccount`.
    """
    obligation = dossier.obligations.get(number)
    if obligation is None:
        raise ObligationUnknown(code=dossier.code, obligation=number)
    if obligation.outstanding <= 0:
        raise NothingDue(code=dossier.code)
    account = bank_accounts.account_for(tx, dossier.receiving_agency)
    if account is None:
        raise NoBankAccount(agency=dossier.receiving_agency)
    return _transfer(account, Owed(_id_of(tx, dossier.code), number), obligation.outstanding)


def attempts(tx: Connection, dossier: Dossier, number: int) -> list[AttemptView]:
    """Every attempt to pay an obligation, the last first."""
    orders = payment_orders.of_obligation(tx, _id_of(tx, dossier.code), number)
    return [_attempt(order) for order in orders]


def attempt_of(tx: Connection, reference: str) -> AttemptThen | None:
    """What is known of an attempt; None where there is none of that reference."""
    order = payment_orders.find(tx, reference)
    if order is None:
        return None
    paid = (payment.c.means == Means.VNPAY) & (payment.c.reference == reference)
    too_much = tx.execute(select(payment.c.to_refund).where(paid)).scalar_one_or_none()
    return AttemptThen(order.code, _attempt(order), too_much or 0)


def _payable(
    tx: Connection, dossier_id: int, each: Obligation, account: BankAccount | None, now: datetime
) -> Payable:
    owed = Owed(dossier_id, each.number)
    open_ = (o for o in payment_orders.of_obligation(tx, *owed) if o.state is OrderState.OPEN)
    return Payable(
        obligation=each.number,
        name=OBLIGATION_KIND_NAMES[each.kind],
        items=tuple(item.name for item in each.items),
        due=each.outstanding,
        due_at=each.due_at,
        transfer=_transfer(account, owed, each.outstanding) if account else None,
        awaited=any(order.expires_at > now for order in open_),
    )


def _transfer(account: BankAccount, owed: Owed, amount: int) -> Transfer:
    purpose = payment_key(owed)
    return Transfer(
        bank_name=account.bank_name,
        bank=account.bank,
        number=account.number,
        holder=account.holder,
        amount=amount,
        purpose=purpose,
        text=vietqr(Account(account.bank, account.number), amount, purpose),
    )


def _attempt(order: Order) -> AttemptView:
    return AttemptView(
        reference=order.reference,
        amount=order.amount,
        created_at=order.created_at,
        expires_at=order.expires_at,
        state=order.state,
        state_name=ORDER_STATE_NAMES[order.state],
        said=_said(order),
        paid_at=order.paid_at,
    )


def _said(order: Order) -> str | None:
    if order.notice_code:
        return meaning(Codes.NOTICE, order.notice_code)
    return meaning(Codes.STATUS, order.status) if order.status else None


def _id_of(tx: Connection, code: str) -> int:
    return int(tx.execute(select(table.c.id).where(table.c.code == code)).scalar_one())
