"""What VNPAY says of a payment, by IPN, on the payer's way back, or when asked."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from engine.deadlines.calendar import VIETNAM
from engine.errors.gateways import GatewayAnswerUnreadable, SignatureForged
from engine.gateways.vnpay.merchant import Merchant

LONGEST = 4_096
"""Characters of a query; a real one has some 600."""

_PREFIX = "vnp_"
_SIGNATURES = ("vnp_SecureHash", "vnp_SecureHashType")
_WHOLE = re.compile("[0-9]{1,15}")
_REFERENCE = re.compile("[!-~]{1,100}")


class Outcome(StrEnum):
    """What became of a payment, as VNPAY sees it now.

    PENDING: nothing final. SUSPECT: money was taken, but VNPAY holds it back as suspect.
    REVERSED: money was taken from the payer's account, but goes back there.
    REFUNDING: a refund that we asked for is on its way; REFUND_REFUSED: the bank refused it.
    """

    PAID = "paid"
    FAILED = "failed"
    PENDING = "pending"
    SUSPECT = "suspect"
    REVERSED = "reversed"
    REFUNDING = "refunding"
    REFUND_REFUSED = "refund_refused"


_BY_STATUS = {
    "00": Outcome.PAID,
    "01": Outcome.PENDING,
    "02": Outcome.FAILED,
    "04": Outcome.REVERSED,
    "05": Outcome.REFUNDING,
    "06": Outcome.REFUNDING,
    "07": Outcome.SUSPECT,
    "09": Outcome.REFUND_REFUSED,
}
SUCCESS = "00"


@dataclass(frozen=True)
class Answer:
    """What VNPAY says of the payment `reference`; `hundredths` is its amount in hundredths of a
    đồng, `number` VNPAY's own, `bank` the payer's bank and `bank_number` that bank's own.

    `code` is that of the notice, empty where we asked; `status` that of the transaction.
    """

    reference: str
    hundredths: int
    outcome: Outcome
    code: str = ""
    status: str = ""
    number: str = ""
    bank: str = ""
    bank_number: str = ""
    paid_at: datetime | None = None

    def is_of(self, amount: int) -> bool:
        """Whether the payment is of so many đồng."""
        return self.hundredths == amount * 100


def read_query(merchant: Merchant, pairs: Iterable[tuple[str, str]]) -> Answer:
    """The answer in the parameters of an IPN or of the payer's way back.

    Only parameters of VNPAY count. Raises `SignatureForged` where it did not sign them, or where
    one stands there twice; `GatewayAnswerUnreadable` where it signed what makes no sense.
    """
    listed = [(name, value) for name, value in pairs if name.startswith(_PREFIX)]
    said = dict(listed)
    if len(said) != len(listed) or sum(map(len, said.values())) > LONGEST:
        raise SignatureForged()
    signature = said.get("vnp_SecureHash", "")
    signed = {name: value for name, value in said.items() if name not in _SIGNATURES}
    if not merchant.signed(merchant.query(signed), signature):
        raise SignatureForged()
    if said.get("vnp_TmnCode") != merchant.code:
        raise SignatureForged()
    return _answer(said, outcome_of_notice(said), str(said.get("vnp_ResponseCode", "")))


def outcome_of_notice(said: Mapping[str, Any]) -> Outcome:
    """What an IPN means: paid only where both of its codes say so."""
    code, status = said.get("vnp_ResponseCode"), said.get("vnp_TransactionStatus")
    if status == SUCCESS:
        return Outcome.PAID if code == SUCCESS else Outcome.PENDING
    return outcome_of(status)


def outcome_of(status: Any) -> Outcome:
    """What the status of a transaction means; one that nobody knows is not final."""
    return _BY_STATUS.get(str(status), Outcome.PENDING)


def read_asked(said: Mapping[str, Any]) -> Answer:
    """The answer to a question, the signature of which was checked."""
    return _answer(said, outcome_of(said.get("vnp_TransactionStatus")))


def _answer(said: Mapping[str, Any], outcome: Outcome, code: str = "") -> Answer:
    reference = str(said.get("vnp_TxnRef", ""))
    amount = str(said.get("vnp_Amount", ""))
    if not _REFERENCE.fullmatch(reference) or not _WHOLE.fullmatch(amount):
        raise GatewayAnswerUnreadable()
    return Answer(
        reference=reference,
        hundredths=int(amount),
        outcome=outcome,
        code=code[:8],
        status=str(said.get("vnp_TransactionStatus") or "")[:8],
        number=str(said.get("vnp_TransactionNo") or "")[:32],
        bank=str(said.get("vnp_BankCode") or "")[:32],
        bank_number=str(said.get("vnp_BankTranNo") or "")[:255],
        paid_at=_moment(said.get("vnp_PayDate")),
    )


def _moment(text: Any) -> datetime | None:
    try:
        return datetime.strptime(str(text), "%Y%m%d%H%M%S").replace(tzinfo=VIETNAM)
    except ValueError:
        return None
