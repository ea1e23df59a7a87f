"""What dossiers asked and told other software, and what people do about it."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, target, writes
from api.fields import Nothing
from api.paging import answer, wanted
from api.v1.dossiers import ETAG, standing
from api.v1.schemas.dossiers import StandingOut
from api.v1.schemas.requests import (
    DropIn,
    EnteredAnswerIn,
    RequestListIn,
    RequestPage,
    RequestsOfOut,
)
from engine.commands import requests as commands
from engine.commands.requests import Answer, EnterAnswer, OnRequest
from engine.model.reading import Looked
from engine.queries import dossiers, requests
from engine.queries.requests import RequestFilter

routes = Blueprint("requests", __name__, url_prefix="", description="Yêu cầu liên thông.")
OF_DOSSIER = "/dossiers/<code:code>/requests"
ONE = f"{OF_DOSSIER}/<number:number>"
_REFUSALS = (403, 404, 409, 412)


@routes.get("/requests")
@reads(422)
@routes.arguments(RequestListIn, location="query")
@routes.response(200, RequestPage)
def list_requests(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List what dossiers asked and told other software.

    Yêu cầu của các hồ sơ bạn được xem; `state=waiting` thì chờ lâu nhất trước, còn lại mới nhất
    trước.
    """
    part = wanted(query)
    return answer(requests.list_requests(call.tx, part, RequestFilter(**query), call.actor))


@routes.get(OF_DOSSIER)
@reads(404, looks_at=Looked.HISTORY)
@routes.response(200, RequestsOfOut)
def list_of_dossier(call: Call, code: str) -> dict[str, Any]:
    """List the requests of a dossier, with what was sent and what came.

    Nội dung đã gửi và trả lời chỉ hiện với người được đọc sổ sự kiện.
    """
    found = dossiers.find(call.tx, code, call.actor)
    return {"items": requests.requests_of(call.tx, found, call.actor)}


@routes.post(f"{ONE}/answer")
@writes(*_REFUSALS, revised=True)
@routes.arguments(EnteredAnswerIn)
@routes.response(200, StandingOut, headers=ETAG)
def enter_answer(call: Call, body: dict[str, Any], code: str, number: int) -> Any:
    """Enter an answer that came on paper.

    Nhập thay trả lời của cơ quan bên kia, kèm căn cứ; hồ sơ đi tiếp như khi phần mềm trả lời.
    """
    said = Answer(body["outcome"], body["answer"], body["reason"])
    command = EnterAnswer(target(code), number, answer=said, evidence=body["evidence"])
    return standing(call, commands.enter_answer(call.tx, command, call.actor, call.now))


@routes.post(f"{ONE}/drop")
@writes(*_REFUSALS, revised=True)
@routes.arguments(DropIn)
@routes.response(200, StandingOut, headers=ETAG)
def drop(call: Call, body: dict[str, Any], code: str, number: int) -> Any:
    """Wait no longer and go on by hand.

    Hồ sơ đi theo nhánh hết hạn chờ của bản vẽ; trả lời đến sau vẫn được lưu.
    """
    command = OnRequest(target(code), number, body["reason"])
    return standing(call, commands.drop_request(call.tx, command, call.actor, call.now))


@routes.post(f"{ONE}/resend")
@writes(*_REFUSALS, revised=True)
@routes.arguments(Nothing, required=False)
@routes.response(200, StandingOut, headers=ETAG)
def resend(call: Call, body: dict[str, Any], code: str, number: int) -> Any:
    """Send a request once more.

    Gửi lại đúng nội dung cũ, cùng mã yêu cầu để bên kia nhận ra.
    """
    command = OnRequest(target(code), number)
    return standing(call, commands.resend_request(call.tx, command, call.actor, call.now))
