"""Routes of process mining, with who may use them; part of `tests.api.routes`."""

from tests.api.people import OVERSEERS
from tests.api.routing import Route, fixed
from tests.diagrams import CODE

_PERIOD = "from=2026-07-01&to=2026-07-31"

MINING_ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/procedures/<code:code>/mining"): Route(
        fixed(f"/procedures/{CODE}/mining?{_PERIOD}"), OVERSEERS
    ),
    ("GET", "/event-logs"): Route(fixed(f"/event-logs?{_PERIOD}"), OVERSEERS),
}
"""Method and rule (below the prefix) → who may."""
