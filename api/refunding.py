"""Money sent back through the gateway: written down, told the gateway, and its answer recorded."""

from dataclasses import dataclass

from api.edge import Call
from api.services import services
from engine.commands.gateway_refunds import (
    RefundByGateway,
    ask_refund,
    record_refund,
    require_refunder,
)
from engine.errors.gateways import (
    GatewayAnswerUnreadable,
    GatewayNotUsed,
    GatewayUnreachable,
)
from engine.gateways.vnpay.asking import Refund, Reply, refund
from engine.gateways.vnpay.codes import Codes, meaning
from engine.gateways.vnpay.merchant import Merchant
from engine.model.gateway import REFUND_STATE_NAMES, RefundState
from engine.store import dossiers


@dataclass(frozen=True)
class RefundAnswer:
    """What became of a request, and what the gateway said to it (None: nothing)."""

    state: RefundState
    said: str | None

    @property
    def state_name(self) -> str:
        """The state as people read it."""
        return REFUND_STATE_NAMES[self.state]


def refund_by_gateway(call: Call, command: RefundByGateway) -> RefundAnswer:
    """Send money back the way it came; raises what `ask_refund` raises, and `GatewayNotUsed`.

    The `tx` of the call is closed. An answer that does not come is asked for later, by itself.
    """
    house = services()
    with house.database.reading() as tx:
        require_refunder(dossiers.read(tx, command.target.code).dossier, call.actor)
    merchant = Merchant.of(house.settings)
    if merchant is None:
        raise GatewayNotUsed()
    with house.database.transaction() as tx:
        asked = ask_refund(tx, command, call.actor, call.now)
    reply = _reply(merchant, asked.request)
    with house.database.transaction() as tx:
        state = record_refund(tx, asked.id, reply, house.clock())
    return RefundAnswer(state, meaning(Codes.REFUND, reply.code) if reply else None)


def _reply(merchant: Merchant, request: Refund) -> Reply | None:
    try:
        return refund(merchant, request, services().clock())
    except (GatewayUnreachable, GatewayAnswerUnreadable):
        return None
