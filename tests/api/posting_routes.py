"""Routes of postings, with who may use them; part of `tests.api.routes`."""

from engine.queries.postings import board
from tests.api.lives import Lives
from tests.api.people import RECEPTION
from tests.api.routing import Request, Route, fixed
from tests.office import COMMUNE_1

POSTERS = RECEPTION | {"director1", "control1", "control"}
"""Those who post procedures in commune 1."""


def _post(lives: Lives) -> Request:
    with lives.office.database.reading() as tx:
        items = board(tx, COMMUNE_1, lives.office.actor("reception1"), lives.clock()).items
    return Request("/postings", {"agency": COMMUNE_1, "decisions": [items[0].id]})


POSTING_ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/postings"): Route(fixed(f"/postings?agency={COMMUNE_1}"), POSTERS),
    ("POST", "/postings"): Route(_post, POSTERS),
}
"""Method and rule (below the prefix) → who may."""
