"""Periodic reports: what offices send up, and the dossiers behind each figure."""

from typing import Any

from api.asking import asked, kind_named
from api.documenting import Blueprint
from api.edge import Call, reads
from api.paging import answer, wanted
from api.v1.schemas.periodic_reports import (
    AskedIn,
    BehindIn,
    CountedDossierPage,
    DaysIn,
    IndexDaysOut,
    PeriodicReportOut,
)
from engine.model.report import as_json
from engine.queries.index_days import list_index_days
from engine.queries.reports import count_report, list_behind
from engine.reports.asked import Figure

routes = Blueprint(
    "periodic-reports", __name__, url_prefix="/reports", description="Báo cáo định kỳ."
)


@routes.get("/<code:kind>")
@reads(403, 404, 422)
@routes.arguments(AskedIn, location="query")
@routes.response(200, PeriodicReportOut)
def show_periodic_report(call: Call, query: dict[str, Any], kind: str) -> dict[str, Any]:
    """Count a periodic report.

    Báo cáo theo biểu (II.06a, II.06b, II.06c…), đếm hồ sơ như lúc cuối kỳ; `checks` nói các phép
    cân đối có khớp không.
    """
    return as_json(count_report(call.tx, kind_named(kind), asked(query, call.now), call.actor))


@routes.get("/<code:kind>/dossiers")
@reads(403, 404, 422)
@routes.arguments(BehindIn, location="query")
@routes.response(200, CountedDossierPage)
def list_counted_dossiers(call: Call, query: dict[str, Any], kind: str) -> dict[str, Any]:
    """List the dossiers behind a figure.

    Các hồ sơ mà một ô của báo cáo đếm và bạn được xem, như lúc cuối kỳ; mới nộp trước.
    """
    part, figure = wanted(query), Figure(query.pop("row"), query.pop("column"))
    wanted_of = asked(query, call.now)
    return answer(list_behind(call.tx, part, kind_named(kind), wanted_of, figure, call.actor))


@routes.get("/766/days")
@reads(403, 404, 422)
@routes.arguments(DaysIn, location="query")
@routes.response(200, IndexDaysOut)
def list_days_of_index(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the points of index 766 day by day.

    Điểm của cơ quan lúc hết từng ngày, như bộ hẹn giờ đếm đêm ấy; ngày không đếm thì không có.
    """
    return {"items": list_index_days(call.tx, asked(query, call.now), call.actor)}
