"""The vault: papers that are kept for the owner of a dossier, taken over and taken back."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, target, writes, writes_apart
from api.paging import PageIn, answer, wanted
from api.sending import FILE, Sent
from api.services import services
from api.v1.dossiers import ETAG, standing
from api.v1.schemas.documents import DocumentOut
from api.v1.schemas.dossiers import StandingOut
from api.v1.schemas.vault import ResultPage, TakeIn, VaultPaperPage, WithdrawalIn
from api.vault import opened
from engine.commands.acting import Target
from engine.commands.vault import TakeOver, WithdrawPaper, take_over, withdraw_paper
from engine.model.reading import Looked
from engine.queries.results import results_of
from engine.queries.vault import papers_for

routes = Blueprint("vault", __name__, url_prefix="", description="Kho giấy tờ.")
_VAULT = "/dossiers/<code:code>/vault"


@routes.get(_VAULT)
@reads(403, 404, 409, 422, looks_at=Looked.VAULT)
@routes.arguments(PageIn, location="query")
@routes.response(200, VaultPaperPage)
def list_papers(call: Call, query: dict[str, Any], code: str) -> dict[str, Any]:
    """List what the vault keeps for a dossier.

    Giấy tờ trong kho của chủ hồ sơ, dùng được cho thành phần của hồ sơ đang giải quyết; mới nhất
    trước, kể cả giấy tờ đã hết hiệu lực.
    """
    return answer(papers_for(call.tx, wanted(query), code, call.actor, call.now))


@routes.get(f"{_VAULT}/<number:item>/file")
@reads(403, 404, 409, looks_at=Looked.VAULT)
@routes.doc(responses=FILE)
def download(call: Call, code: str, item: int) -> Sent:
    """Download a paper of the vault.

    Việc mở được ghi vào sổ xem của cả hồ sơ đang giải quyết và hồ sơ nguồn.
    """
    return opened(call, code, item)


@routes.post(f"{_VAULT}/<number:item>/take")
@writes_apart(403, 404, 409, 422)
@routes.arguments(TakeIn)
@routes.response(201, DocumentOut, headers=ETAG)
def take(call: Call, body: dict[str, Any], code: str, item: int) -> Any:
    """Take a paper of the vault over.

    Giấy tờ trong kho trở thành thành phần của hồ sơ, nếu còn hiệu lực và chữ ký còn nguyên vẹn.
    """
    command = TakeOver(Target(code), item, **body)
    dossier, document = take_over(services().house, command, call.actor)
    return document, 201, {"ETag": f'"{dossier.seq}"'}


@routes.post("/dossiers/<code:code>/documents/<number:document>/withdraw")
@writes(403, 404, 409, 412, revised=True)
@routes.arguments(WithdrawalIn)
@routes.response(200, StandingOut, headers=ETAG)
def withdraw(call: Call, body: dict[str, Any], code: str, document: int) -> Any:
    """Withdraw a paper that was given out.

    Thu hồi kết quả hoặc thành phần đã vào kho, kể cả khi hồ sơ đã kết thúc.
    """
    command = WithdrawPaper(target(code), document, **body)
    return standing(call, withdraw_paper(call.tx, command, call.actor, call.now))


@routes.get("/results")
@reads(422)
@routes.arguments(PageIn, location="query")
@routes.response(200, ResultPage)
def list_results(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the results of dossiers that one submitted.

    Kết quả điện tử của những hồ sơ bạn đã nộp, hồ sơ mới nhất trước.
    """
    return answer(results_of(call.tx, wanted(query), call.actor, call.now))
