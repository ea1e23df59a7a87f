"""The address that takes a payer to VNPAY."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.deadlines.calendar import local
from engine.gateways.vnpay.merchant import VERSION, Merchant

ORDER_TYPE = "other"
HUNDREDTHS = 100
"""VNPAY counts in hundredths of a đồng."""


@dataclass(frozen=True)
class Payment:
    """What is to be paid: `amount` in đồng, `info` in ASCII, `address` the payer's IP address."""

    reference: str
    amount: int
    info: str
    created_at: datetime
    expires_at: datetime
    address: str
    locale: Literal["vn", "en"] = "vn"


def pay_url(merchant: Merchant, payment: Payment) -> str:
    """The signed address of VNPAY's page."""
    query = merchant.query(
        {
            "vnp_Version": VERSION,
            "vnp_Command": "pay",
            "vnp_TmnCode": merchant.code,
            "vnp_Amount": str(payment.amount * HUNDREDTHS),
            "vnp_CreateDate": stamp(payment.created_at),
            "vnp_ExpireDate": stamp(payment.expires_at),
            "vnp_CurrCode": "VND",
            "vnp_IpAddr": payment.address,
            "vnp_Locale": payment.locale,
            "vnp_OrderInfo": payment.info,
            "vnp_OrderType": ORDER_TYPE,
            "vnp_ReturnUrl": merchant.return_url,
            "vnp_TxnRef": payment.reference,
        }
    )
    return f"{merchant.pay_url}?{query}&vnp_SecureHash={merchant.sign(query)}"


def stamp(moment: datetime) -> str:
    """A moment as VNPAY writes it: `yyyyMMddHHmmss` in Vietnamese time."""
    return local(moment).strftime("%Y%m%d%H%M%S")
