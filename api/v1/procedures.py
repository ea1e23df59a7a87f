"""Procedures."""

from typing import Any

from flask import Response

from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.paging import answer, wanted
from api.services import services
from api.v1.schemas.procedures import (
    DeployedOut,
    ProcedureIn,
    ProcedureListIn,
    ProcedureMatches,
    ProcedureOut,
    ProcedurePage,
    SearchIn,
    VersionIn,
)
from bpmn.procedure import DIAGRAM_FILE, Procedure
from engine.commands.deployment import Deployed, DeployProcedure, deploy_procedure
from engine.queries import procedures
from engine.queries.procedure_list import ProcedureFilter, list_procedures
from engine.queries.procedure_search import find_procedures

routes = Blueprint(
    "procedures", __name__, url_prefix="/procedures", description="Thủ tục hành chính."
)


@routes.get("")
@reads(422)
@routes.arguments(ProcedureListIn, location="query")
@routes.response(200, ProcedurePage)
def list_(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List procedures, those in force where nothing else is asked for.

    Theo mã; có chữ cần tìm thì đúng ý nhất trước. Lọc theo lĩnh vực, cấp, tình trạng.
    """
    part, text = wanted(query), query.pop("q")
    chosen = ProcedureFilter(text, **query)
    return answer(list_procedures(call.tx, part, chosen, call.actor, call.now))


@routes.get("/search")
@reads(422)
@routes.arguments(SearchIn, location="query")
@routes.response(200, ProcedureMatches)
def search_procedures(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Find procedures in a few keystrokes.

    Theo mã, tên, lĩnh vực; chữ không dấu, viết tắt, đảo thứ tự đều được. Thủ tục cùng cấp với cơ
    quan (`here`) đứng trước; bỏ trống `q` thì gợi ý thủ tục bạn hay tiếp nhận.
    """
    text, agency, most = query["q"], query["agency"], query["limit"]
    return {"items": find_procedures(call.tx, text, agency, call.actor, most)}


@routes.get("/<code:code>")
@reads(404, 422)
@routes.arguments(VersionIn, location="query")
@routes.response(200, ProcedureOut)
def show_procedure(call: Call, query: dict[str, Any], code: str) -> dict[str, Any]:
    """Show a procedure with its forms and steps.

    Thông tin, thành phần hồ sơ, tờ khai, và các bước với biểu mẫu.
    """
    return _shown(procedures.procedure(call.tx, code, **query))


@routes.get("/<code:code>/diagram")
@reads(404, 422)
@routes.arguments(VersionIn, location="query")
@routes.response(200, {"type": "string"}, content_type="application/xml")
def show_diagram(call: Call, query: dict[str, Any], code: str) -> Response:
    """Give the BPMN diagram.

    Bản vẽ BPMN 2.0 của quy trình.
    """
    source = procedures.procedure(call.tx, code, **query).sources[DIAGRAM_FILE]
    return Response(source, content_type="application/xml; charset=utf-8")


@routes.put("/<code:code>")
@writes(403, 404, 409)
@routes.arguments(ProcedureIn)
@routes.response(200, DeployedOut)
def deploy(call: Call, body: dict[str, Any], code: str) -> Deployed:
    """Deploy a procedure.

    Đưa quy trình vào sử dụng. Quy trình có lỗi bị từ chối (422), `findings` nêu từng phần tử
    cần sửa. Hồ sơ cũ vẫn theo phiên bản cũ. Muốn soạn dần, hẹn ngày hiệu lực hoặc làm quy trình
    nội bộ của một cơ quan thì dùng bản thảo.
    """
    two = services().settings.procedure_four_eyes
    command = DeployProcedure(code, **body, four_eyes=two)
    return deploy_procedure(call.tx, command, call.actor, call.now)


def _shown(procedure: Procedure) -> dict[str, Any]:
    facts = procedure.facts
    return {
        **vars(facts),
        "time_limit": str(facts.time_limit),
        "time_limit_in_words": facts.time_limit.in_words(),
        "version": procedure.digest,
        "application_form": procedure.application_form.schema,
        "steps": [
            {**vars(step), "limit": str(step.limit), "form": procedure.form_of(step).schema}
            for step in procedure.places.steps.values()
        ],
    }
