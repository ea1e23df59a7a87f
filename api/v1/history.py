"""What happened to a dossier, why it is due when it is, and the proof of both."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads
from api.evidence import Bundle, bundle
from api.paging import PageIn, answer, wanted
from api.proving import Proof
from api.v1.schemas.history import DossierDueOut, EventPage, PauseListOut
from api.v1.schemas.replay import ReplayOut, VerificationOut
from engine.model.actor import Permission
from engine.model.reading import Looked
from engine.queries import dossiers, events, pauses
from engine.queries.due import DueView, explain
from engine.queries.life import life_of
from engine.queries.paging import page
from engine.verification import recorded

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
@reads(403, 404, 409, 422, looks_at=Looked.REPLAY)
@routes.arguments(PageIn, location="query")
@routes.response(200, ReplayOut)
def show_replay(call: Call, query: dict[str, Any], code: str) -> dict[str, Any]:
    """Replay a dossier.

    Chạy lại từng hành động theo bản vẽ đã ghi: sau mỗi hành động hồ sơ ở đâu, ai giữ, thời hạn,
    tạm dừng, biểu mẫu và những gì vừa thay đổi. Nếu không chạy tiếp được, `stop` nói vì sao.
    """
    part = wanted(query)
    begun = part.after[0] + 1 if part.after else 1
    numbers = range(begun, begun + part.limit + 1)
    life = life_of(call.tx, code, call.actor, lambda acts: numbers)
    moments = page(life.moments, part, lambda moment: moment, lambda moment: (moment.number,))
    return {**answer(moments), "total": len(life.acts), "stop": life.stop}


@routes.get("/verification")
@routes.response(200, VerificationOut)
@reads(403, 404, looks_at=Looked.VERIFICATION)
def show_verification(call: Call, code: str) -> Proof:
    """Verify the record of a dossier.

    Kiểm tra chuỗi băm, chạy lại mọi hành động, so với dữ liệu đang lưu, đọc mọi tệp và kiểm tra lại
    mọi chữ ký số. `findings` nêu từng chỗ sai với số của sự kiện.
    """
    row = dossiers.locate(call.tx, code, call.actor)
    dossiers.require(row, call.actor, Permission.DOSSIER_REPLAY, "kiểm chứng hồ sơ này")
    return Proof(recorded(call.tx, code))


@routes.get("/evidence")
@reads(403, 404, looks_at=Looked.EVIDENCE)
@routes.doc(responses={200: {"description": "Gói ZIP, kiểm tra được ở máy khác."}})
def download_evidence(call: Call, code: str) -> Bundle:
    """Download the evidence bundle of a dossier.

    Sổ sự kiện, tài liệu, quy trình, lịch, bộ quy tắc, mốc neo và chương trình kiểm tra ngoại tuyến.
    """
    return bundle(call, code)


def _pause(item: pauses.PauseItem) -> dict[str, Any]:
    return {**vars(item), "excluded": round(item.excluded.total_seconds() / 3600, 2)}
