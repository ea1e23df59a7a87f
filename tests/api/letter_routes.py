"""Routes of letters, the register and templates, with who may use them; part of
`tests.api.routes`."""

from collections.abc import Callable

from tests.api.lives import Lives
from tests.api.people import LEADERS, OF_COMMUNE_1, READERS, RECEPTION, REGISTER, SPECIALISTS
from tests.api.routing import Request, Route, fixed
from tests.office import COMMUNE_1

_DOSSIER = "/dossiers/<code:code>"
_TEMPLATE = "/letter-templates/<code:form>"


def _accepted(act: str) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        return Request(f"/dossiers/{lives.accepted().code}{act}")

    return prepare


def _signed_letter(lives: Lives) -> Request:
    """An intake that was refused: the notice has to be signed."""
    dossier = lives.submitted()
    refused = lives.complete(dossier, "reception1", decision="refuse", reason="Sai nơi nộp")
    return Request(f"/dossiers/{dossier.code}/letters/{refused.seq}/document")


def _letter(lives: Lives) -> Request:
    dossier = lives.accepted()
    return Request(f"/dossiers/{dossier.code}/letters/{dossier.seq}")


LETTER_ROUTES = {
    ("GET", f"{_DOSSIER}/letters"): Route(_accepted("/letters"), READERS, 200, READERS),
    ("GET", f"{_DOSSIER}/letters/<number:seq>"): Route(_letter, READERS, 200, READERS),
    ("POST", f"{_DOSSIER}/letters/<number:seq>/document"): Route(
        _signed_letter, RECEPTION | SPECIALISTS | LEADERS, 201, READERS
    ),
    ("GET", f"{_DOSSIER}/control-slip"): Route(
        _accepted("/control-slip"), READERS - {"portal"}, 200, READERS
    ),
    **{
        ("GET", path): Route(
            fixed(f"{path}?agency={COMMUNE_1}&since=2026-01-01&until=2026-12-31"), REGISTER
        )
        for path in ("/register", "/register/pdf", "/register/csv", "/register/xlsx")
    },
    ("GET", "/letter-templates"): Route(
        fixed(f"/letter-templates?agency={COMMUNE_1}"), OF_COMMUNE_1
    ),
    ("GET", _TEMPLATE): Route(
        fixed(f"/letter-templates/appointment?agency={COMMUNE_1}"), OF_COMMUNE_1
    ),
    ("POST", f"{_TEMPLATE}/trial"): Route(
        fixed("/letter-templates/appointment/trial", {"agency": COMMUNE_1, "body": "<p>Thử</p>"}),
        OF_COMMUNE_1,
    ),
    ("PUT", _TEMPLATE): Route(
        fixed(
            "/letter-templates/appointment",
            {"agency": COMMUNE_1, "origin": "product", "reason": "Theo quyết định"},
        ),
        OF_COMMUNE_1,
    ),
}
