"""Someone begins to pay online: an attempt is written down, and VNPAY's page is named."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection

from engine.errors.gateways import AmountNotPayable, NothingDue
from engine.gateways.references import Owed, ascii_text, attempt_reference, payment_key
from engine.gateways.vnpay.merchant import Merchant
from engine.gateways.vnpay.paying import Payment, pay_url
from engine.store import dossiers, payment_orders
from engine.store.payment_orders import Attempt

LEAST, MOST = 5_000, 999_999_999
"""What VNPAY takes at a time, in đồng."""

_LONGEST_INFO = 100


@dataclass(frozen=True)
class PayOnline:
    """Pay what is still due of an obligation; `address` is the payer's IP address."""

    code: str
    obligation: int
    address: str
    locale: Literal["vn", "en"] = "vn"


def pay_online(tx: Connection, command: PayOnline, merchant: Merchant, now: datetime) -> str:
    """Begin another attempt to pay; gives the address of VNPAY's page for it.

    Raises `DossierUnknown`, `NothingDue`, `AmountNotPayable`.
    """
    loaded = dossiers.read(tx, command.code)
    obligation = loaded.dossier.obligations.get(command.obligation)
    due = obligation.outstanding if obligation else 0
    if due <= 0:
        raise NothingDue(code=command.code)
    if not LEAST <= due <= MOST:
        raise AmountNotPayable(least=LEAST, most=MOST)
    attempt = Attempt(
        dossier_id=loaded.id,
        obligation=command.obligation,
        amount=due,
        reference=attempt_reference(now),
        created_at=now,
        expires_at=now + timedelta(minutes=merchant.minutes),
    )
    payment_orders.add(tx, attempt)
    return pay_url(merchant, _payment(attempt, command))


def _payment(attempt: Attempt, command: PayOnline) -> Payment:
    key = payment_key(Owed(attempt.dossier_id, attempt.obligation))
    return Payment(
        reference=attempt.reference,
        amount=attempt.amount,
        info=ascii_text(f"Nop tien ho so {command.code} {key}", _LONGEST_INFO),
        created_at=attempt.created_at,
        expires_at=attempt.expires_at,
        address=command.address,
        locale=command.locale,
    )
