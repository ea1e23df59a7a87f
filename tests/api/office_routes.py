"""Routes of an office's own administration, with who may use them; part of `tests.api.routes`."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from bpmn.roles import Role
from engine.store import accounts, agencies, users
from engine.store.tables import agency, unit
from tests.api.lives import Lives
from tests.api.migration_routes import MIGRATION_ROUTES
from tests.api.mining_routes import MINING_ROUTES
from tests.api.people import ADMINISTRATORS, AUDITORS, EVERYONE, OF_COMMUNE_1
from tests.api.posting_routes import POSTING_ROUTES
from tests.api.proof_routes import PROOF_ROUTES
from tests.api.retention_routes import RETENTION_ROUTES
from tests.api.routing import Request, Route, fixed
from tests.office import COMMUNE_1, PROVINCE

_NUMBER = "int(min=1, max=2147483647)"
_USER = "/users/<number:user>"
_AGENCY = "/agencies/<code:agency>"
_ROLE = {"role": "cashier", "agency": COMMUNE_1, "unit": "CENTRE"}


def _new_user(lives: Lives) -> Request:
    grants = [{"role": "specialist", "agency": COMMUNE_1, "unit": "ECONOMY"}]
    body = {"full_name": "Người mới", "password": "mật khẩu dài", "grants": grants}
    return Request("/users", {**body, "username": "nguoi.moi"})


def _user(act: str = "", body: Any = None) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        return Request(f"/users/{lives.office.actor('office1').id}{act}", body)

    return prepare


def _further_role(lives: Lives) -> Request:
    """Someone has a second role, which can be taken away."""
    id_ = lives.office.actor("culture1").id
    with lives.office.database.transaction() as tx:
        users.add_grant(tx, id_, Role.SPECIALIST, COMMUNE_1, "OFFICE")
        grant = accounts.grants_of(tx, id_)[-1].id
    return Request(f"/users/{id_}/grants/{grant}/revoke")


def _numbered(lives: Lives) -> str:
    """A code that no agency and no unit has yet."""
    with lives.office.database.reading() as tx:
        count = select(func.count()).select_from(unit)
        others = select(func.count()).select_from(agency)
        return f"N{tx.execute(count).scalar_one()}.{tx.execute(others).scalar_one()}"


def _new_agency(lives: Lives) -> Request:
    return Request("/agencies", {"code": _numbered(lives), "name": "Xã Mới", "parent": PROVINCE})


def _new_unit(lives: Lives) -> Request:
    body = {"code": _numbered(lives), "name": "Phòng mới"}
    return Request(f"/agencies/{COMMUNE_1}/units", body)


def _idle_unit(act: str) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        code = _numbered(lives)
        with lives.office.database.transaction() as tx:
            agencies.add_unit(tx, COMMUNE_1, code, "Phòng không có người")
        return Request(f"/agencies/{COMMUNE_1}/units/{code}{act}")

    return prepare


OFFICE_ROUTES: dict[tuple[str, str], Route] = {
    **MIGRATION_ROUTES,
    **MINING_ROUTES,
    **POSTING_ROUTES,
    **RETENTION_ROUTES,
    **PROOF_ROUTES,
    ("GET", "/users/me"): Route(fixed("/users/me"), EVERYONE),
    ("GET", "/users"): Route(fixed("/users"), ADMINISTRATORS),
    ("POST", "/users"): Route(_new_user, OF_COMMUNE_1, 201),
    ("GET", _USER): Route(
        _user(), OF_COMMUNE_1,
        readers=EVERYONE - {"administrator2"},
    ),
    ("GET", f"{_USER}/tasks"): Route(
        _user("/tasks"), OF_COMMUNE_1,
        readers=EVERYONE - {"administrator2"},
    ),
    ("PATCH", _USER): Route(_user("", {"email": "a@b.vn"}), OF_COMMUNE_1),
    ("PUT", f"{_USER}/activity"): Route(_user("/activity", {"active": True}), OF_COMMUNE_1),
    ("PUT", f"{_USER}/password"): Route(
        _user("/password", {"password": "mật khẩu mới"}), OF_COMMUNE_1
    ),
    ("POST", f"{_USER}/grants"): Route(_user("/grants", _ROLE), OF_COMMUNE_1),
    ("POST", f"{_USER}/grants/<{_NUMBER}:grant>/revoke"): Route(_further_role, OF_COMMUNE_1),
    ("POST", "/users/me/tokens"): Route(
        fixed("/users/me/tokens", {"name": "Chương trình", "days": 30}), EVERYONE, 201
    ),
    ("GET", "/agencies"): Route(fixed("/agencies"), EVERYONE),
    ("POST", "/agencies"): Route(_new_agency, frozenset({"administrator"}), 201),
    ("GET", _AGENCY): Route(fixed(f"/agencies/{COMMUNE_1}"), EVERYONE),
    ("PATCH", _AGENCY): Route(
        fixed(f"/agencies/{COMMUNE_1}", {"name": "Xã Mới"}), frozenset({"administrator"})
    ),
    ("POST", f"{_AGENCY}/units"): Route(_new_unit, OF_COMMUNE_1, 201),
    ("PATCH", f"{_AGENCY}/units/<code:unit>"): Route(
        fixed(f"/agencies/{COMMUNE_1}/units/OFFICE", {"name": "Văn phòng"}), OF_COMMUNE_1
    ),
    ("POST", f"{_AGENCY}/units/<code:unit>/close"): Route(_idle_unit("/close"), OF_COMMUNE_1),
    ("POST", f"{_AGENCY}/units/<code:unit>/reopen"): Route(_idle_unit("/reopen"), OF_COMMUNE_1),
    ("GET", "/office-events"): Route(
        fixed("/office-events"), ADMINISTRATORS | AUDITORS
    ),
}  # fmt: skip
"""Method and rule (below the prefix) → who may."""
