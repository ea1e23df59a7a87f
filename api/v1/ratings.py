"""How citizens were served, for those who supervise."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads
from api.paging import answer, wanted
from api.v1.schemas.tracking import RatingListIn, RatingPage
from engine.queries.ratings import RatingFilter, list_ratings

routes = Blueprint("ratings", __name__, url_prefix="/ratings", description="Mức độ hài lòng.")


@routes.get("")
@reads(403, 422)
@routes.arguments(RatingListIn, location="query")
@routes.response(200, RatingPage)
def list_all(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List ratings.

    Đánh giá của công dân về hồ sơ do các cơ quan bạn giám sát giải quyết, mới nhất trước.
    """
    part = wanted(query)
    return answer(list_ratings(call.tx, part, RatingFilter(**query), call.actor))
