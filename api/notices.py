"""What the payment gateway says by itself: server to server (IPN), and on the payer's way back.

Only the first settles anything. A notice that the gateway did not sign is refused before the
database is asked, so that forgeries cost no more than a checksum; whoever sends a genuine one
again is answered out of a reading transaction, so that real ones are never held up by repeats.
"""

from dataclasses import dataclass

import structlog
from flask import request

from api.services import services
from engine.commands.gateway_answers import Learned, is_known, learn
from engine.errors.gateways import SignatureForged
from engine.gateways.vnpay.answers import Answer, read_query
from engine.gateways.vnpay.merchant import Merchant

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Said:
    """What is replied to an IPN, as VNPAY's documentation has it."""

    RspCode: str
    Message: str


OK = Said("00", "Confirm Success")
NO_ORDER = Said("01", "Order not found")
KNOWN = Said("02", "Order already confirmed")
WRONG_AMOUNT = Said("04", "Invalid amount")
FORGED = Said("97", "Invalid signature")
TROUBLE = Said("99", "Unknown error")
"""After which VNPAY tries again."""

_REPLIES = {
    Learned.SETTLED: OK,
    Learned.NOTED: OK,
    Learned.KNOWN: KNOWN,
    Learned.ORDER_UNKNOWN: NO_ORDER,
    Learned.WRONG_AMOUNT: WRONG_AMOUNT,
}


def take_notice() -> Said:
    """Take the IPN that the current request is. Whatever goes wrong, VNPAY is told to try again."""
    try:
        return _REPLIES[_learned(_answer())]
    except SignatureForged:
        log.warning("ipn_forged", address=request.remote_addr)
        return FORGED
    except Exception as error:
        log.exception("ipn_failed", exc_info=error)
        return TROUBLE


def brought_back() -> Answer:
    """What the payer's browser brings back; raises `SignatureForged`, `GatewayAnswerUnreadable`.

    It is only good for finding the attempt.
    """
    return _answer()


def _answer() -> Answer:
    merchant = Merchant.of(services().settings)
    if merchant is None:
        raise SignatureForged()
    return read_query(merchant, request.args.items(multi=True))


def _learned(answer: Answer) -> Learned:
    house = services()
    with house.database.reading() as tx:
        if is_known(tx, answer):
            return Learned.KNOWN
    with house.database.transaction() as tx:
        return learn(tx, answer, house.clock())
