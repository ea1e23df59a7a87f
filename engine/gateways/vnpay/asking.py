"""Questions to VNPAY: what became of a payment (querydr), and to send money back (refund)."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import requests

from engine.errors.gateways import GatewayAnswerUnreadable, GatewayUnreachable
from engine.gateways.vnpay.answers import Answer, read_asked
from engine.gateways.vnpay.merchant import VERSION, Merchant
from engine.gateways.vnpay.paying import HUNDREDTHS, stamp

GATEWAY = "VNPAY"
FULL, PARTIAL = "02", "03"
"""Types of refunds."""

_SECONDS = 20
_QUESTION = (
    "RequestId", "Version", "Command", "TmnCode", "TxnRef", "TransactionDate", "CreateDate",
    "IpAddr", "OrderInfo",
)  # fmt: skip
_REFUND = (
    "RequestId", "Version", "Command", "TmnCode", "TransactionType", "TxnRef", "Amount",
    "TransactionNo", "TransactionDate", "CreateBy", "CreateDate", "IpAddr", "OrderInfo",
)  # fmt: skip
_ABOUT = (
    "ResponseId", "Command", "ResponseCode", "Message", "TmnCode", "TxnRef", "Amount", "BankCode",
    "PayDate", "TransactionNo", "TransactionType", "TransactionStatus", "OrderInfo",
)  # fmt: skip
ANSWERED = {"querydr": (*_ABOUT, "PromotionCode", "PromotionAmount"), "refund": _ABOUT}
"""Fields of the answer to a command, as VNPAY signs them."""


@dataclass(frozen=True)
class Refund:
    """Money to go back: `amount` of a payment of `paid` đồng that VNPAY knows as `number`.

    `id` names the request; it must never name another one. `by` is who asked for it.
    """

    id: str
    reference: str
    paid: int
    amount: int
    number: str
    created_at: datetime
    by: str
    info: str


@dataclass(frozen=True)
class Reply:
    """What VNPAY said to a question: its code, and of which payment, where it knows one."""

    code: str
    answer: Answer | None


def request_id() -> str:
    """A name for a request that no other has."""
    return secrets.token_hex(16)


def ask(merchant: Merchant, reference: str, created_at: datetime, now: datetime) -> Reply:
    """What became of a payment that was begun at `created_at`.

    Raises `GatewayUnreachable`, `GatewayAnswerUnreadable`.
    """
    question = {
        "RequestId": request_id(),
        "Version": VERSION,
        "Command": "querydr",
        "TmnCode": merchant.code,
        "TxnRef": reference,
        "OrderInfo": f"Hoi ket qua {reference}",
        "TransactionDate": stamp(created_at),
        "CreateDate": stamp(now),
        "IpAddr": "127.0.0.1",
    }
    return _told(merchant, question, _QUESTION)


def refund(merchant: Merchant, asked: Refund, now: datetime) -> Reply:
    """Have money sent back; call it once for an `id`. Raises what `ask` raises, and then nobody
    knows whether it was taken: ask, do not repeat."""
    question = {
        "RequestId": asked.id,
        "Version": VERSION,
        "Command": "refund",
        "TmnCode": merchant.code,
        "TransactionType": FULL if asked.amount == asked.paid else PARTIAL,
        "TxnRef": asked.reference,
        "Amount": str(asked.amount * HUNDREDTHS),
        "TransactionNo": asked.number,
        "TransactionDate": stamp(asked.created_at),
        "CreateBy": asked.by,
        "CreateDate": stamp(now),
        "IpAddr": "127.0.0.1",
        "OrderInfo": asked.info,
    }
    return _told(merchant, question, _REFUND)


def _told(merchant: Merchant, question: Mapping[str, str], order: Sequence[str]) -> Reply:
    body = {f"vnp_{name}": value for name, value in question.items()}
    body["vnp_SecureHash"] = merchant.sign_fields(question[name] for name in order)
    said = _sent(merchant.api_url, body)
    code = str(said.get("vnp_ResponseCode", ""))
    if code != "00":
        return Reply(code, None)
    fields = (str(said.get(f"vnp_{name}") or "") for name in ANSWERED[question["Command"]])
    genuine = merchant.signed("|".join(fields), str(said.get("vnp_SecureHash", "")))
    if not genuine or said.get("vnp_TxnRef") != question["TxnRef"]:
        raise GatewayAnswerUnreadable()
    return Reply(code, read_asked(said))


def _sent(url: str, body: Mapping[str, str]) -> Mapping[str, Any]:
    try:
        answer = requests.post(url, json=body, timeout=_SECONDS, allow_redirects=False)
    except OSError as error:
        raise GatewayUnreachable(gateway=GATEWAY) from error
    try:
        said = answer.json()
    except ValueError as error:
        raise GatewayAnswerUnreadable() from error
    if answer.status_code != 200 or not isinstance(said, dict):
        raise GatewayAnswerUnreadable()
    return said
