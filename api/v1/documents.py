"""Documents of a dossier: what there is, their files, and files that become documents."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, target, writes
from api.sending import FILE, Sent
from api.v1.dossiers import ETAG, standing
from api.v1.schemas.documents import (
    DocumentIn,
    DocumentListOut,
    DocumentOut,
    RemovalIn,
    ReplacementIn,
)
from api.v1.schemas.dossiers import StandingOut
from engine.commands.documents import RemoveDocument, remove_document
from engine.commands.filing import (
    FileUpload,
    ReplaceByUpload,
    file_upload,
    replace_by_upload,
)
from engine.model.document import Document
from engine.model.reading import Looked
from engine.queries.documents import documents_of, file_of

routes = Blueprint(
    "documents",
    __name__,
    url_prefix="/dossiers/<code:code>/documents",
    description="Tài liệu của hồ sơ.",
)
_REFUSALS = (403, 404, 409, 412)


@routes.get("")
@reads(404, looks_at=Looked.DOSSIER)
@routes.response(200, DocumentListOut)
def list_documents(call: Call, code: str) -> dict[str, Any]:
    """List the documents of a dossier.

    Tài liệu hồ sơ đang có; phiên bản đã thay hoặc gỡ nằm trong lịch sử.
    """
    return {"items": documents_of(call.tx, code, call.actor)}


@routes.post("")
@writes(*_REFUSALS, revised=True)
@routes.arguments(DocumentIn)
@routes.response(201, DocumentOut, headers=ETAG)
def add(call: Call, body: dict[str, Any], code: str) -> tuple[Document, int, dict[str, str]]:
    """Make a document of a file that was sent.

    Tệp đã gửi xong trở thành tài liệu của hồ sơ.
    """
    dossier, document = file_upload(call.tx, FileUpload(target(code), **body), call.actor, call.now)
    return document, 201, {"ETag": f'"{dossier.seq}"'}


@routes.post("/<number:document>/replace")
@writes(*_REFUSALS, revised=True)
@routes.arguments(ReplacementIn)
@routes.response(200, StandingOut, headers=ETAG)
def replace(call: Call, body: dict[str, Any], code: str, document: int) -> Any:
    """Give a document another file.

    Thay tệp của tài liệu chưa ký; dự thảo bị trả lại thì mất chữ ký cũ.
    """
    command = ReplaceByUpload(target(code), document, **body)
    return standing(call, replace_by_upload(call.tx, command, call.actor, call.now))


@routes.post("/<number:document>/remove")
@writes(*_REFUSALS, revised=True)
@routes.arguments(RemovalIn)
@routes.response(200, StandingOut, headers=ETAG)
def remove(call: Call, body: dict[str, Any], code: str, document: int) -> Any:
    """Take a document out of a dossier.

    Gỡ tài liệu đưa nhầm, có lý do; tệp vẫn được giữ vì sổ sự kiện nêu tệp ấy.
    """
    command = RemoveDocument(target(code), document, **body)
    return standing(call, remove_document(call.tx, command, call.actor, call.now))


@routes.get("/<number:document>/file")
@reads(404, 409, looks_at=Looked.DOCUMENT)
@routes.doc(responses=FILE)
def download(call: Call, code: str, document: int) -> Sent:
    """Download the file of a document.

    Việc tải được ghi vào sổ xem hồ sơ.
    """
    file = file_of(call.tx, code, document, call.actor)
    return Sent(file.facts.digest, file.facts.media_type, file.name)
