"""Search for dossiers."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads
from api.paging import answer, wanted
from api.v1.schemas.dossiers import DossierPage
from api.v1.schemas.search import SearchIn
from engine.queries import search

routes = Blueprint("search", __name__, url_prefix="/search", description="Tìm hồ sơ.")


@routes.get("")
@reads(403, 422)
@routes.arguments(SearchIn, location="query")
@routes.response(200, DossierPage)
def list_found(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Find dossiers by code, name, personal ID or telephone number.

    Hồ sơ của cơ quan bạn có thông tin bắt đầu như chữ đã gõ; khớp nhất trước, cùng tên thì mới
    nhất trước.
    """
    part = wanted(query)
    return answer(search.search(call.tx, part, query["q"], call.actor))
