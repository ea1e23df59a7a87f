"""Results and refusals on their way: drawn up, signed, numbered and sealed, each as one act."""

from dataclasses import replace
from typing import Any

from api.converters import PLACE
from api.documenting import Blueprint
from api.drafting import Brought, drawn_up, put_brought
from api.edge import Call, target, writes_apart
from api.services import services
from api.v1.dossiers import ETAG, standing
from api.v1.schemas.dossiers import StandingOut
from api.v1.schemas.issuing import DrawUpIn, SealTaskIn, SignTaskIn
from engine.commands.drafting import put_draft
from engine.commands.issuing import Means, seal_and_complete, sign_and_complete
from engine.commands.signing import Secret
from engine.commands.tasks import CompleteTask
from engine.model.dossier import Dossier
from engine.queries.drafting import Asked

routes = Blueprint(
    "issuing",
    __name__,
    url_prefix=f"/dossiers/<code:code>/tasks/<{PLACE}:place>",
    description="Soạn, ký, cấp số và đóng dấu kết quả.",
)
_REFUSALS = (403, 404, 409, 412)


@routes.post("/paper")
@writes_apart(*_REFUSALS, revised=True)
@routes.arguments(DrawUpIn)
@routes.response(200, StandingOut, headers=ETAG)
def draw_up(call: Call, body: dict[str, Any], code: str, place: int) -> Any:
    """Draw up the result or the refusal of a dossier from the procedure's template.

    Soạn dự thảo kết quả hoặc văn bản từ chối ở bước soạn thảo, từ biểu mẫu chưa hoàn thành; soạn
    lại thì thay dự thảo cũ, chữ ký cũ (nếu có) không còn giá trị.
    """
    if upload := body.pop("upload", None):
        brought = Brought(place, body["paper"], upload)
        return _standing(call, put_brought(call, target(code), brought))
    asked = Asked(place, body.pop("paper"), body.pop("form"), **body)
    put = replace(drawn_up(code, asked, call.actor), target=target(code))
    with services().database.transaction() as tx:
        return standing(replace(call, tx=tx), put_draft(tx, put, call.actor, call.now))


@routes.post("/sign")
@writes_apart(*_REFUSALS, revised=True)
@routes.arguments(SignTaskIn)
@routes.response(200, StandingOut, headers=ETAG)
def sign(call: Call, body: dict[str, Any], code: str, place: int) -> Any:
    """Sign the paper of a task and complete the task.

    Lãnh đạo ký số và hoàn thành việc trong một lần; điều gì khiến việc không hoàn thành được thì
    báo trước khi ký.
    """
    means = _means(body)
    command = CompleteTask(target(code), place, **body)
    return _standing(call, sign_and_complete(services().house, command, means, call.actor))


@routes.post("/seal")
@writes_apart(*_REFUSALS, revised=True)
@routes.arguments(SealTaskIn)
@routes.response(200, StandingOut, headers=ETAG)
def seal(call: Call, body: dict[str, Any], code: str, place: int) -> Any:
    """Number, date and seal the paper of a task and complete the task.

    Văn thư cấp số (kế tiếp trong sổ của cơ quan và năm), ghi ngày, đóng dấu số của cơ quan và hoàn
    thành việc. Nếu đóng dấu không được thì số đã cấp được giữ; gửi lại để làm tiếp.
    """
    means, symbol = _means(body), body.pop("symbol")
    command = CompleteTask(target(code), place, **body)
    return _standing(call, seal_and_complete(services().house, command, symbol, means, call.actor))


def _means(body: dict[str, Any]) -> Means:
    return Means(Secret(body.pop("passphrase"), body.pop("code")), body.pop("certificate"))


def _standing(call: Call, dossier: Dossier) -> Any:
    with services().database.reading() as tx:
        return standing(replace(call, tx=tx), dossier)
