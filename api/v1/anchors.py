"""Anchors: what all logs came to, sealed and time-stamped."""

from typing import Any

from flask import Response

from api.anchors import sent_anchor
from api.documenting import Blueprint
from api.edge import Call, reads
from api.paging import PageIn, answer, wanted
from api.v1.schemas.anchors import AnchorItemPage, AnchorOut
from engine.queries import anchors

routes = Blueprint(
    "anchors", __name__, url_prefix="/anchors", description="Mốc neo hằng ngày của mọi sổ."
)


@routes.get("")
@reads(403, 422)
@routes.arguments(PageIn, location="query")
@routes.response(200, AnchorItemPage)
def list_anchors(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the anchors.

    Mốc neo của mọi sổ (hồ sơ, thay đổi quản trị), mới nhất trước.
    """
    return answer(anchors.list_anchors(call.tx, wanted(query), call.actor))


@routes.get("/<number:anchor>")
@reads(403, 404)
@routes.response(200, AnchorOut)
def show(call: Call, anchor: int) -> Any:
    """Show an anchor and what anchors wait for.

    Mã của mốc neo, lúc đóng dấu, và những bước đang chờ.
    """
    item = anchors.show_anchor(call.tx, anchor, call.actor)
    return {**vars(item), "troubles": anchors.troubles(call.tx, call.actor)}


@routes.get("/<number:anchor>/file")
@reads(403, 404)
@routes.doc(responses={200: {"description": "Tệp mốc neo, mỗi dòng một mục JSON."}})
def download(call: Call, anchor: int) -> Response:
    """Download an anchor.

    Để giữ ở nơi khác; `motcua anchor verify --with` so cơ sở dữ liệu với tệp này.
    """
    return sent_anchor(call, anchor)
