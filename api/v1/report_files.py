"""Reports as files: tables for spreadsheets and programs, papers for officials."""

from typing import Any

from api.asking import asked, kind_named
from api.documenting import Blueprint
from api.edge import Call, reads
from api.report_files import MEDIA_TYPES, Format, ReportFile
from api.sending import Later
from api.v1.schemas.periodic_reports import AskedIn
from engine.queries.reports import count_report

routes = Blueprint(
    "report-files", __name__, url_prefix="/reports", description="Báo cáo dưới dạng tệp."
)


def _file(format_: Format) -> dict[int, Any]:
    schema = {"schema": {"type": "string", "format": "binary"}}
    return {200: {"description": "Tệp.", "content": {MEDIA_TYPES[format_]: schema}}}


@routes.get("/<code:kind>/csv")
@reads(403, 404, 422)
@routes.arguments(AskedIn, location="query")
@routes.doc(responses=_file(Format.CSV))
def export_report(call: Call, query: dict[str, Any], kind: str) -> Later:
    """Export a report as a table.

    CSV (UTF-8, có BOM), ô cách nhau bằng dấu phẩy, số viết với dấu chấm; mỗi tỷ lệ thành ba cột tử
    số, mẫu số, phần trăm.
    """
    return _as(Format.CSV, call, query, kind)


@routes.get("/<code:kind>/xlsx")
@reads(403, 404, 422)
@routes.arguments(AskedIn, location="query")
@routes.doc(responses=_file(Format.XLSX))
def export_report_sheet(call: Call, query: dict[str, Any], kind: str) -> Later:
    """Export a report as a spreadsheet.

    Cùng các cột như CSV, thêm phép kiểm tra số liệu và ghi chú dưới bảng.
    """
    return _as(Format.XLSX, call, query, kind)


@routes.get("/<code:kind>/pdf")
@reads(403, 404, 422)
@routes.arguments(AskedIn, location="query")
@routes.doc(responses=_file(Format.PDF))
def print_report(call: Call, query: dict[str, Any], kind: str) -> Later:
    """Print a report.

    PDF/A khổ A4 ngang theo biểu, có chỗ ký của lãnh đạo và đóng dấu của cơ quan.
    """
    return _as(Format.PDF, call, query, kind)


def _as(format_: Format, call: Call, query: dict[str, Any], kind: str) -> Later:
    report = count_report(call.tx, kind_named(kind), asked(query, call.now), call.actor)
    return ReportFile(report, format_, call.actor.full_name)
