"""Routes of connectors and of what dossiers ask by them; part of `tests.api.routes`."""

from collections.abc import Callable
from typing import Any

from engine.store import connectors
from tests.api.lives import Lives
from tests.api.people import ADMINISTRATORS, EVERYONE, LEADERS, OF_COMMUNE_1, READERS, SPECIALISTS
from tests.api.routing import Request, Route, fixed
from tests.connected import DONE, Connected
from tests.office import COMMUNE_1

_TERMS = {
    "title": "Hệ thống hộ tịch",
    "base_url": "https://ho-tich.example.vn",
    "operations": {"register_birth": "Đăng ký khai sinh"},
    "replies": "callback",
}
HANDLERS = SPECIALISTS | LEADERS | {"culture_head1", "director1", "control1", "control"}
"""Those who may do something about requests of commune 1."""


def _house(lives: Lives) -> Connected:
    return Connected(lives.office, lives.clock, "")


def _connector(act: str = "", body: Any = None) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        with lives.office.database.reading() as tx:
            made = connectors.nearest(tx, "civil_status", COMMUNE_1)
        made = made or _house(lives).connect(agency=COMMUNE_1)
        return Request(f"/connectors/{made.id}{act}", body)

    return prepare


def _new(lives: Lives) -> Request:
    with lives.office.database.reading() as tx:
        number = len(connectors.of_agencies(tx, [COMMUNE_1]))
    return Request("/connectors", {**_TERMS, "agency": COMMUNE_1, "name": f"ours_{number}"})


def _request(act: str, body: Any = None) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        _connector()(lives)
        return Request(f"/dossiers/{_house(lives).dossier().code}/requests{act}", body)

    return prepare


_READERS = READERS - {"portal"}
"""The portal did not hand these in."""
_ONE = "/dossiers/<code:code>/requests/<number:number>"

CONNECTOR_ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/connectors"): Route(fixed("/connectors"), ADMINISTRATORS),
    ("POST", "/connectors"): Route(_new, OF_COMMUNE_1, 201),
    ("GET", "/connectors/<number:connector>"): Route(
        _connector(), OF_COMMUNE_1, readers=OF_COMMUNE_1
    ),
    ("PUT", "/connectors/<number:connector>"): Route(
        _connector(body={**_TERMS, "active": True}), OF_COMMUNE_1, readers=OF_COMMUNE_1
    ),
    ("POST", "/connectors/<number:connector>/secret"): Route(
        _connector("/secret"), OF_COMMUNE_1, readers=OF_COMMUNE_1
    ),
    ("GET", "/requests"): Route(fixed("/requests"), EVERYONE),
    ("GET", "/dossiers/<code:code>/requests"): Route(_request(""), _READERS, readers=_READERS),
    ("POST", f"{_ONE}/answer"): Route(
        _request("/1/answer", {**DONE, "evidence": "15/CV-TP"}), HANDLERS, readers=_READERS
    ),
    ("POST", f"{_ONE}/drop"): Route(
        _request("/1/drop", {"reason": "Bên kia mất kết nối"}), HANDLERS, readers=_READERS
    ),
    ("POST", f"{_ONE}/resend"): Route(_request("/1/resend"), HANDLERS, readers=_READERS),
}
"""Method and rule (below the prefix) → who may."""
