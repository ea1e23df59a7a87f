"""What is done to a dossier's time: pauses, extensions, causes of lateness, alerts noted."""

from typing import Any

from api.converters import PLACE
from api.documenting import Blueprint
from api.edge import Call, target, writes
from api.v1.dossiers import ETAG, standing
from api.v1.schemas.dossiers import NoteIn, StandingOut
from api.v1.schemas.time import AcknowledgeIn, CauseIn, ExtendIn, PauseIn
from engine.commands import lateness, pauses

routes = Blueprint(
    "time_acts", __name__, url_prefix="/dossiers/<code:code>", description="Thời hạn của hồ sơ."
)
_REFUSALS = (403, 404, 409, 412)


@routes.post("/pause")
@writes(*_REFUSALS, revised=True)
@routes.arguments(PauseIn)
@routes.response(200, StandingOut, headers=ETAG)
def pause(call: Call, body: dict[str, Any], code: str) -> Any:
    """Pause a dossier.

    Tạm dừng với một lý do của bộ quy tắc; `until` là hạn của lần tạm dừng, bỏ trống thì theo thời
    hạn của lý do.
    """
    command = pauses.PauseDossier(target(code), **body)
    return standing(call, pauses.pause_dossier(call.tx, command, call.actor, call.now))


@routes.post("/resume")
@writes(*_REFUSALS, revised=True)
@routes.arguments(NoteIn, required=False)
@routes.response(200, StandingOut, headers=ETAG)
def resume(call: Call, body: dict[str, Any], code: str) -> Any:
    """Let a paused dossier go on.

    Cho hồ sơ đang tạm dừng tiếp tục, với thời gian làm việc còn lại lúc tạm dừng.
    """
    command = pauses.OnPause(target(code), **body)
    return standing(call, pauses.resume_dossier(call.tx, command, call.actor, call.now))


@routes.post("/pause-request")
@writes(*_REFUSALS, revised=True)
@routes.arguments(PauseIn)
@routes.response(200, StandingOut, headers=ETAG)
def ask_for_pause(call: Call, body: dict[str, Any], code: str) -> Any:
    """Ask for a pause that others decide on.

    Đề nghị tạm dừng; thời hạn vẫn chạy cho đến khi được duyệt.
    """
    command = pauses.PauseDossier(target(code), **body)
    return standing(call, pauses.ask_for_pause(call.tx, command, call.actor, call.now))


@routes.post("/pause-request/grant")
@writes(*_REFUSALS, revised=True)
@routes.arguments(NoteIn, required=False)
@routes.response(200, StandingOut, headers=ETAG)
def grant_pause(call: Call, body: dict[str, Any], code: str) -> Any:
    """Grant the pause that was asked for.

    Duyệt đề nghị tạm dừng: hồ sơ tạm dừng từ lúc này.
    """
    command = pauses.OnPause(target(code), **body)
    return standing(call, pauses.grant_pause(call.tx, command, call.actor, call.now))


@routes.post("/pause-request/decline")
@writes(*_REFUSALS, revised=True)
@routes.arguments(NoteIn, required=False)
@routes.response(200, StandingOut, headers=ETAG)
def decline_pause(call: Call, body: dict[str, Any], code: str) -> Any:
    """Decline the pause that was asked for.

    Không duyệt đề nghị tạm dừng.
    """
    command = pauses.OnPause(target(code), **body)
    return standing(call, pauses.decline_pause(call.tx, command, call.actor, call.now))


@routes.post("/extension")
@writes(*_REFUSALS, revised=True)
@routes.arguments(ExtendIn)
@routes.response(200, StandingOut, headers=ETAG)
def extend(call: Call, body: dict[str, Any], code: str) -> Any:
    """Put off the due date, with an apology.

    Xin lỗi và hẹn lại ngày trả: một lần, chậm nhất một ngày làm việc trước hạn (Nghị định
    61/2018/NĐ-CP, Điều 19 khoản 9).
    """
    command = lateness.ExtendDueDate(target(code), **body)
    return standing(call, lateness.extend_due_date(call.tx, command, call.actor, call.now))


@routes.post("/overdue-cause")
@writes(*_REFUSALS, revised=True)
@routes.arguments(CauseIn)
@routes.response(200, StandingOut, headers=ETAG)
def record_cause(call: Call, body: dict[str, Any], code: str) -> Any:
    """Say why a dossier, or one of its open tasks, is late.

    Ghi nguyên nhân quá hạn; ghi lại được, sổ sự kiện giữ mọi lần.
    """
    command = lateness.RecordCause(target(code), **body)
    return standing(call, lateness.record_cause(call.tx, command, call.actor, call.now))


@routes.post(f"/alerts/<{PLACE}:alert>/acknowledge")
@writes(*_REFUSALS, revised=True)
@routes.arguments(AcknowledgeIn)
@routes.response(200, StandingOut, headers=ETAG)
def acknowledge(call: Call, body: dict[str, Any], code: str, alert: int) -> Any:
    """Take note of an alert.

    Xác nhận đã biết một cảnh báo, kèm ghi chú.
    """
    command = lateness.AcknowledgeAlert(target(code), alert, **body)
    return standing(call, lateness.acknowledge_alert(call.tx, command, call.actor, call.now))
