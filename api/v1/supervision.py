"""What supervisors look at: how many dossiers are in each group, and which."""

from typing import Any

from sqlalchemy import Connection

from api.apart import each
from api.documenting import Blueprint
from api.edge import Call, reads, writes_apart
from api.paging import answer, wanted
from api.services import services
from api.v1.schemas.board import (
    AssignManyIn,
    HeatIn,
    HeatOut,
    OutcomesOut,
    PressManyIn,
    WaitingIn,
    WaitingPage,
    WeekListOut,
    WeeksIn,
)
from api.v1.schemas.supervision import (
    CountsIn,
    CountsOut,
    ForecastIn,
    ForecastPage,
    SupervisedListIn,
    SupervisedPage,
)
from engine.commands import supervising
from engine.commands.acting import Target, require_somewhere
from engine.model.actor import Permission
from engine.model.standing import STANDING_NAMES
from engine.queries.forecast import forecast
from engine.queries.heat import HeatFilter, StepHeat, heat, list_waiting
from engine.queries.supervision import SupervisionFilter, list_supervised
from engine.queries.supervision_counts import count_supervised
from engine.queries.weeks import weekly

routes = Blueprint(
    "supervision", __name__, url_prefix="/supervision", description="Giám sát thời hạn."
)


@routes.get("/counts")
@reads(403, 422)
@routes.arguments(CountsIn, location="query")
@routes.response(200, CountsOut)
def show_counts(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Count the dossiers in each group.

    Số hồ sơ của từng nhóm (mỗi hồ sơ ở đúng một nhóm), chia nhỏ theo lý do tạm dừng, đơn vị,
    người giữ, thủ tục, giai đoạn, cơ quan hoặc nguyên nhân quá hạn.
    """
    by = query.pop("by", None)
    counts = count_supervised(call.tx, SupervisionFilter(**query), by, call.actor, call.now)
    return {**vars(counts), "names": STANDING_NAMES}


@routes.get("/dossiers")
@reads(403, 422)
@routes.arguments(SupervisedListIn, location="query")
@routes.response(200, SupervisedPage)
def list_dossiers(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the dossiers of a group.

    Hồ sơ của một nhóm theo hạn trả, hồ sơ chưa có hạn ở cuối; nhóm đã xong thì mới xong trước.
    """
    part, standing = wanted(query), query.pop("standing")
    chosen = SupervisionFilter(**query)
    return answer(list_supervised(call.tx, part, standing, chosen, call.actor))


@routes.get("/weeks")
@reads(403, 422)
@routes.arguments(WeeksIn, location="query")
@routes.response(200, WeekListOut)
def show_weeks(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Show the last weeks.

    Từng tuần: số hồ sơ tiếp nhận, đã xong, xong trễ hạn, và số đang quá hạn, đang tạm dừng lúc hết
    tuần; tuần cuối là tuần này đến nay.
    """
    agency = query.get("agency")
    return {"items": weekly(call.tx, agency, call.actor, call.now, query["weeks"])}


@routes.get("/heat")
@reads(403, 404, 422)
@routes.arguments(HeatIn, location="query")
@routes.response(200, HeatOut)
def show_heat(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Show where dossiers of a procedure wait and where time is lost.

    Từng bước của quy trình, kể cả bước trong các giai đoạn dùng chung: số việc đang chờ, quá hạn;
    thời gian làm việc thường mất ở bước, và số giờ vượt hạn của bước trong các tuần gần nhất.
    """
    found = heat(call.tx, HeatFilter(**query), call.actor, call.now)
    facts = found.procedure.facts
    return {
        "procedure": facts.code,
        "procedure_name": facts.name,
        "version": found.procedure.digest,
        "since": found.since,
        "drawings": found.procedure.drawings,
        "steps": [_step_heat(each) for each in found.steps],
    }


def _step_heat(found: StepHeat) -> dict[str, Any]:
    step = found.step
    drawn = {name: getattr(step, name) for name in ("stage", "role", "unit")} if step else {}
    return {**vars(found), **drawn, "limit": str(step.limit) if step else None}


@routes.get("/waiting")
@reads(403, 422)
@routes.arguments(WaitingIn, location="query")
@routes.response(200, WaitingPage)
def list_waiting_(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the tasks that wait at a step of a procedure.

    Việc đang chờ ở một bước, đến hạn trước ở trước.
    """
    part, step = wanted(query), query.pop("step")
    return answer(list_waiting(call.tx, part, HeatFilter(**query), step, call.actor))


@routes.post("/press")
@writes_apart(403)
@routes.arguments(PressManyIn)
@routes.response(200, OutcomesOut)
def press_many(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """Press whoever holds these dossiers.

    Đôn đốc người đang giữ việc gấp nhất của từng hồ sơ. Mỗi hồ sơ làm riêng: hồ sơ bị từ chối không
    ảnh hưởng hồ sơ khác.
    """
    require_somewhere(call.actor, Permission.TASK_PRESS, "đôn đốc hồ sơ")

    def press(tx: Connection, code: str) -> None:
        command = supervising.PressDossier(Target(code), body["note"])
        supervising.press_dossier(tx, command, call.actor, call.now)

    return {"items": each(services().database, body["dossiers"], press)}


@routes.post("/assign")
@writes_apart(403)
@routes.arguments(AssignManyIn)
@routes.response(200, OutcomesOut)
def assign_many(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """Give these dossiers to someone.

    Giao việc gấp nhất của từng hồ sơ cho một người, dù ai đang giữ. Mỗi hồ sơ làm riêng.
    """
    require_somewhere(call.actor, Permission.TASK_ASSIGN, "giao việc của hồ sơ")

    def assign(tx: Connection, code: str) -> None:
        command = supervising.ReassignDossier(Target(code), body["assignee"], body.get("note"))
        supervising.reassign_dossier(tx, command, call.actor, call.now)

    return {"items": each(services().database, body["dossiers"], assign)}


@routes.get("/forecast")
@reads(403, 422)
@routes.arguments(ForecastIn, location="query")
@routes.response(200, ForecastPage)
def show_forecast(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Forecast which dossiers will be late.

    Hồ sơ đang chạy thời hạn, sắp đến hạn, dễ trễ nhất trước: suy từ thời gian mà các hồ sơ cùng
    thủ tục đã cần từ cùng bước đến khi có kết quả.
    """
    part = wanted(query)
    agency, within = query.get("agency"), query["within"]
    return answer(forecast(call.tx, part, agency, within, call.actor, call.now))
