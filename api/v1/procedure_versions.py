"""Versions of a procedure: what was decided, and deciding further."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.v1.schemas.procedure_drafts import (
    ProcedureRepealIn,
    ProcedureRollBackIn,
    ProcedureScopedOrderIn,
)
from api.v1.schemas.procedure_versions import (
    ComparisonIn,
    ComparisonOut,
    ProcedureVersionsOut,
)
from engine.commands.procedure_ends import Repeal, Restore, RollBack, repeal, restore, roll_back
from engine.commands.putting_in_force import Order
from engine.queries.procedure_differences import Compared, compare_versions
from engine.queries.procedure_versions import VersionItem, versions_of

routes = Blueprint(
    "procedure_versions",
    __name__,
    url_prefix="/procedures",
    description="Phiên bản của thủ tục: hiệu lực, bãi bỏ, thay thế, khôi phục.",
)
ONE = "/<code:code>"


@routes.get(f"{ONE}/versions")
@reads(404)
@routes.response(200, ProcedureVersionsOut)
def list_versions(call: Call, code: str) -> dict[str, Any]:
    """List what was decided of a procedure.

    Mọi phiên bản và quyết định, mới nhất trước, với số hồ sơ đang theo từng phiên bản.
    """
    return _versions(call, code)


@routes.get(f"{ONE}/differences")
@reads(404, 422)
@routes.arguments(ComparisonIn, location="query")
@routes.response(200, ComparisonOut)
def differences(call: Call, query: dict[str, Any], code: str) -> Compared:
    """Compare two versions.

    Phần tử của bản vẽ, thông tin thủ tục, biểu mẫu, bảng quyết định: thêm, bỏ, sửa những gì.
    """
    return compare_versions(call.tx, code, **query)


@routes.post(f"{ONE}/repeal")
@writes(403, 404, 409)
@routes.arguments(ProcedureRepealIn)
@routes.response(200, ProcedureVersionsOut)
def repeal_(call: Call, body: dict[str, Any], code: str) -> dict[str, Any]:
    """Repeal a procedure, or let another one replace it.

    Từ ngày đó không nhận hồ sơ mới (hồ sơ mới nộp theo `replaced_by`); hồ sơ đã nhận giữ nguyên.
    """
    instead = body.pop("replaced_by")
    repeal(call.tx, Repeal(code, Order(**body), instead), call.actor, call.now)
    return _versions(call, code)


@routes.post(f"{ONE}/restore")
@writes(403, 404, 409)
@routes.arguments(ProcedureScopedOrderIn)
@routes.response(200, ProcedureVersionsOut)
def restore_(call: Call, body: dict[str, Any], code: str) -> dict[str, Any]:
    """Undo a repeal.

    Thủ tục được thực hiện lại, theo phiên bản đã có trước khi bãi bỏ.
    """
    restore(call.tx, Restore(code, Order(**body)), call.actor, call.now)
    return _versions(call, code)


@routes.post(f"{ONE}/rollback")
@writes(403, 404, 409)
@routes.arguments(ProcedureRollBackIn)
@routes.response(200, ProcedureVersionsOut)
def roll_back_(call: Call, body: dict[str, Any], code: str) -> dict[str, Any]:
    """Go back to an earlier version.

    Các tệp của phiên bản trước có hiệu lực lại; không xóa gì trong lịch sử.
    """
    version = body.pop("version")
    roll_back(call.tx, RollBack(code, version, Order(**body)), call.actor, call.now)
    return _versions(call, code)


def _versions(call: Call, code: str) -> dict[str, Any]:
    return {"items": [_shown(item) for item in versions_of(call.tx, code, call.now)]}


def _shown(item: VersionItem) -> dict[str, Any]:
    return {
        **vars(item.decided),
        **vars(item),
        "force_name": item.force_name,
        "standing_name": item.standing_name,
    }
