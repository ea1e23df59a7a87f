"""Delegation of duty: who stands in for whom."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.v1.schemas.substitutions import (
    OfPersonIn,
    SubstitutionIn,
    SubstitutionOut,
    SubstitutionsOut,
)
from api.v1.schemas.tasks import CandidateListOut
from engine.commands.substitution import EndSubstitution, StandIn, end_substitution, stand_in
from engine.deadlines.calendar import local
from engine.queries import substitutions as queries
from engine.store import substitutions

routes = Blueprint(
    "substitutions",
    __name__,
    url_prefix="/substitutions",
    description="Làm thay khi vắng mặt.",
)


@routes.get("")
@reads(403, 422)
@routes.arguments(OfPersonIn, location="query")
@routes.response(200, SubstitutionsOut)
def list_substitutions(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List leaves with those who stand in.

    Các lần một người vắng mặt hoặc làm thay: của mình, hoặc của người mình quản trị.
    """
    person = query.get("user") or call.actor.id
    return {"items": queries.list_substitutions(call.tx, person, call.actor, call.now)}


@routes.get("/candidates")
@reads(403, 422)
@routes.arguments(OfPersonIn, location="query")
@routes.response(200, CandidateListOut)
def list_candidates(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List those who may stand in.

    Đồng nghiệp cùng cơ quan có thể làm thay.
    """
    person = query.get("user") or call.actor.id
    return {"items": queries.possible_substitutes(call.tx, person, call.actor)}


@routes.post("")
@writes(403, 409)
@routes.arguments(SubstitutionIn)
@routes.response(201, SubstitutionOut)
def add(call: Call, body: dict[str, Any]) -> queries.SubstitutionItem:
    """Let someone stand in.

    Cử người làm thay cho mình, hoặc cho người mình quản trị. Người làm thay có vai trò của người
    vắng mặt tại cơ quan chung, trừ vai trò quản trị và kiểm tra; việc đã nhận làm thay không
    chuyển tiếp cho người thứ ba.
    """
    command = StandIn(**{**body, "absent": body["absent"] or call.actor.id})
    return _shown(call, stand_in(call.tx, command, call.actor, call.now))


@routes.post("/<number:substitution>/end")
@writes(403, 404, 409)
@routes.response(200, SubstitutionOut)
def end(call: Call, substitution: int) -> queries.SubstitutionItem:
    """End a substitution at once.

    Kết thúc ngay, hoặc hủy lần chưa bắt đầu; quyền làm thay mất ở yêu cầu kế tiếp.
    """
    end_substitution(call.tx, EndSubstitution(substitution), call.actor, call.now)
    return _shown(call, substitution)


def _shown(call: Call, number: int) -> queries.SubstitutionItem:
    return queries.item(substitutions.get(call.tx, number), local(call.now).date())
