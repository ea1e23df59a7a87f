"""Routes of retention, with who may use them; part of `tests.api.routes`."""

from tests.api.lives import Lives
from tests.api.people import ADMINISTRATORS, OF_COMMUNE_1, READERS
from tests.api.routing import Request, Route, fixed

_RULE = {
    "field": "Thử", "years": 10, "ground": "QĐ 1", "effective_from": "2026-07-01",
}  # fmt: skip


def _mask(lives: Lives) -> Request:
    signed = lives.complete(lives.signing(), "leader1", decision="approve")
    ended = lives.complete(signed, "reception1")
    return Request(f"/dossiers/{ended.code}/masking", {"ground": "QĐ 2"})


RETENTION_ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/retention-rules"): Route(fixed("/retention-rules"), ADMINISTRATORS),
    ("POST", "/retention-rules"): Route(fixed("/retention-rules", _RULE), ADMINISTRATORS, 201),
    ("GET", "/retention-rules/over"): Route(fixed("/retention-rules/over"), ADMINISTRATORS),
    ("POST", "/dossiers/<code:code>/masking"): Route(
        _mask, OF_COMMUNE_1, readers=READERS | OF_COMMUNE_1
    ),
}
"""Method and rule (below the prefix) → who may."""
