"""Rulebooks, and what forms need of them."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.v1.schemas.rulebooks import (
    AgencyIn,
    OverdueCausesOut,
    PauseReasonsOut,
    PublishedOut,
    RulebookIn,
    RulebookOut,
)
from engine.commands.rulebooks import Published, PublishRulebook, publish_rulebook
from engine.queries import rulebooks

routes = Blueprint(
    "rulebooks",
    __name__,
    url_prefix="",
    description="Bộ quy tắc về thời hạn: tạm dừng, cảnh báo, gia hạn, nguyên nhân quá hạn.",
)


@routes.get("/rulebook")
@reads(422)
@routes.arguments(AgencyIn, location="query")
@routes.response(200, RulebookOut)
def show_rulebook(call: Call, query: dict[str, Any]) -> rulebooks.RulebookView:
    """Show the rulebook in force for an agency.

    Bộ quy tắc áp dụng cho hồ sơ cơ quan tiếp nhận từ nay; hồ sơ cũ theo bộ quy tắc lúc nhận.
    """
    return rulebooks.rulebook_in_force(call.tx, query["agency"])


@routes.put("/rulebook")
@writes(403, 412)
@routes.arguments(RulebookIn)
@routes.response(200, PublishedOut)
def publish(call: Call, body: dict[str, Any]) -> Published:
    """Put a rulebook in force.

    Ban hành bộ quy tắc cho một cơ quan và mọi cơ quan trực thuộc. Bộ quy tắc có lỗi bị từ chối,
    câu trả lời nêu mục cần sửa. Hồ sơ đã nhận vẫn theo bộ quy tắc cũ.
    """
    return publish_rulebook(call.tx, PublishRulebook(**body), call.actor, call.now)


@routes.get("/pause-reasons")
@reads(422)
@routes.arguments(AgencyIn, location="query")
@routes.response(200, PauseReasonsOut)
def list_pause_reasons(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the reasons for which a dossier may rest.

    Các lý do tạm dừng của một cơ quan: làm gì với thời hạn, dừng được bao lâu, mấy lần, cần căn
    cứ hay người duyệt không.
    """
    return {"items": rulebooks.pause_reasons(call.tx, query["agency"])}


@routes.get("/overdue-causes")
@reads(422)
@routes.arguments(AgencyIn, location="query")
@routes.response(200, OverdueCausesOut)
def list_overdue_causes(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the causes that may be named when something ends late.

    Các nguyên nhân quá hạn của một cơ quan, lỗi thuộc về ai, có phải gắn với lần gián đoạn hệ
    thống không.
    """
    return {"items": rulebooks.overdue_causes(call.tx, query["agency"])}
