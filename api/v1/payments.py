"""Paying a dossier's obligations online or by transfer, and sending money back online."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, target, writes, writes_apart
from api.refunding import RefundAnswer, refund_by_gateway
from api.services import services
from api.v1.schemas.gateways import (
    AttemptIn,
    AttemptsOut,
    AttemptStartedOut,
    GatewayRefundOut,
    TransferOut,
)
from engine.commands.acting import require_readable
from engine.commands.gateway_refunds import RefundByGateway
from engine.commands.paying_online import PayOnline, pay_online
from engine.errors.gateways import GatewayNotUsed
from engine.gateways.vnpay.merchant import Merchant
from engine.model.dossier import Dossier
from engine.model.reading import Looked
from engine.queries import paying
from engine.queries.paying import Transfer
from engine.store import dossiers

routes = Blueprint(
    "online_payments",
    __name__,
    url_prefix="/dossiers",
    description="Thanh toán trực tuyến, chuyển khoản VietQR.",
)
_OBLIGATION = "/<code:code>/obligations/<number:obligation>"


def _readable(call: Call, code: str) -> Dossier:
    dossier = dossiers.read(call.tx, code).dossier
    require_readable(call.actor, dossier)
    return dossier


@routes.post(f"{_OBLIGATION}/attempts")
@writes(404, 409)
@routes.arguments(AttemptIn)
@routes.response(201, AttemptStartedOut)
def begin(call: Call, body: dict[str, Any], code: str, obligation: int) -> dict[str, Any]:
    """Begin to pay online what is still due.

    Mỗi lần gọi là một lần thanh toán mới; trả về trang của VNPAY để đưa người nộp đến. Chỉ câu trả
    lời của chính VNPAY mới ghi nhận tiền.
    """
    _readable(call, code)
    merchant = Merchant.of(services().settings)
    if merchant is None:
        raise GatewayNotUsed()
    command = PayOnline(code, obligation, body["address"])
    return {"url": pay_online(call.tx, command, merchant, call.now)}


@routes.get(f"{_OBLIGATION}/attempts")
@reads(404, looks_at=Looked.DOSSIER)
@routes.response(200, AttemptsOut)
def list_attempts(call: Call, code: str, obligation: int) -> dict[str, Any]:
    """List attempts to pay online.

    Các lần thanh toán trực tuyến của một khoản.
    """
    return {"items": paying.attempts(call.tx, _readable(call, code), obligation)}


@routes.get(f"{_OBLIGATION}/vietqr")
@reads(404, 409, looks_at=Looked.DOSSIER)
@routes.response(200, TransferOut)
def show_transfer(call: Call, code: str, obligation: int) -> Transfer:
    """Show the transfer that pays what is still due.

    Nội dung mã VietQR. Mã QR không chứng minh gì: tiền được ghi nhận khi có trong sao kê.
    """
    return paying.transfer_for(call.tx, _readable(call, code), obligation)


@routes.post("/<code:code>/payments/<number:payment>/refunds/<number:refund>/online")
@writes_apart(403, 404, 409, revised=True)
@routes.response(200, GatewayRefundOut)
def send_back(call: Call, code: str, payment: int, refund: int) -> RefundAnswer:
    """Send a decided refund back through the gateway.

    Gửi yêu cầu hoàn tiền sang VNPAY một lần. Không rõ kết quả thì hệ thống tự hỏi lại, không gửi
    lại.
    """
    return refund_by_gateway(call, RefundByGateway(target(code), payment, refund))
