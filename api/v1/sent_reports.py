"""Reports that were sent: frozen with what they counted, and counted again."""

from typing import Any

from api.asking import asked, kind_named
from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.paging import PageIn, answer, wanted
from api.v1.schemas.periodic_reports import (
    AskedIn,
    RecountOut,
    SentInFullOut,
    SentListIn,
    SentOut,
    SentPage,
)
from engine.commands.reports import send_report
from engine.queries.recount import recount
from engine.queries.sent_reports import SentInFull, SentReport, find_sent, list_sent

routes = Blueprint("sent-reports", __name__, url_prefix="", description="Báo cáo đã gửi.")


@routes.post("/reports/<code:kind>/sent")
@writes(403, 404, 409, 422)
@routes.arguments(AskedIn)
@routes.response(201, SentOut)
def send_periodic_report(call: Call, body: dict[str, Any], kind: str) -> SentReport:
    """Send a report.

    Đếm, cấp số và giữ nguyên báo cáo cùng các hồ sơ đứng sau từng ô; việc gửi nằm trong sổ thay đổi
    quản trị. Gửi lại cùng kỳ thì được số mới, báo cáo trước vẫn còn.
    """
    number = send_report(call.tx, kind_named(kind), asked(body, call.now), call.actor)
    return find_sent(call.tx, number, call.actor).sent


@routes.get("/sent-reports")
@reads(422)
@routes.arguments(SentListIn, location="query")
@routes.response(200, SentPage)
def list_sent_reports(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List sent reports.

    Báo cáo đã gửi, mới gửi trước.
    """
    part = wanted(query)
    return answer(list_sent(call.tx, part, query.get("agency"), call.actor))


@routes.get("/sent-reports/<number:report>")
@reads(404)
@routes.response(200, SentInFullOut)
def show_sent_report(call: Call, report: int) -> SentInFull:
    """Show a sent report.

    Báo cáo như lúc gửi, dù sau đó số liệu có khác.
    """
    return find_sent(call.tx, report, call.actor)


@routes.get("/sent-reports/<number:report>/recount")
@reads(404, 422)
@routes.arguments(PageIn, location="query")
@routes.response(200, RecountOut)
def recount_sent_report(call: Call, query: dict[str, Any], report: int) -> dict[str, Any]:
    """Count a sent report again.

    Đếm lại cùng kỳ: ô nào nay khác, hồ sơ nào được đếm khác và vì sao (ghi muộn, danh mục được ghi
    lại, hay số liệu bị sửa).
    """
    part = wanted(query)
    found = recount(call.tx, part, find_sent(call.tx, report, call.actor), call.actor, call.now)
    said = {"different": found.different, "figures": found.figures}
    return {**answer(found.dossiers), **said}
