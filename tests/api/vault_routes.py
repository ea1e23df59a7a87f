"""Routes of the vault and of figures of papers. Dossiers of these are handed in at the counter."""

from collections.abc import Callable
from typing import Any

from engine.commands.signatures import House
from engine.settings import Settings
from engine.store import definitions
from tests.api.lives import Lives
from tests.api.people import EVERYONE, LEADERS, OVERSEERS, READERS, RECEPTION, SPECIALISTS
from tests.api.routing import Request, Route, fixed
from tests.vaulted import Papers, facts_of, papery, signed_file

LOOKERS = RECEPTION | SPECIALISTS
"""Those who look into the vault on account of a dossier of commune 1."""
_READERS = READERS - {"portal"}
_VAULT = "/dossiers/<code:code>/vault"


def papers_of(lives: Lives, commune: int = 1) -> Papers:
    """People of a commune, with the procedure of `tests.vaulted` in force."""
    with lives.office.database.transaction() as tx:
        definitions.put(tx, papery(), by=None, now=lives.clock())
    house = House(lives.office.database, lives.files, Settings(), lives.clock)
    return Papers(lives.office, house, facts_of(lives.files, signed_file()), commune)


def _at_hand(act: str = "", body: Any = None) -> Callable[[Lives], Request]:
    """A dossier whose owner has a paper in the vault already."""

    def prepare(lives: Lives) -> Request:
        papers = papers_of(lives)
        papers.scan(papers.submit(), "PROOF")
        code = papers.submit()
        item = papers.shelf(code)[0].item
        return Request(f"/dossiers/{code}/vault{act.format(item=item)}", body)

    return prepare


def _kept(lives: Lives) -> Request:
    papers = papers_of(lives)
    code = papers.submit()
    number = papers.scan(code, "PROOF")
    body = {"reason": "Giấy tờ đã bị hủy bỏ"}
    return Request(f"/dossiers/{code}/documents/{number}/withdraw", body)


VAULT_ROUTES: dict[tuple[str, str], Route] = {
    ("GET", _VAULT): Route(_at_hand(), LOOKERS, readers=_READERS),
    ("GET", f"{_VAULT}/<number:item>/file"): Route(
        _at_hand("/{item}/file"), LOOKERS, readers=_READERS
    ),
    ("POST", f"{_VAULT}/<number:item>/take"): Route(
        _at_hand("/{item}/take", {"component": "PROOF", "confirmed": True}),
        LOOKERS,
        201,
        readers=_READERS,
    ),
    ("POST", "/dossiers/<code:code>/documents/<number:document>/withdraw"): Route(
        _kept, LEADERS, readers=_READERS
    ),
    ("GET", "/results"): Route(fixed("/results"), EVERYONE),
    ("GET", "/supervision/papers"): Route(fixed("/supervision/papers?by=agency"), OVERSEERS),
    ("GET", "/supervision/papers/dossiers"): Route(
        fixed("/supervision/papers/dossiers?figure=received"), OVERSEERS
    ),
}
