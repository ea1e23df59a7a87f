"""Routes that look over and try drafts of procedures; part of `tests.api.routes`."""

from tests.api.procedure_routes import WRITERS, draft_at
from tests.api.routing import Route

_ONE = "/procedure-drafts/<number:draft>"

PROCEDURE_TRIAL_ROUTES: dict[tuple[str, str], Route] = {
    ("POST", f"{_ONE}/lint"): Route(draft_at("/lint", {"files": {}}), WRITERS, readers=WRITERS),
    ("POST", f"{_ONE}/try"): Route(draft_at("/try", {}), WRITERS, readers=WRITERS),
    ("POST", f"{_ONE}/explore"): Route(draft_at("/explore"), WRITERS, readers=WRITERS),
}
"""Method and rule (below the prefix) → who may."""
