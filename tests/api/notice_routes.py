"""Routes of notices to citizens and their contacts, with who may use them; part of
`tests.api.routes`."""

from engine.commands.notices import Posting
from engine.queries.dossiers import find
from engine.queries.notices import notices_of
from notifications.notices import post_ready
from tests.api.lives import Lives
from tests.api.people import EVERYONE, READERS, RECEPTION
from tests.api.routing import Request, Route, fixed

_NOTICES = "/dossiers/<code:code>/notices"


def told(lives: Lives) -> tuple[str, int]:
    """A dossier whose owner gave a telephone number, and the notice that it was received."""
    dossier = lives.complete(lives.submitted(phone="0912345678"), "reception1", decision="accept")
    lives.clock.advance(minutes=5)
    post_ready(lives.office.database, lives.clock, Posting(frozenset()))
    with lives.office.database.reading() as tx:
        (notice,) = notices_of(tx, find(tx, dossier.code, lives.office.actor("reception1")))
    return dossier.code, notice.id


def _list(lives: Lives) -> Request:
    return Request(f"/dossiers/{told(lives)[0]}/notices")


def _resend(lives: Lives) -> Request:
    code, notice = told(lives)
    return Request(f"/dossiers/{code}/notices/{notice}/resend")


def _correct(lives: Lives) -> Request:
    code, _ = told(lives)
    return Request(f"/dossiers/{code}/notices/contacts/owner", {"phone": "0987654321"})


NOTICE_ROUTES = {
    ("GET", _NOTICES): Route(_list, READERS, 200, READERS),
    ("POST", f"{_NOTICES}/<number:notice>/resend"): Route(_resend, RECEPTION, 200, READERS),
    ("POST", f"{_NOTICES}/contacts/<code:party>"): Route(_correct, RECEPTION, 200, READERS),
    ("GET", "/unreached"): Route(fixed("/unreached"), EVERYONE),
}
