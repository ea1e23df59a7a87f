"""Asks the gateway what became of attempts that ran out, and of refunds it did not answer.

So no payment is lost with the notice of it. Any number of processes may do it at once; whoever
dies while asking loses nothing, for what is claimed comes again by itself.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import structlog

from engine.commands.gateway_answers import learn_reply
from engine.commands.gateway_refunds import learn_refund
from engine.errors import EngineError
from engine.gateways.vnpay.asking import Reply, ask
from engine.gateways.vnpay.merchant import Merchant
from engine.store import gateway_refunds, payment_orders
from engine.store.database import Database
from engine.wallclock import Clock

INTERVAL_SECONDS = 5.0
BATCH = 20

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Inquiry:
    """With what the gateway is asked."""

    database: Database
    merchant: Merchant
    clock: Clock


def ask_what_is_due(inquiry: Inquiry, go_on: Callable[[], bool] = lambda: True) -> int:
    """Ask about everything that is due, each outside of any transaction; returns how much."""
    return _ask_orders(inquiry, go_on) + _ask_refunds(inquiry, go_on)


def _ask_orders(inquiry: Inquiry, go_on: Callable[[], bool]) -> int:
    with inquiry.database.transaction() as tx:
        orders = payment_orders.claim(tx, inquiry.clock(), BATCH)
    for order in orders:
        if not go_on():
            break
        reply = _answer(inquiry, order.reference, order.created_at)
        with _told(order.reference), inquiry.database.transaction() as tx:
            learn_reply(tx, order, reply, inquiry.clock())
    return len(orders)


def _ask_refunds(inquiry: Inquiry, go_on: Callable[[], bool]) -> int:
    with inquiry.database.transaction() as tx:
        refunds = gateway_refunds.claim(tx, inquiry.clock(), BATCH)
    for refund in refunds:
        if not go_on():
            break
        reply = _answer(inquiry, refund.reference, refund.order_created_at)
        with _told(refund.reference), inquiry.database.transaction() as tx:
            learn_refund(tx, refund, reply, inquiry.clock())
    return len(refunds)


@contextmanager
def _told(reference: str) -> Iterator[None]:
    """What one answer breaks must not keep the others from being heard; it comes again."""
    try:
        yield
    except Exception as error:
        log.exception("gateway_answer_lost", reference=reference, exc_info=error)


def _answer(inquiry: Inquiry, reference: str, created_at: datetime) -> Reply | None:
    try:
        reply = ask(inquiry.merchant, reference, created_at, inquiry.clock())
    except EngineError as error:
        log.warning("gateway_silent", reference=reference, problem=error.code)
        return None
    log.info("gateway_asked", reference=reference, code=reply.code)
    return reply
