"""The log of administration."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads
from api.paging import answer, wanted
from api.v1.schemas.office import OfficeEventListIn, OfficeEventPage
from engine.queries.office_log import OfficeEventFilter, list_office_events

routes = Blueprint(
    "office_events", __name__, url_prefix="/office-events", description="Sổ thay đổi quản trị."
)


@routes.get("")
@reads(403, 422)
@routes.arguments(OfficeEventListIn, location="query")
@routes.response(200, OfficeEventPage)
def list_events(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List what was changed in the office.

    Ai đã thay đổi gì về người, vai trò, đơn vị, lịch, bộ quy tắc, thủ tục, sổ gián đoạn; mới nhất
    trước.
    """
    part = wanted(query)
    return answer(list_office_events(call.tx, part, OfficeEventFilter(**query), call.actor))
