"""What the simulated gateway answers when a merchant asks it (querydr) or has money sent back."""

from collections.abc import Mapping
from uuid import uuid4

from cli.simulators.vnpay.ledger import ANSWERED, SIGNED, Ledger, Payment

_FULL = "02"


def answered(ledger: Ledger, said: Mapping[str, str]) -> dict[str, str]:
    """The signed answer to a question."""
    command = said.get("vnp_Command", "")
    if command not in SIGNED:
        return _answer(ledger, said, "03", None)
    if said.get("vnp_TmnCode") != ledger.code:
        return _answer(ledger, said, "02", None)
    if said.get("vnp_SecureHash") != ledger.hash_fields(said, SIGNED[command]):
        return _answer(ledger, said, "97", None)
    payment = ledger.payments.get(said.get("vnp_TxnRef", ""))
    if payment is None or payment.asked["vnp_CreateDate"] != said.get("vnp_TransactionDate"):
        return _answer(ledger, said, "91", None)
    code = "00" if command == "querydr" else _refund(ledger, payment, said)
    return _answer(ledger, said, code, payment)


def _refund(ledger: Ledger, payment: Payment, said: Mapping[str, str]) -> str:
    """Send money back; gives the code of the answer."""
    with ledger.lock:
        amount = int(said["vnp_Amount"])
        if ledger.behaviour.refund_code != "00":
            return ledger.behaviour.refund_code
        if payment.status != "00":
            return "95"
        if any(before["vnp_RequestId"] == said["vnp_RequestId"] for before in ledger.refunds):
            return "94"
        if said["vnp_TransactionType"] == _FULL and payment.refunded:
            return "04"
        if payment.refunded + amount > payment.amount:
            return "93"
        payment.refunded += amount
        payment.refund_status = "05"
        ledger.refunds.append(dict(said))
        return "00"


def _answer(
    ledger: Ledger, said: Mapping[str, str], code: str, payment: Payment | None
) -> dict[str, str]:
    command = said.get("vnp_Command", "")
    answer = {
        "vnp_ResponseId": uuid4().hex,
        "vnp_Command": command,
        "vnp_ResponseCode": code,
        "vnp_Message": "simulated",
        "vnp_TmnCode": ledger.code,
        "vnp_TxnRef": said.get("vnp_TxnRef", ""),
    }
    if payment:
        answer |= {
            "vnp_Amount": said.get("vnp_Amount") or payment.asked["vnp_Amount"],
            "vnp_BankCode": "NCB",
            "vnp_PayDate": payment.paid_at,
            "vnp_TransactionNo": payment.number,
            "vnp_TransactionType": said.get("vnp_TransactionType") or "01",
            "vnp_TransactionStatus": payment.refund_status or payment.status,
            "vnp_OrderInfo": payment.asked["vnp_OrderInfo"],
        }
    return answer | {"vnp_SecureHash": ledger.hash_fields(answer, ANSWERED.get(command, []))}
