"""Drafts of procedures looked over and tried out; nothing of it is kept."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads
from api.trying import ground, readable
from api.v1.schemas.procedure_trials import (
    ExploredOut,
    ProcedureLintIn,
    ProcedureLintOut,
    ProcedureTrialIn,
    ProcedureTrialOut,
)
from engine.commands.examining import examined
from engine.commands.procedure_drafts import in_sight
from engine.trial.moves import Move
from engine.trial.view import view
from engine.trial.walk import walked
from engine.trial.ways import Explored, explore

routes = Blueprint(
    "procedure_trials",
    __name__,
    url_prefix="/procedure-drafts/<number:draft>",
    description="Kiểm tra và chạy thử bản thảo quy trình; không ghi lại gì.",
)


@routes.post("/lint")
@reads(400, 404, 413, 415, 422)
@routes.arguments(ProcedureLintIn)
@routes.response(200, ProcedureLintOut)
def lint(call: Call, body: dict[str, Any], draft: int) -> dict[str, Any]:
    """Look over files that are being written.

    Kiểm tra như khi ban hành, với các tệp gửi kèm thay cho tệp của bản thảo; không lưu gì.
    """
    found = in_sight(call.tx, draft, call.actor)
    _, findings = examined(call.tx, found.procedure, {**found.files, **body["files"]})
    return {"findings": [finding.plain() for finding in findings]}


@routes.post("/try")
@reads(400, 403, 404, 409, 413, 415, 422)
@routes.arguments(ProcedureTrialIn)
@routes.response(200, ProcedureTrialOut)
def try_out(call: Call, body: dict[str, Any], draft: int) -> dict[str, Any]:
    """Walk a test dossier through a draft.

    Mỗi lần gửi cả danh sách việc đã làm; máy chủ làm lại từ đầu trong bộ nhớ và trả lời hồ sơ thử
    đang ở đâu. Không ghi vào cơ sở dữ liệu, không gửi gì ra ngoài.
    """
    found = in_sight(call.tx, draft, call.actor)
    moves = [Move(**move) for move in body["moves"]]
    trial = walked(ground(call, found, body["agency"]), moves, body["begun_at"] or call.now)
    people = trial.ground.people.by_name.values()
    return {**vars(view(trial)), "begun_at": trial.begun_at, "people": people}


@routes.post("/explore")
@reads(404)
@routes.response(200, ExploredOut)
def explore_ways(call: Call, draft: int) -> Explored:
    """Try every way of a draft at random.

    Nêu từng bước, từng nhánh mà không lượt thử nào đi tới, và lỗi gặp trên đường.
    """
    return explore(readable(in_sight(call.tx, draft, call.actor)))
