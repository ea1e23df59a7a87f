"""How long personal data are kept, and masking them when that time is over."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.v1.schemas.retention import MaskedOut, MaskingIn, OverListOut, RuleIn, RuleListOut, RuleOut
from engine.commands.retention import lay_down
from engine.queries import retention as queries
from engine.retention.masking import MaskDossier, mask_dossier
from engine.store.retention import Rule

routes = Blueprint("retention", __name__, url_prefix="", description="Thời hạn lưu.")


@routes.get("/retention-rules")
@reads(403)
@routes.response(200, RuleListOut)
def list_rules(call: Call) -> dict[str, Any]:
    """List how long personal data are kept.

    Thời hạn lưu theo lĩnh vực; lĩnh vực chưa đặt thì không bao giờ bị che.
    """
    return {"items": queries.list_rules(call.tx, call.actor)}


@routes.post("/retention-rules")
@writes(403)
@routes.arguments(RuleIn)
@routes.response(201, RuleOut)
def add_rule(call: Call, body: dict[str, Any]) -> Rule:
    """Lay down how long dossiers of a field are kept.

    Đặt thời hạn lưu của một lĩnh vực; thời hạn sau thay thời hạn trước kể từ ngày của nó.
    """
    rule = Rule(**body)
    lay_down(call.tx, rule, call.actor, call.now)
    return rule


@routes.get("/retention-rules/over")
@reads(403)
@routes.response(200, OverListOut)
def list_over(call: Call) -> dict[str, Any]:
    """List dossiers whose time is over.

    Hồ sơ đã kết thúc, hết thời hạn lưu và chưa được che; tối đa 1.000 mỗi lĩnh vực.
    """
    return {"items": queries.over(call.tx, call.actor, call.now)}


@routes.post("/dossiers/<code:code>/masking")
@writes(403, 404, 409)
@routes.arguments(MaskingIn)
@routes.response(200, MaskedOut)
def mask(call: Call, body: dict[str, Any], code: str) -> Any:
    """Mask the personal data of a dossier.

    Che mọi lời khai trong hồ sơ đã kết thúc, hủy bản số hóa giấy tờ đã nộp; đường đi, kết quả đã
    ký và chuỗi băm giữ nguyên. Không hoàn lại được.
    """
    return mask_dossier(call.tx, MaskDossier(code, **body), call.actor, call.now)
