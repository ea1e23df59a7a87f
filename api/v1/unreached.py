"""Citizens who were not reached."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads
from api.paging import PageIn, answer, wanted
from api.v1.schemas.notices import UnreachedPage
from engine.queries.unreached import list_unreached

routes = Blueprint(
    "unreached", __name__, url_prefix="/unreached", description="Liên hệ cần xác minh."
)


@routes.get("")
@reads(422)
@routes.arguments(PageIn, location="query")
@routes.response(200, UnreachedPage)
def list_all(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List dossiers whose citizen was not reached.

    Hồ sơ có số điện thoại hay thư điện tử không dùng được, lâu nhất trước, ở quầy của bạn.
    """
    return answer(list_unreached(call.tx, wanted(query), call.actor))
