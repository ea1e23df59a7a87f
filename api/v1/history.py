"""What happened to a dossier, why it is due when it is, and the proof of both."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads
from api.paging import PageIn, answer, wanted
from api.v1.schemas.history import DossierDueOut, EventPage, PauseListOut, ReplayOut
from engine import replay, verification
from engine.model.actor import Permission
from engine.model.reading import Looked
from engine.queries import dossiers, events, pauses
from engine.queries.due import DueView, explain

routes = Blueprint(
    "history", __name__, url_prefix="/dossiers/<code:code>", description="Lịch sử của hồ sơ."
)


@routes.get("/events")
@reads(404, 422, looks_at=Looked.HISTORY)
@routes.arguments(PageIn, location="query")
@routes.response(200, EventPage)
def list_events(call: Call, query: dict[str, Any], code: str) -> dict[str, Any]:
    """List the events of a dossier.

    Sổ sự kiện theo thứ tự. Nội dung người dùng đã nhập (`payload`) chỉ hiện với người được đọc.
    """
    found = dossiers.find(call.tx, code, call.actor)
    return answer(events.list_events(call.tx, wanted(query), found, call.actor))


@routes.get("/pauses")
@reads(404, looks_at=Looked.TIME)
@routes.response(200, PauseListOut)
def list_pauses(call: Call, code: str) -> dict[str, Any]:
    """List the pauses of a dossier.

    Mọi lần tạm dừng, với lý do và ảnh hưởng đến hạn.
    """
    found = dossiers.find(call.tx, code, call.actor)
    items = pauses.list_pauses(call.tx, found, call.actor, call.now)
    return {"items": [_pause(item) for item in items]}


@routes.get("/due")
@reads(404, looks_at=Looked.TIME)
@routes.response(200, DossierDueOut)
def show_due(call: Call, code: str) -> DueView:
    """Explain the due date day by day.

    Hạn trả kết quả: từng ngày có tính hay không, vì sao.
    """
    found = dossiers.find(call.tx, code, call.actor)
    paused = pauses.list_pauses(call.tx, found, call.actor, call.now)
    return explain(found, paused, call.now)


@routes.get("/replay")
@reads(403, 404, looks_at=Looked.REPLAY)
@routes.response(200, ReplayOut)
def show_replay(call: Call, code: str) -> dict[str, Any]:
    """Verify a dossier's record and replay it.

    Kiểm tra chuỗi băm và chạy lại từng hành động theo bản vẽ đã ghi. Nếu sổ ghi không đúng,
    `broken` nêu sự kiện đầu tiên có vấn đề.
    """
    found = dossiers.find(call.tx, code, call.actor)
    dossiers.require(found, call.actor, Permission.DOSSIER_REPLAY, "chạy lại hồ sơ này")
    broken = verification.verify_dossier(call.tx, code)
    if broken is not None:
        return {"verified": False, "broken": broken, "moments": []}
    moments = [_moment(moment) for moment in replay.replay(call.tx, code)]
    return {"verified": True, "broken": None, "moments": moments}


def _pause(item: pauses.PauseItem) -> dict[str, Any]:
    return {**vars(item), "excluded": round(item.excluded.total_seconds() / 3600, 2)}


def _moment(moment: replay.Moment) -> dict[str, Any]:
    names = ("place", "step", "assignee")
    tasks = [dict(zip(names, task, strict=True)) for task in moment.tasks]
    return {**vars(moment), "tasks": tasks}
