"""What the simulated gateway knows of payments, and how it signs."""

import hmac
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import quote_plus

SIGNED = {
    "querydr": (
        "RequestId", "Version", "Command", "TmnCode", "TxnRef", "TransactionDate", "CreateDate",
        "IpAddr", "OrderInfo",
    ),
    "refund": (
        "RequestId", "Version", "Command", "TmnCode", "TransactionType", "TxnRef", "Amount",
        "TransactionNo", "TransactionDate", "CreateBy", "CreateDate", "IpAddr", "OrderInfo",
    ),
}  # fmt: skip
"""Fields of a question, as the merchant signs them."""

_ANSWERED = (
    "ResponseId", "Command", "ResponseCode", "Message", "TmnCode", "TxnRef", "Amount", "BankCode",
    "PayDate", "TransactionNo", "TransactionType", "TransactionStatus", "OrderInfo",
)  # fmt: skip
ANSWERED = {"querydr": (*_ANSWERED, "PromotionCode", "PromotionAmount"), "refund": _ANSWERED}


@dataclass
class Payment:
    """One payment: what the merchant asked for, and how it stands (`status`)."""

    asked: Mapping[str, str]
    number: str
    code: str = ""
    status: str = "01"
    paid_at: str = ""
    refunded: int = 0
    refund_status: str = ""

    @property
    def amount(self) -> int:
        """In hundredths of a đồng."""
        return int(self.asked["vnp_Amount"])


@dataclass
class Behaviour:
    """What goes wrong: how often each IPN is sent (0: it is lost), after how many seconds, whether
    one that is forged or tells of a failure comes first; whether questions find nobody; whether a
    refund is done but the answer lost, or refused with a code."""

    ipn_url: str = ""
    times: int = 1
    delay: float = 0.0
    forged_first: bool = False
    failure_first: bool = False
    deaf: bool = False
    refund_answer_lost: bool = False
    refund_code: str = "00"


@dataclass
class Ledger:
    """A merchant's payments."""

    code: str
    secret: str = field(repr=False)
    behaviour: Behaviour = field(default_factory=Behaviour)
    payments: dict[str, Payment] = field(default_factory=dict)
    refunds: list[Mapping[str, str]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    numbers: "count[int]" = field(default_factory=lambda: count(14_000_001))

    def hash(self, text: str) -> str:
        """HMAC-SHA512."""
        return hmac.new(self.secret.encode(), text.encode(), "sha512").hexdigest()

    def signed_query(self, said: Mapping[str, str]) -> str:
        """Parameters with their signature behind them."""
        query = _query(said)
        return f"{query}&vnp_SecureHash={self.hash(query)}"

    def is_signed(self, said: Mapping[str, str]) -> bool:
        """Whether the merchant signed these parameters of an address."""
        signed = {name: value for name, value in said.items() if name != "vnp_SecureHash"}
        return hmac.compare_digest(self.hash(_query(signed)), said.get("vnp_SecureHash", ""))

    def hash_fields(self, said: Mapping[str, str], names: Sequence[str]) -> str:
        """The signature of a question or an answer."""
        return self.hash("|".join(said.get(f"vnp_{name}", "") for name in names))

    def begin(self, asked: Mapping[str, str]) -> Payment | None:
        """Someone comes to pay; None where the payment of that name is over."""
        with self.lock:
            new = Payment(asked, str(next(self.numbers)))
            payment = self.payments.setdefault(asked["vnp_TxnRef"], new)
        return payment if payment.status == "01" else None

    def notice(self, payment: Payment, code: str, status: str) -> dict[str, str]:
        """What an IPN and the way back say."""
        asked = payment.asked
        return {
            "vnp_Amount": asked["vnp_Amount"],
            "vnp_BankCode": "NCB",
            "vnp_BankTranNo": f"VNP{payment.number}",
            "vnp_CardType": "ATM",
            "vnp_OrderInfo": asked["vnp_OrderInfo"],
            "vnp_PayDate": payment.paid_at,
            "vnp_ResponseCode": code,
            "vnp_TmnCode": self.code,
            "vnp_TransactionNo": payment.number,
            "vnp_TransactionStatus": status,
            "vnp_TxnRef": asked["vnp_TxnRef"],
        }


def _query(said: Mapping[str, str]) -> str:
    return "&".join(f"{quote_plus(name)}={quote_plus(said[name])}" for name in sorted(said))
