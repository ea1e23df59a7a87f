"""An office at work: dossiers in every state, so that pages have something to show."""

from engine.model.slip_link import slip_path
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.integration.tracking.people import SECRET, led
from tests.office import Office

STATES = (
    "submitted", "accepted", "claimed", "supplementing", "obliged", "signing", "suspended", "asked",
    "late", "outage", "announced",
)  # fmt: skip
DELIVERED = "digitise appraise=approve enter_register sign=approve seal deliver"
WAYS = (
    ("1_001193", "digitise"), ("1_001193", DELIVERED), ("1_013978", "digitise"),
    ("1_001612", "digitise appraise=approve draft_certificate"),
)  # fmt: skip


def furnish(office: Office, clock: FakeClock, lives: Lives) -> str:
    """Fill the office; gives the link on a slip of a delivered dossier."""
    walkers = [led(office, clock, way, folder) for folder, way in WAYS]
    for state in STATES:
        getattr(lives, state)()
    return slip_path(SECRET, walkers[1].dossier.code)
