"""What is done to a dossier as a whole, apart from its time."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, target, writes
from api.v1.dossiers import ETAG, standing
from api.v1.schemas.dossiers import FormIn, NewsIn, NoteIn, PriorityIn, ReasonIn, StandingOut
from engine.commands import course, priority, submission

routes = Blueprint(
    "acts", __name__, url_prefix="/dossiers/<code:code>", description="Việc làm với cả hồ sơ."
)
_REFUSALS = (403, 404, 409, 412)


@routes.post("/accept")
@writes(*_REFUSALS, revised=True)
@routes.arguments(FormIn)
@routes.response(200, StandingOut, headers=ETAG)
def accept(call: Call, body: dict[str, Any], code: str) -> Any:
    """Accept a dossier at intake.

    Tiếp nhận: hạn giải quyết bắt đầu tính. `form` là biểu mẫu của bước kiểm tra, không cần
    `decision`.
    """
    command = submission.DecideIntake(target(code), **body)
    return standing(call, submission.accept_dossier(call.tx, command, call.actor, call.now))


@routes.post("/refuse")
@writes(*_REFUSALS, revised=True)
@routes.arguments(FormIn)
@routes.response(200, StandingOut, headers=ETAG)
def refuse(call: Call, body: dict[str, Any], code: str) -> Any:
    """Refuse a dossier at intake.

    Từ chối tiếp nhận, lý do ghi trong `form`.
    """
    command = submission.DecideIntake(target(code), **body)
    return standing(call, submission.refuse_dossier(call.tx, command, call.actor, call.now))


@routes.post("/supplements")
@writes(*_REFUSALS, revised=True)
@routes.arguments(NewsIn, required=False)
@routes.response(200, StandingOut, headers=ETAG)
def supplement(call: Call, body: dict[str, Any], code: str) -> Any:
    """Receive the papers that were asked for.

    Tiếp nhận giấy tờ bổ sung mà hồ sơ đang chờ.
    """
    command = course.BringNews(target(code), **body)
    return standing(call, course.receive_supplement(call.tx, command, call.actor, call.now))


@routes.post("/priority")
@writes(*_REFUSALS, revised=True)
@routes.arguments(PriorityIn)
@routes.response(200, StandingOut, headers=ETAG)
def prioritise(call: Call, body: dict[str, Any], code: str) -> Any:
    """Let a dossier go before others.

    Ưu tiên hồ sơ, với một lý do của bộ quy tắc; ghi lại được để đổi lý do.
    """
    command = priority.PrioritiseDossier(target(code), **body)
    return standing(call, priority.prioritise_dossier(call.tx, command, call.actor, call.now))


@routes.post("/priority/withdraw")
@writes(*_REFUSALS, revised=True)
@routes.arguments(NoteIn, required=False)
@routes.response(200, StandingOut, headers=ETAG)
def withdraw_priority(call: Call, body: dict[str, Any], code: str) -> Any:
    """Let a dossier wait its turn again.

    Thôi ưu tiên hồ sơ.
    """
    command = priority.WithdrawPriority(target(code), **body)
    return standing(call, priority.withdraw_priority(call.tx, command, call.actor, call.now))


@routes.post("/withdraw")
@writes(*_REFUSALS, revised=True)
@routes.arguments(ReasonIn)
@routes.response(200, StandingOut, headers=ETAG)
def withdraw(call: Call, body: dict[str, Any], code: str) -> Any:
    """Withdraw a dossier.

    Công dân rút hồ sơ khi chưa có kết quả.
    """
    command = course.EndDossier(target(code), **body)
    return standing(call, course.withdraw_dossier(call.tx, command, call.actor, call.now))


@routes.post("/discontinue")
@writes(*_REFUSALS, revised=True)
@routes.arguments(ReasonIn)
@routes.response(200, StandingOut, headers=ETAG)
def discontinue(call: Call, body: dict[str, Any], code: str) -> Any:
    """Discontinue a dossier.

    Cơ quan dừng giải quyết khi chưa có kết quả.
    """
    command = course.EndDossier(target(code), **body)
    return standing(call, course.discontinue_dossier(call.tx, command, call.actor, call.now))
