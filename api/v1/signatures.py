"""Signatures of one document of a dossier."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, etag, reads, writes_apart
from api.services import services
from api.v1.schemas.signatures import (
    RequestedOut,
    SignatureIn,
    SignatureReportOut,
    SignedOut,
    ValueIn,
    WantedIn,
)
from engine.commands.signatures import Wanted
from engine.commands.signing import Secret, sign_document
from engine.commands.signing_outside import complete_signature, request_signature
from engine.model.dossier import Dossier
from engine.model.reading import Looked
from engine.queries import signatures
from engine.queries.signatures import SignatureReport

routes = Blueprint(
    "signatures",
    __name__,
    url_prefix="/dossiers/<code:code>/documents/<number:document>",
    description="Chữ ký số của văn bản.",
)


@routes.get("/signatures")
@reads(404, looks_at=Looked.DOSSIER)
@routes.response(200, SignatureReportOut)
def list_signatures(call: Call, code: str, document: int) -> SignatureReport:
    """Examine the signatures of a document.

    Từng chữ ký của tệp hiện tại: VALID, INVALID hay UNKNOWN, và vì sao. Chỉ dùng dữ liệu tại chỗ,
    không tải gì từ mạng.
    """
    found = signatures.document_of(call.tx, code, document, call.actor)
    here = services()
    return signatures.report(found, here.files, here.settings, call.now)


@routes.post("/signatures")
@writes_apart(403, 404, 409)
@routes.arguments(SignatureIn)
@routes.response(200, SignedOut)
def sign(call: Call, body: dict[str, Any], code: str, document: int) -> Any:
    """Sign a document with a key that the server can reach.

    Ký bằng tệp khóa, thiết bị trên máy chủ hoặc dịch vụ ký từ xa. Chứng thư số được kiểm tra trước
    khi ký; tệp đã ký được kiểm tra trước khi ghi nhận.
    """
    secret = Secret(body.pop("passphrase"), body.pop("code"))
    wanted = Wanted(code, document, **body)
    return _signed(sign_document(services().house, wanted, secret, call.actor), document)


@routes.post("/signature-requests")
@writes_apart(403, 404, 409)
@routes.arguments(WantedIn)
@routes.response(201, RequestedOut)
def request(call: Call, body: dict[str, Any], code: str, document: int) -> dict[str, Any]:
    """Begin a signature whose key is at another computer.

    Chuẩn bị tệp và trả về giá trị băm để USB Token tại máy người ký ký. Yêu cầu có hiệu lực 15
    phút, chỉ dùng được cho người, văn bản và tệp này.
    """
    made = request_signature(services().house, Wanted(code, document, **body), call.actor)
    return {
        "id": made.id,
        "attributes": made.attributes,
        "digest": made.digest,
        "content": made.content,
        "algorithm": "SHA-256",
        "certificate": made.certificate.der,
        "fingerprint": made.certificate.fingerprint,
        "provider": made.certificate.provider,
        "expires_at": made.expires_at,
    }


@routes.post("/signature-requests/<code:request>/completion")
@writes_apart(403, 404, 409)
@routes.arguments(ValueIn)
@routes.response(200, SignedOut)
def complete(call: Call, body: dict[str, Any], code: str, document: int, request: str) -> Any:
    """Complete a signature with what the other computer gave.

    Nhận giá trị chữ ký, chữ ký CMS hoặc tệp PDF đã ký; kiểm tra rồi ghi nhận.
    """
    dossier = complete_signature(
        services().house, request, (code, document), body["value"], call.actor
    )
    return _signed(dossier, document)


def _signed(dossier: Dossier, number: int) -> tuple[dict[str, Any], int, dict[str, str]]:
    document = dossier.documents[number]
    body = {
        "dossier": dossier.code,
        "document": number,
        "file": document.file.digest,
        "size": document.file.size,
        "capacities": [each.capacity for each in document.signatures],
        "revision": dossier.seq,
    }
    return body, 200, etag(dossier.seq)
