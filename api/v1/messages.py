"""Messages of the outbox, for those who administer the office in whose name they leave."""

from typing import Any

from api.converters import PLACE
from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.fields import Nothing
from api.paging import answer, wanted
from api.v1.schemas.messages import (
    ChannelListOut,
    MessageAgainIn,
    MessageOut,
    MessagePage,
    MessagesAgainIn,
    MessagesAgainOut,
    MessagesIn,
)
from engine.commands import messages as commands
from engine.commands.messages import Resend
from engine.queries import messages
from engine.queries.channels import list_channels
from engine.queries.messages import MessageFilter, MessageItem

routes = Blueprint("messages", __name__, url_prefix="/messages", description="Tin gửi đi.")
ONE = f"/<{PLACE}:message>"


@routes.get("")
@reads(403, 422)
@routes.arguments(MessagesIn, location="query")
@routes.response(200, MessagePage)
def list_messages(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List messages to the users and of the agencies that one administers.

    Tin đang chờ, đã gửi, đã bỏ vì không gửi được (`state=failed`), hoặc thôi gửi.
    """
    part = wanted(query)
    return answer(messages.list_messages(call.tx, part, MessageFilter(**query), call.actor))


@routes.get("/channels")
@reads(403)
@routes.response(200, ChannelListOut)
def show_channels(call: Call) -> dict[str, Any]:
    """Show the channels by which messages leave.

    Kênh nào hoạt động, kênh nào tạm ngắt; bao nhiêu tin chờ, bao nhiêu tin đã bỏ.
    """
    return {"items": list_channels(call.tx, call.actor, call.now)}


@routes.post(f"{ONE}/resend")
@writes(403, 404, 409)
@routes.arguments(MessageAgainIn, required=False)
@routes.response(200, MessageOut)
def resend(call: Call, body: dict[str, Any], message: int) -> MessageItem:
    """Send a message again that was given up.

    Bỏ trống địa chỉ: gửi như cũ; với cán bộ là địa chỉ hiện nay của họ.
    """
    command = Resend(message, body.get("address"))
    commands.resend_message(call.tx, command, call.actor, call.now)
    return messages.message(call.tx, message)


@routes.post("/resend")
@writes(403)
@routes.arguments(MessagesAgainIn, required=False)
@routes.response(200, MessagesAgainOut)
def resend_all(call: Call, body: dict[str, Any]) -> dict[str, int]:
    """Send all messages again that were given up.

    Trừ tin cho cán bộ không còn hoạt động hoặc không có địa chỉ.
    """
    channel = body.get("channel")
    return {"resent": commands.resend_all(call.tx, channel, call.actor, call.now)}


@routes.post(f"{ONE}/withdraw")
@writes(403, 404, 409)
@routes.arguments(Nothing, required=False)
@routes.response(200, MessageOut)
def withdraw(call: Call, body: dict[str, Any], message: int) -> MessageItem:
    """Withdraw a message that was given up.

    Không gửi tin này nữa; tin đứng sau nó được gửi tiếp.
    """
    commands.withdraw_message(call.tx, message, call.actor, call.now)
    return messages.message(call.tx, message)
