"""Routes of files on their way in, and of dossiers' documents.

What someone sends is theirs alone: whoever else may do as much does not find it.
"""

from collections.abc import Callable
from typing import Any

from tests.api.lives import Lives
from tests.api.people import EVERYONE, LEADERS, READERS, RECEPTION, SPECIALISTS
from tests.api.routing import Request, Route, fixed
from tests.sent import pdf
from tests.uploading import begun, filed, sent, uploaded

PIECE = {"Content_Type": "application/offset+octet-stream", "Upload_Offset": "0"}
FILERS = RECEPTION | SPECIALISTS | LEADERS | {"portal"}
"""Those who bring papers into dossiers of commune 1."""

_UPLOAD, _DOCUMENTS = "/uploads/<code:upload>", "/dossiers/<code:code>/documents"
_SENDERS = FILERS | {f"{name.removesuffix('1')}2" for name in FILERS if name != "portal"}
_SENDER = frozenset({"reception1"})
_NOT_THEIRS = READERS - (FILERS - _SENDER)


def _own(
    make: Callable[[Lives, str, bytes], str], act: str = "", body: Any = None, **headers: str
) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        upload = make(lives, "reception1", pdf())
        return Request(f"/uploads/{upload}{act}", body, headers)

    return prepare


def _add(lives: Lives) -> Request:
    body = {"upload": uploaded(lives, "reception1"), "kind": "evidence"}
    return Request(f"/dossiers/{lives.accepted().code}/documents", body)


def _replace(lives: Lives) -> Request:
    dossier = lives.accepted()
    before = filed(lives, dossier).file.digest
    body = {"upload": uploaded(lives, "reception1", pdf(pages=2)), "before": before}
    return Request(f"/dossiers/{dossier.code}/documents/1/replace", body)


def _remove(lives: Lives) -> Request:
    dossier = lives.accepted()
    body = {"before": filed(lives, dossier).file.digest, "reason": "Đưa nhầm hồ sơ"}
    return Request(f"/dossiers/{dossier.code}/documents/1/remove", body)


def _with_document(act: str) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        dossier = lives.accepted()
        filed(lives, dossier)
        return Request(f"/dossiers/{dossier.code}/documents{act}")

    return prepare


DOCUMENT_ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/uploads"): Route(fixed("/uploads"), EVERYONE),
    ("POST", "/uploads"): Route(fixed("/uploads", {"name": "an.pdf", "size": 9}), _SENDERS, 201),
    ("GET", _UPLOAD): Route(_own(begun), _SENDER, readers=frozenset()),
    ("PATCH", _UPLOAD): Route(_own(begun, "", pdf(), **PIECE), _SENDER, readers=frozenset()),
    ("POST", f"{_UPLOAD}/finish"): Route(_own(sent, "/finish"), _SENDER, readers=frozenset()),
    ("DELETE", _UPLOAD): Route(_own(begun), _SENDER, 204, readers=frozenset()),
    ("GET", _DOCUMENTS): Route(_with_document(""), READERS, readers=READERS),
    ("POST", _DOCUMENTS): Route(_add, _SENDER, 201, readers=_NOT_THEIRS),
    ("POST", f"{_DOCUMENTS}/<number:document>/replace"): Route(
        _replace, _SENDER, readers=_NOT_THEIRS
    ),
    ("POST", f"{_DOCUMENTS}/<number:document>/remove"): Route(_remove, FILERS, readers=READERS),
    ("GET", f"{_DOCUMENTS}/<number:document>/file"): Route(
        _with_document("/1/file"), READERS, readers=READERS
    ),
}
