"""Routes of proofs, with who may use them; part of `tests.api.routes`."""

from engine.commands.anchoring import take_anchor
from tests.api.lives import Lives
from tests.api.people import ADMINISTRATORS, AUDITORS, LEADERS, READERS
from tests.api.routing import Request, Route, fixed

_GUARDIANS = ADMINISTRATORS | AUDITORS
_REPLAYERS = LEADERS | {"director1", "control1", "control", "auditor1", "auditor"}


def _anchor(lives: Lives) -> Request:
    with lives.office.database.transaction() as tx:
        number = take_anchor(tx, "", lives.clock()).number
    return Request(f"/anchors/{number}")


def _anchor_file(lives: Lives) -> Request:
    return Request(f"{_anchor(lives).path}/file")


def _evidence(lives: Lives) -> Request:
    return Request(f"/dossiers/{lives.accepted().code}/evidence")


PROOF_ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/dossiers/<code:code>/evidence"): Route(_evidence, _REPLAYERS, readers=READERS),
    ("GET", "/anchors"): Route(fixed("/anchors"), _GUARDIANS),
    ("GET", "/anchors/<number:anchor>"): Route(_anchor, _GUARDIANS),
    ("GET", "/anchors/<number:anchor>/file"): Route(_anchor_file, _GUARDIANS),
}
"""Method and rule (below the prefix) → who may."""
