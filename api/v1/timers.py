"""Timers that could not be fired, for those who mend what was wrong."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.fields import Nothing
from api.paging import answer, wanted
from api.v1.schemas.timers import FailedTimerPage, FailedTimersIn, RerunOut
from engine.commands import timers as commands
from engine.queries import timers as queries

routes = Blueprint("timers", __name__, url_prefix="/timers", description="Hẹn giờ hỏng.")


@routes.get("")
@reads(403, 422)
@routes.arguments(FailedTimersIn, location="query")
@routes.response(200, FailedTimerPage)
def list_timers(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the timers that could not be fired.

    Hẹn giờ hỏng của hồ sơ thuộc phạm vi bạn quản trị: đang chờ tự thử lại (`waiting_retry`), hoặc
    đã thử đủ số lần và chờ người xử lý (`dead`).
    """
    part = wanted(query)
    return answer(queries.list_failed_timers(call.tx, part, query.get("state"), call.actor))


@routes.post("/<code:code>/<code:kind>/<int(min=0, max=2147483647):place>/rerun")
@writes(403, 404)
@routes.arguments(Nothing, required=False)
@routes.response(200, RerunOut)
def rerun(call: Call, body: dict[str, Any], code: str, kind: str, place: int) -> dict[str, Any]:
    """Try a failed timer again.

    Chạy lại một hẹn giờ hỏng: đếm lại số lần thử từ đầu và thử ngay. Vị trí 0 là cả hồ sơ.
    """
    command = commands.RerunTimer(code, kind, place)
    commands.rerun_timer(call.tx, command, call.actor, call.now)
    return {"rerun": 1}


@routes.post("/rerun")
@writes(403)
@routes.arguments(Nothing, required=False)
@routes.response(200, RerunOut)
def rerun_all(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """Try all failed timers again.

    Chạy lại mọi hẹn giờ hỏng thuộc phạm vi bạn quản trị.
    """
    return {"rerun": commands.rerun_all_timers(call.tx, call.actor, call.now)}
