"""The register of an agency."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads
from api.letters import OnDemand
from api.paging import answer, wanted
from api.registers import SECONDS, RegisterTable
from api.report_files import XLSX, Format
from api.sending import Later
from api.v1.schemas.registers import EntryPage, PeriodIn, RegisterIn
from engine.queries.register import Period, printed_register, register_page, require_reader

routes = Blueprint(
    "registers",
    __name__,
    url_prefix="/register",
    description="Sổ theo dõi hồ sơ: mở theo từng năm, đánh số từ 01.",
)


def _file(media_type: str) -> dict[int, Any]:
    schema = {"schema": {"type": "string", "format": "binary"}}
    return {200: {"description": "Tệp.", "content": {media_type: schema}}}


@routes.get("")
@reads(403, 422)
@routes.arguments(RegisterIn, location="query")
@routes.response(200, EntryPage)
def list_entries(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the lines of the register, by number.

    Mỗi hồ sơ được tiếp nhận là một dòng, mang số của giấy tiếp nhận.
    """
    part = wanted(query)
    return answer(register_page(call.tx, Period(**query), part, call.actor))


@routes.get("/pdf")
@reads(403, 422)
@routes.arguments(PeriodIn, location="query")
@routes.doc(responses=_file("application/pdf"))
def print_register(call: Call, query: dict[str, Any]) -> Later:
    """Print the register of a period.

    Tệp PDF/A khổ A4 ngang theo mẫu, trong một năm.
    """
    period = Period(**query)
    paper = printed_register(call.tx, period, call.actor, call.now)
    name = f"so-theo-doi-{period.agency}-{period.since}-{period.until}.pdf"
    return OnDemand(paper.details, paper.source, paper.values, name, SECONDS)


@routes.get("/csv")
@reads(403, 422)
@routes.arguments(PeriodIn, location="query")
@routes.doc(responses=_file("text/csv"))
def export_register(call: Call, query: dict[str, Any]) -> Later:
    """Export the register of a period, however long.

    Bảng CSV (UTF-8), mở được bằng phần mềm bảng tính.
    """
    period = Period(**query)
    require_reader(period, call.actor)
    return RegisterTable(period, call.actor)


@routes.get("/xlsx")
@reads(403, 422)
@routes.arguments(PeriodIn, location="query")
@routes.doc(responses=_file(XLSX))
def export_register_sheet(call: Call, query: dict[str, Any]) -> Later:
    """Export the register of a period as a spreadsheet, however long.

    Bảng XLSX: ngày giờ là ngày giờ, số là số.
    """
    period = Period(**query)
    require_reader(period, call.actor)
    return RegisterTable(period, call.actor, Format.XLSX)
