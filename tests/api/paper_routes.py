"""Routes of papers that are drawn up, signed and sealed: birth registrations at these steps.

Nobody has a certificate here: whoever may sign is told so.
"""

from collections.abc import Callable
from typing import Any

from tests.api.lives import Lives, place
from tests.api.people import LEADERS, OFFICE, READERS
from tests.api.routing import Request, Route
from tests.integration.tracking.people import led

FORM = {"register_volume": "01/2026-KS", "register_number": 7, "registered_on": "2026-07-06"}
_TASK = "/dossiers/<code:code>/tasks/<int(min=1, max=2147483647):place>"
_DRAFTED = "digitise appraise=approve"
_READERS = READERS - {"portal"}
"""They came in at the counter."""
_SIGNED = f"{_DRAFTED} enter_register sign=approve"


def _at(way: str, act: str, body: Any) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        dossier = led(lives.office, lives.clock, way, late_registration=False).dossier
        return Request(f"/dossiers/{dossier.code}/tasks/{place(dossier)}/{act}", body)

    return prepare


_APPROVE = {"form": {"decision": "approve"}, "passphrase": "x"}
_DRAW_UP = {"paper": "result", "form": FORM}

PAPER_ROUTES: dict[tuple[str, str], Route] = {
    ("POST", f"{_TASK}/paper"): Route(_at(_DRAFTED, "paper", _DRAW_UP), OFFICE, readers=_READERS),
    ("POST", f"{_TASK}/sign"): Route(
        _at(f"{_DRAFTED} enter_register", "sign", _APPROVE), LEADERS, 409, readers=_READERS
    ),
    ("POST", f"{_TASK}/seal"): Route(
        _at(_SIGNED, "seal", {}), frozenset({"clerk1"}), 409, readers=_READERS
    ),
}
