"""The register of outages."""

from typing import Any

from flask import url_for

from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.paging import PageIn, answer, wanted
from api.v1.schemas.dossiers import DossierPage
from api.v1.schemas.outages import (
    EndIn,
    LinkIn,
    OutageIn,
    OutageListIn,
    OutageOut,
    OutagePage,
)
from engine.commands.acting import Target
from engine.commands.lateness import RecordCause, record_cause
from engine.commands.outages import EndOutage, RecordOutage, end_outage, record_outage
from engine.queries import outages

routes = Blueprint("outages", __name__, url_prefix="/outages", description="Sổ gián đoạn hệ thống.")
ONE = "/<number:outage>"
LOCATION = {"Location": {"description": "Địa chỉ của lần gián đoạn.", "schema": {"type": "string"}}}


@routes.get("")
@reads(422)
@routes.arguments(OutageListIn, location="query")
@routes.response(200, OutagePage)
def list_outages(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List outages of systems.

    Các lần gián đoạn hệ thống, mới ghi nhận trước.
    """
    part = wanted(query)
    return answer(outages.list_outages(call.tx, part, outages.OutageFilter(**query)))


@routes.post("")
@writes(403)
@routes.arguments(OutageIn)
@routes.response(201, OutageOut, headers=LOCATION)
def record(call: Call, body: dict[str, Any]) -> tuple[outages.OutageView, int, dict[str, str]]:
    """Record an outage.

    Ghi nhận một lần gián đoạn; điều đã ghi không sửa được, chỉ ghi thêm lúc kết thúc một lần.
    """
    made = record_outage(call.tx, RecordOutage(**body), call.actor, call.now)
    shown = outages.outage(call.tx, made.id, call.actor)
    return shown, 201, {"Location": url_for("outages.show", outage=made.id)}


@routes.get(ONE)
@reads(404)
@routes.response(200, OutageOut)
def show(call: Call, outage: int) -> outages.OutageView:
    """Show an outage.

    Một lần gián đoạn, với số hồ sơ bạn được xem đã gắn với nó.
    """
    return outages.outage(call.tx, outage, call.actor)


@routes.post(f"{ONE}/end")
@writes(403, 404, 409)
@routes.arguments(EndIn)
@routes.response(200, OutageOut)
def end(call: Call, body: dict[str, Any], outage: int) -> outages.OutageView:
    """Record the end of an outage.

    Hệ thống đã hoạt động lại; bỏ trống thời điểm là bây giờ. Chỉ ghi được một lần.
    """
    end_outage(call.tx, EndOutage(outage, **body), call.actor, call.now)
    return outages.outage(call.tx, outage, call.actor)


@routes.get(f"{ONE}/dossiers")
@reads(404, 422)
@routes.arguments(PageIn, location="query")
@routes.response(200, DossierPage)
def list_linked(call: Call, query: dict[str, Any], outage: int) -> dict[str, Any]:
    """List the dossiers that are linked to an outage.

    Hồ sơ bạn được xem đã gắn với lần gián đoạn này, mới nhất trước.
    """
    return answer(outages.dossiers_of(call.tx, outage, wanted(query), call.actor))


@routes.post(f"{ONE}/dossiers")
@writes(403, 404, 409)
@routes.arguments(LinkIn)
@routes.response(200, OutageOut)
def link(call: Call, body: dict[str, Any], outage: int) -> outages.OutageView:
    """Name an outage as the cause why dossiers are late.

    Ghi cùng một nguyên nhân quá hạn, gắn với lần gián đoạn này, cho nhiều hồ sơ; tất cả hoặc
    không hồ sơ nào.
    """
    outages.outage(call.tx, outage, call.actor)
    # In the order of codes, so that two who link the same dossiers wait for each other in turn.
    for code in sorted(set(body["codes"])):
        command = RecordCause(Target(code), body["cause"], body["note"], outage, None)
        record_cause(call.tx, command, call.actor, call.now)
    return outages.outage(call.tx, outage, call.actor)
