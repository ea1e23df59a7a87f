"""Reports: who had what for how long."""

from datetime import datetime, time, timedelta
from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads
from api.paging import answer, wanted
from api.v1.schemas.reports import (
    ReportIn,
    ReportOut,
    ResponsibilityOut,
    UnsignedListIn,
    UnsignedPage,
)
from engine.deadlines.calendar import VIETNAM
from engine.model.reading import Looked
from engine.queries import dossiers
from engine.queries.responsibility import Responsibility, responsibility
from engine.queries.responsibility_report import Period, report
from engine.queries.unsigned import list_unsigned

routes = Blueprint("reports", __name__, url_prefix="", description="Báo cáo trách nhiệm.")


@routes.get("/dossiers/<code:code>/responsibility")
@reads(403, 404, looks_at=Looked.TIME)
@routes.response(200, ResponsibilityOut)
def show_responsibility(call: Call, code: str) -> Responsibility:
    """Show who had a dossier for how long.

    Sổ trách nhiệm: từng bước, đơn vị, người đã giữ hồ sơ bao nhiêu giờ làm việc so với hạn.
    """
    found = dossiers.find(call.tx, code, call.actor)
    return responsibility(call.tx, found, call.actor, call.now)


@routes.get("/reports/responsibility")
@reads(403, 422)
@routes.arguments(ReportIn, location="query")
@routes.response(200, ReportOut)
def show_report(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Compare units, people, steps or procedures over a period.

    Số lần và số giờ giữ việc trong kỳ, phần vượt hạn, và việc đang mở, đang quá hạn lúc này.
    """
    start = datetime.combine(query["first"], time(), VIETNAM)
    end = datetime.combine(query["last"] + timedelta(days=1), time(), VIETNAM)
    period = Period(start, end)
    return {"items": report(call.tx, period, query.get("agency"), query["by"], call.actor)}


@routes.get("/reports/unsigned-documents")
@reads(422)
@routes.arguments(UnsignedListIn, location="query")
@routes.response(200, UnsignedPage)
def list_unsigned_documents(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List results and refusals that the agency has not sealed.

    Kết quả, văn bản từ chối chưa có dấu số của cơ quan; `finished=true` là những hồ sơ đã kết thúc
    mà đầu ra không được tính là ký số.
    """
    part = wanted(query)
    return answer(list_unsigned(call.tx, part, query.get("finished"), call.actor))
