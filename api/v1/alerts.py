"""Alerts: the bell, and what supervisors see of their agencies."""

import hashlib
from typing import Any

from flask import Response, request

from api.documenting import Blueprint
from api.edge import Call, reads
from api.paging import answer, wanted
from api.v1.schemas.alerts import AlertCountsOut, AlertItemPage, AlertListIn, ScopeIn
from engine.queries.alerts import AlertFilter, AlertState, count_alerts, list_alerts, mark_of

routes = Blueprint("alerts", __name__, url_prefix="/alerts", description="Cảnh báo.")
ETAG = {"ETag": {"description": "Yếu; đổi khi danh sách đổi.", "schema": {"type": "string"}}}


@routes.get("")
@reads(403, 422)
@routes.arguments(AlertListIn, location="query")
@routes.response(200, AlertItemPage, headers=ETAG)
@routes.alt_response(304, description="Không có gì mới.", headers=ETAG)
def list_(call: Call, query: dict[str, Any]) -> Any:
    """List alerts, the newest first.

    Cảnh báo báo cho bạn: của việc bạn giữ, của việc chưa ai nhận mà bạn nhận được, và những cảnh
    báo đã lên đến cấp của bạn. Gửi lại ETag trong `If-None-Match` để hỏi thường xuyên mà rẻ.
    """
    part = wanted(query)
    chosen = AlertFilter(**query)
    if chosen.state is AlertState.ALL:
        return answer(list_alerts(call.tx, part, chosen, call.actor))
    tag = _tag(call, mark_of(call.tx, chosen, call.actor))
    headers = {"ETag": f'W/"{tag}"'}
    if request.if_none_match.contains_weak(tag):
        return Response(status=304, headers=headers)
    return answer(list_alerts(call.tx, part, chosen, call.actor)), 200, headers


@routes.get("/counts")
@reads(403, 422)
@routes.arguments(ScopeIn, location="query")
@routes.response(200, AlertCountsOut)
def show_counts(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Count alerts that nobody took note of.

    Số cảnh báo đang hiệu lực chưa ai xác nhận đã biết, theo loại và mức.
    """
    counts = count_alerts(call.tx, query["scope"], call.actor)
    return {"total": sum(count.alerts for count in counts), "items": counts}


def _tag(call: Call, mark: str) -> str:
    """What is seen depends on who asks, for what, and on the alerts."""
    asked = f"{call.actor.id} {request.full_path} {mark}"
    return hashlib.sha256(asked.encode()).hexdigest()[:24]
