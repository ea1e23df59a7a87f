"""Routes of certificates and signatures, with who may use them; part of `tests.api.routes`.

Nobody has a certificate here: whoever may sign is told so.
"""

from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from engine.commands.acting import Target
from engine.commands.documents import AddDocument, add_document
from engine.model.document import DocumentKind, FileFacts, Origin
from engine.store import certificates
from tests.api.lives import Lives
from tests.api.people import ADMINISTRATORS, EVERYONE, OF_COMMUNE_1, READERS, RECEPTION
from tests.api.routing import Request, Route, fixed
from tests.office import COMMUNE_1
from tests.pki import Authority

_DOCUMENT = "/dossiers/<code:code>/documents/<number:document>"
_CERTIFICATE = "/certificates/<number:certificate>"
_BODY = {"capacity": "reception"}


def _document(act: str, body: Any = None) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        """A photograph handed in as a component."""
        dossier = lives.accepted()
        photograph = FileFacts("a" * 64, 1000, 1, "image/jpeg")
        command = AddDocument(
            Target(dossier.code),
            DocumentKind.COMPONENT,
            photograph,
            Origin.UPLOADED,
            component="A",
        )
        with lives.office.database.transaction() as tx:
            add_document(tx, command, lives.office.actor("reception1"), lives.clock())
        return Request(f"/dossiers/{dossier.code}/documents/1{act}", body)

    return prepare


def _certificate(act: str = "") -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        now, leader = lives.clock(), lives.office.actor("leader1").id
        with lives.office.database.transaction() as tx:
            number = certificates.add(
                tx,
                agency=COMMUNE_1,
                user_id=leader,
                provider="outside",
                fingerprint="b" * 64,
                subject="Nguyễn Văn Bình",
                issuer="CA",
                serial="1",
                valid_from=now,
                valid_until=now + timedelta(days=365),
                der=b"",
                chain=[],
                access={},
                registered_at=now,
                registered_by=leader,
            )
        return Request(f"/certificates/{number}{act}")

    return prepare


def _new_certificate(lives: Lives) -> Request:
    pem = b64encode(Authority().issue("Nguyễn Văn Bình").pem).decode()
    return Request(
        "/certificates", {"agency": COMMUNE_1, "provider": "outside", "certificate": pem}
    )


_BATCH = {"capacity": "leader", "documents": [{"dossier": "H40-260706-0001", "document": 1}]}

SIGNING_ROUTES: dict[tuple[str, str], Route] = {
    ("GET", f"{_DOCUMENT}/signatures"): Route(_document("/signatures"), READERS, readers=READERS),
    ("POST", f"{_DOCUMENT}/signatures"): Route(
        _document("/signatures", _BODY), RECEPTION, 409, READERS
    ),
    ("POST", f"{_DOCUMENT}/signature-requests"): Route(
        _document("/signature-requests", _BODY), RECEPTION, 409, READERS
    ),
    ("POST", f"{_DOCUMENT}/signature-requests/<code:request>/completion"): Route(
        _document("/signature-requests/abc/completion", {"value": "AA=="}), EVERYONE, 404
    ),
    ("POST", "/signatures"): Route(fixed("/signatures", _BATCH), EVERYONE),
    ("GET", "/certificates"): Route(fixed("/certificates"), ADMINISTRATORS),
    ("GET", "/certificates/mine"): Route(fixed("/certificates/mine"), EVERYONE),
    ("POST", "/certificates"): Route(_new_certificate, OF_COMMUNE_1, 409),
    ("GET", _CERTIFICATE): Route(
        _certificate(), OF_COMMUNE_1 | {"leader1"}, readers=OF_COMMUNE_1 | {"leader1"}
    ),
    ("POST", f"{_CERTIFICATE}/retire"): Route(_certificate("/retire"), OF_COMMUNE_1),
}
"""Method and rule (below the prefix) → who may."""
