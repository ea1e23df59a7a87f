"""Routes of proofs, with who may use them; part of `tests.api.routes`."""

from urllib.parse import quote

from engine.commands.anchoring import take_anchor
from tests.api.lives import Lives
from tests.api.people import ADMINISTRATORS, AUDITORS, LEADERS, READERS, SUPERVISORS
from tests.api.routing import Request, Route, fixed
from tests.office import COMMUNE_1

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


_AT = "at=2026-07-06T08:00:00%2B07:00"


def _dossier_then(lives: Lives) -> Request:
    code = lives.accepted().code
    return Request(f"/dossiers/{code}/then?at={quote(lives.clock().isoformat())}")


def _inbox_then(lives: Lives) -> Request:
    user = lives.office.actor("office1").id
    return Request(f"/then/inbox?agency={COMMUNE_1}&user={user}&{_AT}")


_SUPERVISE_1 = SUPERVISORS | {"auditor1", "auditor"}

PROOF_ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/dossiers/<code:code>/evidence"): Route(_evidence, _REPLAYERS, readers=READERS),
    ("GET", "/dossiers/<code:code>/then"): Route(_dossier_then, _REPLAYERS, readers=READERS),
    ("GET", "/then/inbox"): Route(_inbox_then, _SUPERVISE_1),
    ("GET", "/then/board"): Route(fixed(f"/then/board?agency={COMMUNE_1}&{_AT}"), _SUPERVISE_1),
    ("GET", "/anchors"): Route(fixed("/anchors"), _GUARDIANS),
    ("GET", "/anchors/<number:anchor>"): Route(_anchor, _GUARDIANS),
    ("GET", "/anchors/<number:anchor>/file"): Route(_anchor_file, _GUARDIANS),
}
"""Method and rule (below the prefix) → who may."""
