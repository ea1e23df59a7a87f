"""Every route, with who may use it: the table that `test_permissions` goes through.

People are those of commune 1 and of the province; `others` are everyone else. A dossier of
these tests is handed in by `portal` and belongs to commune 1.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bpmn.procedure import procedure_folders, read_folder
from tests import diagrams
from tests.api.lives import Lives, fail_timer, place
from tests.office import COMMUNE_1, usernames

EVERYONE = frozenset(usernames())
STAFF = frozenset(
    f"{name}1"
    for name in (
        "reception", "second_reception", "culture", "economy", "office", "second_office",
        "centre", "leader", "second_leader", "clerk", "cashier", "director", "control", "auditor",
    )
)  # fmt: skip
READERS = STAFF | {"control", "auditor", "portal"}
"""Those who may read the dossier: the rest does not even learn that it exists."""
RECEPTION = frozenset({"reception1", "second_reception1"})
LEADERS = frozenset({"leader1", "second_leader1"})
SPECIALISTS = frozenset({"culture1", "economy1", "office1", "second_office1", "centre1"})
OFFICE = frozenset({"office1", "second_office1"})
ADMINISTRATORS = frozenset({"administrator", "administrator1", "administrator2"})
SUPERVISORS = LEADERS | {"director1", "control1", "control"}
OVERSEERS = SUPERVISORS | {
    "auditor1", "auditor", "leader2", "second_leader2", "director2", "control2", "auditor2",
}  # fmt: skip
"""Those who supervise dossiers anywhere."""
PAUSERS = SPECIALISTS | LEADERS | {"director1"}


@dataclass(frozen=True)
class Request:
    """What is sent: the path below the prefix, and the body."""

    path: str
    body: Any = None


@dataclass(frozen=True)
class Route:
    """Who may, what they get, and what the others get: 404 those who may not read, else 403."""

    prepare: Callable[[Lives], Request]
    may: frozenset[str]
    status: int = 200
    readers: frozenset[str] = EVERYONE


def _fixed(path: str, body: Any = None) -> Callable[[Lives], Request]:
    return lambda lives: Request(path, body)


def _dossier(state: str, act: str = "", body: Any = None) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        return Request(f"/dossiers/{getattr(lives, state)().code}{act}", body)

    return prepare


def _task(state: str, act: str = "", body: Any = None) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        dossier = getattr(lives, state)()
        return Request(f"/dossiers/{dossier.code}/tasks/{place(dossier)}{act}", body)

    return prepare


def _hand(state: str, act: str, to: str) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        return _task(state, act, {"assignee": lives.office.actor(to).id})(lives)

    return prepare


def _new_user(lives: Lives) -> Request:
    grants = [{"role": "specialist", "agency": COMMUNE_1, "unit": "ECONOMY"}]
    body = {"full_name": "Người mới", "password": "mật khẩu dài", "grants": grants}
    return Request("/users", {**body, "username": "nguoi.moi"})


def _submission(lives: Lives) -> Request:
    body = {
        "procedure": diagrams.CODE,
        "channel": "online",
        "receiving_agency": COMMUNE_1,
        "owner": {"name": "Nguyễn Văn Bình"},
        "application": {},
    }
    return Request("/dossiers", body)


def _failed_timer(lives: Lives) -> Request:
    code, kind, place_ = fail_timer(lives.office.database, lives.accepted().code)
    return Request(f"/timers/{code}/{kind}/{place_}/rerun")


_FORM = {"form": {"decision": "accept"}}
_APPROVAL = {"form": {"decision": "approve"}}
_SHIPPED = "1.001193"
_REASON = {"reason": "Công dân đề nghị"}
_DOSSIER = "/dossiers/<code:code>"
_PLACE = f"{_DOSSIER}/tasks/<int(min=1, max=2147483647):place>"

ROUTES: dict[tuple[str, str], Route] = {
    ("DELETE", "/sessions/current"): Route(_fixed("/sessions/current"), EVERYONE, 204),
    ("GET", "/users/me"): Route(_fixed("/users/me"), EVERYONE),
    ("GET", "/users"): Route(_fixed("/users"), ADMINISTRATORS),
    ("POST", "/users"): Route(_new_user, frozenset({"administrator", "administrator1"}), 201),
    ("POST", "/users/me/tokens"): Route(
        _fixed("/users/me/tokens", {"name": "Chương trình", "days": 30}), EVERYONE, 201
    ),
    ("GET", "/agencies"): Route(_fixed("/agencies"), EVERYONE),
    ("GET", "/procedures"): Route(_fixed("/procedures"), EVERYONE),
    ("GET", "/procedures/<code:code>"): Route(_fixed("/procedures/9.000001"), EVERYONE),
    ("GET", "/procedures/<code:code>/diagram"): Route(
        _fixed("/procedures/9.000001/diagram"), EVERYONE
    ),
    ("PUT", "/procedures/<code:code>"): Route(
        _fixed(f"/procedures/{_SHIPPED}", {"sources": read_folder(procedure_folders()[0])}),
        ADMINISTRATORS,
    ),
    ("GET", "/dossiers"): Route(_fixed("/dossiers"), EVERYONE),
    ("POST", "/dossiers"): Route(_submission, RECEPTION | {"portal"}, 201),
    ("GET", _DOSSIER): Route(_dossier("accepted"), READERS, readers=READERS),
    ("POST", f"{_DOSSIER}/accept"): Route(
        _dossier("submitted", "/accept", _FORM), RECEPTION, readers=READERS
    ),
    ("POST", f"{_DOSSIER}/refuse"): Route(
        _dossier("submitted", "/refuse", {"form": {}}), RECEPTION, readers=READERS
    ),
    ("POST", f"{_DOSSIER}/pause"): Route(
        _dossier("accepted", "/pause", {"reason": "khac"}), PAUSERS, readers=READERS
    ),
    ("POST", f"{_DOSSIER}/resume"): Route(
        _dossier("suspended", "/resume"), PAUSERS, readers=READERS
    ),
    ("POST", f"{_DOSSIER}/supplements"): Route(
        _dossier("supplementing", "/supplements"), RECEPTION | {"portal"}, readers=READERS
    ),
    ("POST", f"{_DOSSIER}/obligations"): Route(
        _dossier("obliged", "/obligations"), SPECIALISTS | {"cashier1"}, readers=READERS
    ),
    ("POST", f"{_DOSSIER}/withdraw"): Route(
        _dossier("accepted", "/withdraw", _REASON), RECEPTION | {"portal"}, readers=READERS
    ),
    ("POST", f"{_DOSSIER}/discontinue"): Route(
        _dossier("accepted", "/discontinue", _REASON), LEADERS, readers=READERS
    ),
    ("GET", f"{_DOSSIER}/events"): Route(_dossier("accepted", "/events"), READERS, 200, READERS),
    ("GET", f"{_DOSSIER}/pauses"): Route(_dossier("suspended", "/pauses"), READERS, 200, READERS),
    ("GET", f"{_DOSSIER}/due"): Route(_dossier("accepted", "/due"), READERS, 200, READERS),
    ("GET", f"{_DOSSIER}/replay"): Route(
        _dossier("accepted", "/replay"),
        LEADERS | {"director1", "control1", "control", "auditor1", "auditor"},
        readers=READERS,
    ),
    ("GET", f"{_DOSSIER}/tasks"): Route(_dossier("accepted", "/tasks"), READERS, 200, READERS),
    ("GET", _PLACE): Route(_task("accepted"), READERS, 200, READERS),
    ("GET", f"{_PLACE}/candidates"): Route(
        _task("accepted", "/candidates"), READERS, 200, READERS
    ),
    ("POST", f"{_PLACE}/claim"): Route(_task("accepted", "/claim"), OFFICE, readers=READERS),
    ("POST", f"{_PLACE}/release"): Route(
        _task("claimed", "/release"), frozenset({"office1"}), readers=READERS
    ),
    ("POST", f"{_PLACE}/assign"): Route(
        _hand("accepted", "/assign", "second_office1"), SUPERVISORS, readers=READERS
    ),
    ("POST", f"{_PLACE}/delegate"): Route(
        _hand("claimed", "/delegate", "second_office1"), frozenset({"office1"}), readers=READERS
    ),
    ("POST", f"{_PLACE}/complete"): Route(
        _task("accepted", "/complete", _APPROVAL), OFFICE, readers=READERS
    ),
    ("POST", f"{_PLACE}/return"): Route(
        _task("signing", "/return", _REASON), LEADERS, readers=READERS
    ),
    ("GET", "/tasks"): Route(_fixed("/tasks"), EVERYONE),
    ("GET", "/calendars/due"): Route(_fixed("/calendars/due?limit=3%20working_days"), EVERYONE),
    ("GET", "/calendars/days"): Route(_fixed("/calendars/days?year=2026"), EVERYONE),
    ("GET", "/supervision/counts"): Route(_fixed("/supervision/counts?by=unit"), OVERSEERS),
    ("GET", "/supervision/dossiers"): Route(
        _fixed("/supervision/dossiers?standing=overdue"), OVERSEERS
    ),
    ("GET", "/supervision/forecast"): Route(_fixed("/supervision/forecast"), OVERSEERS),
    ("GET", "/alerts"): Route(_fixed("/alerts"), EVERYONE),
    ("GET", "/alerts/counts"): Route(_fixed("/alerts/counts"), EVERYONE),
    ("GET", f"{_DOSSIER}/responsibility"): Route(
        _dossier("claimed", "/responsibility"), READERS - {"portal"}, readers=READERS
    ),
    ("GET", "/reports/responsibility"): Route(
        _fixed("/reports/responsibility?from=2026-07-01&to=2026-07-31"), OVERSEERS
    ),
    ("GET", "/timers"): Route(_fixed("/timers"), ADMINISTRATORS),
    ("POST", "/timers/rerun"): Route(_fixed("/timers/rerun"), ADMINISTRATORS),
    ("POST", "/timers/<code:code>/<code:kind>/<int(min=0, max=2147483647):place>/rerun"): Route(
        _failed_timer,
        frozenset({"administrator", "administrator1"}),
        readers=EVERYONE - {"administrator2"},
    ),
}  # fmt: skip
"""Method and rule (below the prefix) → who may."""

CONFLICTS = {
    ("POST", f"{_PLACE}/release"): frozenset({"second_office1"}),
    ("POST", f"{_PLACE}/delegate"): frozenset({"second_office1"}),
}
"""Those who would be allowed, had a colleague not been faster: 409."""

PUBLIC = {
    ("POST", "/api/v1/sessions"): 422,
    ("GET", "/api/v1/openapi.json"): 200,
    ("GET", "/api/docs"): 200,
    ("GET", "/api/docs/start.js"): 200,
    ("GET", "/api/docs/<any('swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'):name>"):
        200,
    ("GET", "/healthz"): 200,
    ("GET", "/readyz"): 200,
    ("GET", "/metrics"): 200,
    ("GET", "/"): 302,
}  # fmt: skip
"""Whole rules that need no log-in → what an empty request gets."""
