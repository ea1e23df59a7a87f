"""Agencies and their units."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, asked_revision, etag, reads, writes
from api.fields import Nothing
from api.paging import PageIn, answer, wanted
from api.v1.schemas.office import AgencyIn, AgencyPage, AgencyStateOut, NameIn, UnitIn
from engine.commands import agencies as commands
from engine.queries import agencies
from engine.queries.agencies import AgencyState

routes = Blueprint("agencies", __name__, url_prefix="/agencies", description="Cơ quan, đơn vị.")
ETAG = {"ETag": {"description": "Lần sửa của cơ quan.", "schema": {"type": "string"}}}
ONE = "/<code:agency>"
UNIT = f"{ONE}/units/<code:unit>"
Shown = tuple[AgencyState, int, dict[str, str]]


@routes.get("")
@reads(422)
@routes.arguments(PageIn, location="query")
@routes.response(200, AgencyPage)
def list_agencies(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List agencies with their open units.

    Mọi cơ quan theo mã, với các đơn vị đang mở.
    """
    return answer(agencies.list_agencies(call.tx, wanted(query)))


@routes.post("")
@writes(403, 409)
@routes.arguments(AgencyIn)
@routes.response(201, AgencyStateOut, headers=ETAG)
def add(call: Call, body: dict[str, Any]) -> Shown:
    """Add a commune below an agency.

    Lịch làm việc và bộ quy tắc lấy theo cơ quan cấp trên.
    """
    command = commands.AddAgency(**{"code_prefix": body["code"], **body})
    commands.add_agency(call.tx, command, call.actor, call.now)
    return _shown(call, body["code"], 201)


@routes.get(ONE)
@reads(404, 422)
@routes.response(200, AgencyStateOut, headers=ETAG)
def show(call: Call, agency: str) -> Shown:
    """Show an agency with all its units.

    Cả đơn vị đã đóng.
    """
    return _shown(call, agency)


@routes.patch(ONE)
@writes(403, 404, 412, revised=True)
@routes.arguments(NameIn)
@routes.response(200, AgencyStateOut, headers=ETAG)
def rename(call: Call, body: dict[str, Any], agency: str) -> Shown:
    """Rename an agency.

    Do người quản trị của cơ quan cấp trên đổi.
    """
    command = commands.RenameAgency(agency, body["name"], asked_revision())
    commands.rename_agency(call.tx, command, call.actor, call.now)
    return _shown(call, agency)


@routes.post(f"{ONE}/units")
@writes(403, 404, 409, 412, revised=True)
@routes.arguments(UnitIn)
@routes.response(201, AgencyStateOut, headers=ETAG)
def add_unit(call: Call, body: dict[str, Any], agency: str) -> Shown:
    """Add a unit.

    Mã đơn vị là mã mà các thủ tục dùng để giao việc.
    """
    command = commands.NameUnit(agency, body["code"], asked_revision(), body["name"])
    commands.add_unit(call.tx, command, call.actor, call.now)
    return _shown(call, agency, 201)


@routes.patch(UNIT)
@writes(403, 404, 412, revised=True)
@routes.arguments(NameIn)
@routes.response(200, AgencyStateOut, headers=ETAG)
def rename_unit(call: Call, body: dict[str, Any], agency: str, unit: str) -> Shown:
    """Rename a unit.

    Mã giữ nguyên.
    """
    command = commands.NameUnit(agency, unit, asked_revision(), body["name"])
    commands.rename_unit(call.tx, command, call.actor, call.now)
    return _shown(call, agency)


@routes.post(f"{UNIT}/close")
@writes(403, 404, 409, 412, revised=True)
@routes.arguments(Nothing, required=False)
@routes.response(200, AgencyStateOut, headers=ETAG)
def close_unit(call: Call, body: dict[str, Any], agency: str, unit: str) -> Shown:
    """Close a unit.

    Khi không còn người có vai trò và không còn việc chưa xong ở đó.
    """
    command = commands.OnUnit(agency, unit, asked_revision())
    commands.close_unit(call.tx, command, call.actor, call.now)
    return _shown(call, agency)


@routes.post(f"{UNIT}/reopen")
@writes(403, 404, 412, revised=True)
@routes.arguments(Nothing, required=False)
@routes.response(200, AgencyStateOut, headers=ETAG)
def reopen_unit(call: Call, body: dict[str, Any], agency: str, unit: str) -> Shown:
    """Open a closed unit again.

    Đơn vị lại được chọn khi cấp vai trò.
    """
    command = commands.OnUnit(agency, unit, asked_revision())
    commands.reopen_unit(call.tx, command, call.actor, call.now)
    return _shown(call, agency)


def _shown(call: Call, code: str, status: int = 200) -> Shown:
    state = agencies.agency_state(call.tx, code)
    return state, status, etag(state.revision)
