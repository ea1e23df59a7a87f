"""Messages to people, for those who administer their accounts."""

from typing import Any

from api.converters import PLACE
from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.fields import Nothing
from api.paging import answer, wanted
from api.v1.schemas.messages import MessageOut, MessagePage, MessagesIn
from engine.commands.messages import resend_message
from engine.queries import messages
from engine.queries.messages import MessageItem

routes = Blueprint("messages", __name__, url_prefix="/messages", description="Thư gửi cán bộ.")


@routes.get("")
@reads(403, 422)
@routes.arguments(MessagesIn, location="query")
@routes.response(200, MessagePage)
def list_messages(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List messages to the users whom one administers.

    Thư đang chờ, đã gửi, hoặc đã bỏ vì không gửi được (`state=failed`).
    """
    part = wanted(query)
    return answer(messages.list_messages(call.tx, part, query.get("state"), call.actor))


@routes.post(f"/<{PLACE}:message>/resend")
@writes(403, 404, 409)
@routes.arguments(Nothing, required=False)
@routes.response(200, MessageOut)
def resend(call: Call, body: dict[str, Any], message: int) -> MessageItem:
    """Send a message again that was given up.

    Thư được gửi đến địa chỉ hiện nay của người nhận.
    """
    resend_message(call.tx, message, call.actor, call.now)
    return messages.message(call.tx, message)
