"""What the national portal was told, for those who administer it."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.fields import Nothing
from api.paging import PageIn, answer, wanted
from api.v1.schemas.portal import (
    DifferencePage,
    FiguresOut,
    ResendIn,
    ResentOut,
    RoundPage,
    SyncPage,
    SyncsIn,
    ToldOut,
)
from engine.commands import portal as commands
from engine.queries import portal as queries

routes = Blueprint(
    "portal", __name__, url_prefix="/portal", description="Đồng bộ với Cổng Dịch vụ công quốc gia."
)


@routes.get("")
@reads(403)
@routes.response(200, FiguresOut)
def show(call: Call) -> queries.Figures:
    """Show how the portal stands.

    Có dùng hay không, bao nhiêu hồ sơ đang chờ, bị từ chối, hiển thị khác; lần đối chiếu gần nhất.
    """
    return queries.figures(call.tx, call.actor)


@routes.get("/dossiers")
@reads(403, 422)
@routes.arguments(SyncsIn, location="query")
@routes.response(200, SyncPage)
def list_syncs(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the dossiers that are not in step with the portal.

    Theo thứ tự nộp; chọn `state=synchronised` để xem hồ sơ đã đồng bộ.
    """
    part = wanted(query)
    return answer(queries.list_syncs(call.tx, part, query.get("state"), call.actor))


@routes.get("/dossiers/<code:code>")
@reads(404)
@routes.response(200, ToldOut)
def show_sync(call: Call, code: str) -> dict[str, Any]:
    """Show how far the portal was told of a dossier.

    Tình trạng đồng bộ và lỗi gần nhất của một hồ sơ.
    """
    return {"sync": queries.sync_of(call.tx, code, call.actor)}


@routes.post("/dossiers/<code:code>/resend")
@writes(403, 404, 409)
@routes.arguments(Nothing, required=False)
@routes.response(200, ToldOut)
def resend(call: Call, body: dict[str, Any], code: str) -> dict[str, Any]:
    """Tell the portal again how a dossier stands.

    Gửi hiện trạng của hồ sơ với mọi bước đã xong, thay cho những gì đang chờ hoặc bị từ chối.
    """
    commands.resend_dossier(call.tx, code, call.actor, call.now)
    return {"sync": queries.sync_of(call.tx, code, call.actor)}


@routes.post("/resend")
@writes(403, 409)
@routes.arguments(ResendIn)
@routes.response(200, ResentOut)
def resend_many(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """Have many dossiers told again.

    Bộ hẹn giờ gửi lại từng hồ sơ trong ít phút; mỗi lần tối đa 10.000 hồ sơ.
    """
    command = commands.ResendMany(**body)
    return {"resent": commands.resend_many(call.tx, command, call.actor)}


@routes.get("/rounds")
@reads(403, 422)
@routes.arguments(PageIn, location="query")
@routes.response(200, RoundPage)
def list_rounds(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the comparisons with the portal.

    Các lần đối chiếu, mới nhất trước.
    """
    return answer(queries.list_rounds(call.tx, wanted(query), call.actor))


@routes.get("/rounds/<number:round>/differences")
@reads(403, 404, 422)
@routes.arguments(PageIn, location="query")
@routes.response(200, DifferencePage)
def list_differences(call: Call, query: dict[str, Any], round: int) -> dict[str, Any]:  # noqa: A002
    """List what a comparison found.

    Các khác biệt của một lần đối chiếu, và đã gửi lại hay chưa.
    """
    part = wanted(query)
    return answer(queries.list_differences(call.tx, part, round, call.actor))
