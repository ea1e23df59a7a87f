"""Lists of the inbox that people keep under a name."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.v1.schemas.tasks import InboxFilterIn, SavedViewIn, SavedViewListOut
from engine.commands.saved_views import SaveView, forget_view, save_view
from engine.store import saved_views

routes = Blueprint(
    "saved_views", __name__, url_prefix="/saved-views", description="Cách lọc việc đã lưu."
)


@routes.get("")
@reads()
@routes.response(200, SavedViewListOut)
def list_saved(call: Call) -> dict[str, Any]:
    """List one's saved views of the inbox.

    Những cách lọc bạn đã lưu.
    """
    return {"items": saved_views.of_user(call.tx, call.actor.id)}


@routes.post("")
@writes(409)
@routes.arguments(SavedViewIn)
@routes.response(201, SavedViewListOut)
def save(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """Save a view of the inbox.

    Lưu cách lọc với một tên; trùng tên thì thay cách cũ. Trả về mọi cách lọc đã lưu.
    """
    kept = InboxFilterIn().dump(body["filter"])
    save_view(call.tx, SaveView(body["name"], kept), call.actor, call.now)
    return {"items": saved_views.of_user(call.tx, call.actor.id)}


@routes.delete("/<number:view>")
@writes(404)
@routes.response(204)
def forget(call: Call, view: int) -> None:
    """Forget a saved view.

    Xóa một cách lọc đã lưu.
    """
    forget_view(call.tx, view, call.actor)
