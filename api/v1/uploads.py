"""Files on their way in: begun, sent in pieces, finished; a broken line costs one piece.

After the tus protocol (tus.io), with JSON answers.
"""

from typing import Any

from flask import url_for

from api import receiving
from api.documenting import Blueprint
from api.edge import PIECE, Call, reads, sent_offset, takes_bytes, writes, writes_apart
from api.v1.schemas.documents import UploadIn, UploadListOut, UploadOut
from engine.commands.uploads import BeginUpload
from engine.store import uploads
from engine.store.uploads import Upload

routes = Blueprint("uploads", __name__, url_prefix="/uploads", description="Gửi tệp theo phần.")

_LOCATION = {"Location": {"description": "Địa chỉ để gửi tiếp.", "schema": {"type": "string"}}}
_OFFSET = {"Upload-Offset": {"description": "Số byte đã nhận.", "schema": {"type": "integer"}}}
_BYTES = {"required": True, "content": {PIECE: {"schema": {"type": "string", "format": "binary"}}}}


def _answer(upload: Upload, status: int = 200) -> tuple[Upload, int, dict[str, str]]:
    headers = {"Upload-Offset": str(upload.received), "Cache-Control": "no-store"}
    return upload, status, headers


@routes.get("")
@reads()
@routes.response(200, UploadListOut)
def list_uploads(call: Call) -> dict[str, Any]:
    """List one's files that no document has taken.

    Tệp bạn đang gửi hoặc đã gửi mà chưa đưa vào hồ sơ.
    """
    return {"items": uploads.waiting(call.tx, call.actor.id, call.now)}


@routes.post("")
@writes(403, 404, 409)
@routes.arguments(UploadIn)
@routes.response(201, UploadOut, headers={**_LOCATION, **_OFFSET})
def begin(call: Call, body: dict[str, Any]) -> tuple[Upload, int, dict[str, str]]:
    """Begin to send a file.

    Khai tên và số byte của tệp; câu trả lời cho địa chỉ để gửi từng phần.
    """
    upload, status, headers = _answer(receiving.begin(call, BeginUpload(**body)), 201)
    return upload, status, {**headers, "Location": url_for("uploads.show", upload=upload.id)}


@routes.get("/<code:upload>")
@reads(404)
@routes.response(200, UploadOut, headers=_OFFSET)
def show(call: Call, upload: str) -> tuple[Upload, int, dict[str, str]]:
    """Ask how much of a file has arrived.

    Sau khi đứt đường truyền: hỏi đã nhận bao nhiêu byte rồi gửi tiếp từ đó.
    """
    return _answer(uploads.get(call.tx, upload, call.actor.id, call.now))


@routes.patch("/<code:upload>")
@takes_bytes(404, 409)
@routes.doc(requestBody=_BYTES)
@routes.response(200, UploadOut, headers=_OFFSET)
def add(call: Call, content: bytes, upload: str) -> tuple[Upload, int, dict[str, str]]:
    """Send the next piece of a file.

    `Upload-Offset` là số byte đã nhận. Mỗi phần, trừ phần cuối, ít nhất 64 KiB.
    """
    return _answer(receiving.receive(call, upload, sent_offset(), content))


@routes.post("/<code:upload>/finish")
@writes_apart(404, 409)
@routes.response(200, UploadOut, headers=_OFFSET)
def finish(call: Call, upload: str) -> tuple[Upload, int, dict[str, str]]:
    """Finish sending a file, which is examined.

    Tệp được mở thử, kiểm tra kiểu thật, kích thước, vi-rút. Bị từ chối thì không giữ lại gì.
    """
    return _answer(receiving.finish(call, upload))


@routes.delete("/<code:upload>")
@writes_apart(404, 409)
@routes.response(204)
def give_up(call: Call, upload: str) -> None:
    """Give up sending a file.

    Bỏ tệp chưa đưa vào hồ sơ.
    """
    receiving.give_up(call, upload)
