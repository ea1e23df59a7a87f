"""Who looked at dossiers."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads
from api.paging import PageIn, answer, wanted
from api.v1.schemas.accesses import AccessItemPage, AccessListIn
from engine.model.reading import Looked
from engine.queries import accesses

routes = Blueprint("accesses", __name__, url_prefix="", description="Sổ xem hồ sơ.")


@routes.get("/dossiers/<code:code>/accesses")
@reads(403, 404, 422, looks_at=Looked.ACCESSES)
@routes.arguments(PageIn, location="query")
@routes.response(200, AccessItemPage)
def list_of_dossier(call: Call, query: dict[str, Any], code: str) -> dict[str, Any]:
    """List who looked at a dossier.

    Ai đã xem hồ sơ này, xem phần nào, lúc nào; mới nhất trước.
    """
    return answer(accesses.accesses_of(call.tx, wanted(query), code, call.actor))


@routes.get("/accesses")
@reads(403, 404, 422)
@routes.arguments(AccessListIn, location="query")
@routes.response(200, AccessItemPage)
def list_latest(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List who looked at dossiers lately.

    Các lượt xem hồ sơ do những cơ quan bạn được kiểm tra giải quyết; mới nhất trước.
    """
    part, chosen = wanted(query), accesses.AccessFilter(**query)
    return answer(accesses.latest_accesses(call.tx, part, call.actor, chosen))
