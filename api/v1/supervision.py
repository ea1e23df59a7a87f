"""What supervisors look at: how many dossiers are in each group, and which."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads
from api.paging import answer, wanted
from api.v1.schemas.supervision import (
    CountsIn,
    CountsOut,
    ForecastIn,
    ForecastPage,
    SupervisedListIn,
    SupervisedPage,
)
from engine.model.standing import STANDING_NAMES
from engine.queries.forecast import forecast
from engine.queries.supervision import SupervisionFilter, list_supervised
from engine.queries.supervision_counts import count_supervised

routes = Blueprint(
    "supervision", __name__, url_prefix="/supervision", description="Giám sát thời hạn."
)


@routes.get("/counts")
@reads(403, 422)
@routes.arguments(CountsIn, location="query")
@routes.response(200, CountsOut)
def show_counts(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Count the dossiers in each group.

    Số hồ sơ của từng nhóm (mỗi hồ sơ ở đúng một nhóm), chia nhỏ theo lý do tạm dừng, đơn vị,
    người giữ, thủ tục, giai đoạn, cơ quan hoặc nguyên nhân quá hạn.
    """
    by = query.pop("by", None)
    counts = count_supervised(call.tx, SupervisionFilter(**query), by, call.actor, call.now)
    return {**vars(counts), "names": STANDING_NAMES}


@routes.get("/dossiers")
@reads(403, 422)
@routes.arguments(SupervisedListIn, location="query")
@routes.response(200, SupervisedPage)
def list_dossiers(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the dossiers of a group.

    Hồ sơ của một nhóm theo hạn trả, hồ sơ chưa có hạn ở cuối; nhóm đã xong thì mới xong trước.
    """
    part, standing = wanted(query), query.pop("standing")
    chosen = SupervisionFilter(**query)
    return answer(list_supervised(call.tx, part, standing, chosen, call.actor))


@routes.get("/forecast")
@reads(403, 422)
@routes.arguments(ForecastIn, location="query")
@routes.response(200, ForecastPage)
def show_forecast(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Forecast which dossiers will be late.

    Hồ sơ đang chạy thời hạn, sắp đến hạn, dễ trễ nhất trước: suy từ thời gian mà các hồ sơ cùng
    thủ tục đã cần từ cùng bước đến khi có kết quả.
    """
    part = wanted(query)
    agency, within = query.get("agency"), query["within"]
    return answer(forecast(call.tx, part, agency, within, call.actor, call.now))
