"""Letters and slips of a dossier, and the register of an agency."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, writes_apart
from api.letters import LetterFile, OnDemand, file_for_signing, links
from api.sending import Later
from api.v1.dossiers import ETAG
from api.v1.schemas.documents import DocumentOut
from api.v1.schemas.letters import LettersOut
from engine.model.document import Document
from engine.model.reading import Looked
from engine.queries.control_slip import control_slip
from engine.queries.dossiers import find
from engine.queries.letters import letters_of, sheet_of

routes = Blueprint(
    "letters",
    __name__,
    url_prefix="/dossiers/<code:code>",
    description="Giấy tiếp nhận, phiếu, thông báo của hồ sơ theo mẫu.",
)
_PDF = {
    200: {
        "description": "Tệp PDF/A.",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@routes.get("/letters")
@reads(404, looks_at=Looked.DOSSIER)
@routes.response(200, LettersOut)
def list_letters(call: Call, code: str) -> dict[str, Any]:
    """List the letters that were issued for a dossier.

    Giấy tiếp nhận và hẹn trả, phiếu yêu cầu bổ sung, từ chối, văn bản xin lỗi, thông báo dừng.
    """
    return {"items": letters_of(call.tx, find(call.tx, code, call.actor))}


@routes.get("/letters/<number:seq>")
@reads(404, 409, 422, looks_at=Looked.DOSSIER)
@routes.doc(responses=_PDF)
def download_letter(call: Call, code: str, seq: int) -> Later:
    """Download a letter.

    Lập tệp ở lần hỏi đầu, theo sổ ghi và mẫu lúc ban hành; từ đó luôn là tệp ấy, từng byte.
    """
    return LetterFile(sheet_of(call.tx, find(call.tx, code, call.actor), seq, links(code)))


@routes.get("/control-slip")
@reads(403, 404, 422, looks_at=Looked.DOSSIER)
@routes.doc(responses=_PDF)
def download_control_slip(call: Call, code: str) -> Later:
    """Download the control slip as things stand.

    Ai giữ hồ sơ từ lúc nào đến lúc nào; trước hạn, đúng hạn hay quá hạn.
    """
    slip = control_slip(call.tx, find(call.tx, code, call.actor), links(code), call.actor, call.now)
    return OnDemand(slip.details, slip.source, slip.values, f"phieu-kiem-soat-{code}.pdf")


@routes.post("/letters/<number:seq>/document")
@writes_apart(403, 404, 409, 422)
@routes.response(201, DocumentOut, headers=ETAG)
def file_for_signature(call: Call, code: str, seq: int) -> tuple[Document, int, dict[str, str]]:
    """Make a letter a document of its dossier, to be signed.

    Phiếu từ chối, văn bản xin lỗi, thông báo dừng: đưa vào hồ sơ với số đã cấp, để lãnh đạo ký rồi
    cơ quan đóng dấu.
    """
    dossier = file_for_signing(call, code, seq)
    return dossier.documents[dossier.documents_added], 201, {"ETag": f'"{dossier.seq}"'}
