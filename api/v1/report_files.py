"""Reports as files: tables for spreadsheets and programs, papers for officials."""

from typing import Any

from api.asking import asked, kind_named
from api.documenting import Blueprint
from api.edge import Call, reads, writes_apart
from api.report_files import MEDIA_TYPES, Format, PaperFile, ReportFile, paper_file
from api.sending import Later
from api.services import services
from api.v1.schemas.periodic_reports import AskedIn
from api.v1.schemas.report_pages import ReportPaperOut, ReportSignatureIn
from engine.commands.report_papers import WantedOnReport, require_signer, sign_report
from engine.commands.signing import Secret
from engine.model.report import from_json
from engine.queries.reports import count_report
from engine.queries.sent_reports import find_sent
from engine.store.report_papers import ReportPaper

routes = Blueprint("report-files", __name__, url_prefix="", description="Báo cáo dưới dạng tệp.")


def _file(format_: Format) -> dict[int, Any]:
    schema = {"schema": {"type": "string", "format": "binary"}}
    return {200: {"description": "Tệp.", "content": {MEDIA_TYPES[format_]: schema}}}


@routes.get("/reports/<code:kind>/csv")
@reads(403, 404, 422)
@routes.arguments(AskedIn, location="query")
@routes.doc(responses=_file(Format.CSV))
def export_report(call: Call, query: dict[str, Any], kind: str) -> Later:
    """Export a report as a table.

    CSV (UTF-8, có BOM), ô cách nhau bằng dấu phẩy, số viết với dấu chấm; mỗi tỷ lệ thành ba cột tử
    số, mẫu số, phần trăm.
    """
    return _as(Format.CSV, call, query, kind)


@routes.get("/reports/<code:kind>/xlsx")
@reads(403, 404, 422)
@routes.arguments(AskedIn, location="query")
@routes.doc(responses=_file(Format.XLSX))
def export_report_sheet(call: Call, query: dict[str, Any], kind: str) -> Later:
    """Export a report as a spreadsheet.

    Cùng các cột như CSV, thêm phép kiểm tra số liệu và ghi chú dưới bảng.
    """
    return _as(Format.XLSX, call, query, kind)


@routes.get("/reports/<code:kind>/pdf")
@reads(403, 404, 422)
@routes.arguments(AskedIn, location="query")
@routes.doc(responses=_file(Format.PDF))
def print_report(call: Call, query: dict[str, Any], kind: str) -> Later:
    """Print a report.

    PDF/A khổ A4 ngang theo biểu, có chỗ ký của lãnh đạo và đóng dấu của cơ quan.
    """
    return _as(Format.PDF, call, query, kind)


@routes.get("/sent-reports/<number:report>/pdf")
@reads(404, 422)
@routes.doc(responses=_file(Format.PDF))
def print_sent_report(call: Call, report: int) -> Later:
    """Print a sent report.

    Tệp PDF/A được lập khi hỏi lần đầu, sau đó là tệp ấy cùng các chữ ký đã có.
    """
    return PaperFile(report, from_json(find_sent(call.tx, report, call.actor).report), call.actor)


@routes.post("/sent-reports/<number:report>/signatures")
@writes_apart(403, 404, 409, 503)
@routes.arguments(ReportSignatureIn)
@routes.response(200, ReportPaperOut)
def sign_sent_report(call: Call, body: dict[str, Any], report: int) -> ReportPaper:
    """Sign a sent report, or seal it.

    Lãnh đạo ký trước (`leader`), văn thư đóng dấu số của cơ quan sau (`agency`); mỗi tư cách một
    lần.
    """
    house = services().house
    with house.database.reading() as tx:
        counted = from_json(find_sent(tx, report, call.actor).report)
    require_signer(call.actor, body["capacity"], counted.agency.code)
    paper_file(report, counted, call.actor)
    wanted = WantedOnReport(report, body["capacity"], body["certificate"])
    return sign_report(house, wanted, Secret(body["passphrase"], body["code"]), call.actor)


def _as(format_: Format, call: Call, query: dict[str, Any], kind: str) -> Later:
    report = count_report(call.tx, kind_named(kind), asked(query, call.now), call.actor)
    return ReportFile(report, format_, call.actor.full_name)
