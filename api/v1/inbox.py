"""The inbox."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads
from api.paging import answer, wanted
from api.v1.schemas.tasks import InboxIn, InboxPage
from engine.queries import inbox

routes = Blueprint("inbox", __name__, url_prefix="/tasks", description="Hộp việc của tôi.")


@routes.get("")
@reads(422)
@routes.arguments(InboxIn, location="query")
@routes.response(200, InboxPage)
def list_inbox(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the open tasks that are meant for oneself.

    Việc đang mở thuộc vai trò và đơn vị của bạn: hồ sơ ưu tiên trước, rồi gấp nhất trước.
    """
    part = wanted(query)
    chosen = inbox.InboxFilter(**query)
    return answer(inbox.list_inbox(call.tx, part, chosen, call.actor))
