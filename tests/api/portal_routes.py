"""Routes of the national portal, with who may use them; part of `tests.api.routes`."""

from collections.abc import Callable
from typing import Any

from engine.store import portal_link, portal_rounds
from tests.api.lives import Lives
from tests.api.people import ADMINISTRATORS, OF_COMMUNE_1, READERS
from tests.api.routing import Request, Route, fixed

_LOOKERS = READERS | OF_COMMUNE_1


def used(lives: Lives) -> None:
    """The portal is told from now on."""
    with lives.office.database.transaction() as tx:
        portal_link.use(tx, lives.clock())


def _told(act: str = "", body: Any = None) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        used(lives)
        return Request(f"/portal/dossiers/{lives.submitted().code}{act}", body)

    return prepare


def _many(lives: Lives) -> Request:
    used(lives)
    return Request("/portal/resend", {})


def _round(lives: Lives) -> Request:
    with lives.office.database.transaction() as tx:
        id_ = portal_rounds.begin(tx, lives.clock())
    return Request(f"/portal/rounds/{id_}/differences")


PORTAL_ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/portal"): Route(fixed("/portal"), ADMINISTRATORS),
    ("GET", "/portal/dossiers"): Route(fixed("/portal/dossiers"), ADMINISTRATORS),
    ("GET", "/portal/dossiers/<code:code>"): Route(_told(), _LOOKERS, readers=_LOOKERS),
    ("POST", "/portal/dossiers/<code:code>/resend"): Route(
        _told("/resend"), OF_COMMUNE_1, readers=_LOOKERS
    ),
    ("POST", "/portal/resend"): Route(_many, ADMINISTRATORS),
    ("GET", "/portal/rounds"): Route(fixed("/portal/rounds"), ADMINISTRATORS),
    ("GET", "/portal/rounds/<number:round>/differences"): Route(_round, ADMINISTRATORS),
}
