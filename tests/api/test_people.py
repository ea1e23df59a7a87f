"""Administrators create users where they administer, and see those alone."""

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from engine.store import users
from engine.store.database import Database
from tests.api.client import Caller, json_of, problem_of
from tests.office import COMMUNE_1, COMMUNE_2, COMMUNE_STAFF, Office, usernames

PASSWORD = "mật khẩu đủ dài"


def _user(agency: str = COMMUNE_1, unit: str | None = "ECONOMY", **more: Any) -> dict[str, Any]:
    grants = [{"role": "specialist", "agency": agency, "unit": unit}]
    user = {"username": "moi", "full_name": "Người mới", "password": PASSWORD, "grants": grants}
    return {**user, **more}


def test_a_new_user_can_log_in(call: Caller, office: object) -> None:
    made = json_of(call.post("administrator1", "/users", _user()), 201)
    (grant,) = made["grants"]
    assert grant == {
        "id": grant["id"], "role": "specialist", "agency": COMMUNE_1, "unit": "ECONOMY"
    }  # fmt: skip
    body = {"username": "moi", "password": PASSWORD}
    token = json_of(call.post(None, "/sessions", body), 201)["token"]
    me = json_of(call.get(None, "/users/me", Authorization=f"Bearer {token}"))
    assert me["id"] == made["id"]
    assert "dossier.pause" in me["may"]


def test_roles_elsewhere_are_not_given(call: Caller, office: object) -> None:
    problem_of(call.post("administrator1", "/users", _user(COMMUNE_2)), 403, "not_permitted")
    json_of(call.post("administrator", "/users", _user(COMMUNE_2)), 201)


def test_users_that_cannot_be(call: Caller, office: object) -> None:
    def refused(body: dict[str, Any], status: int, code: str) -> None:
        problem_of(call.post("administrator1", "/users", body), status, code)

    refused(_user(username="leader1"), 409, "username_taken")
    refused(_user(unit="NONE"), 422, "unit_unknown")
    refused(_user(grants=[]), 422, "request_invalid")
    refused(_user(password="ngắn"), 422, "request_invalid")
    refused(_user(username="Có Dấu"), 422, "request_invalid")


def test_two_at_once_with_one_name(
    call: Caller, office: object, database: Database, monkeypatch: Any
) -> None:
    monkeypatch.setattr(users, "username_taken", lambda *args: False)
    answer = call.post("administrator1", "/users", _user(username="leader1"))
    problem_of(answer, 409, "conflict")
    assert IntegrityError.__name__ not in answer.text


def test_lists_of_users(call: Caller, office: object) -> None:
    def listed(user: str) -> list[str]:
        page = json_of(call.get(user, "/users?limit=200"))
        assert page["next"] is None
        return [item["username"] for item in page["items"]]

    assert sorted(listed("administrator")) == sorted(usernames())
    assert sorted(listed("administrator2")) == sorted(f"{name}2" for name in COMMUNE_STAFF)


def test_addresses(call: Caller, office: Office) -> None:
    made = json_of(call.post("administrator1", "/users", _user(email="moi@xa.gov.vn")), 201)
    assert made["email"] == "moi@xa.gov.vn"
    path = f"/users/{made['id']}"
    changed = json_of(call("administrator1", "PATCH", path, {"email": "nguoi.moi@xa.gov.vn"}))
    assert changed == {**made, "email": "nguoi.moi@xa.gov.vn", "revision": 2}
    listed = json_of(call.get("administrator1", "/users?limit=200"))["items"]
    assert changed in listed
    assert json_of(call("administrator1", "PATCH", path, {"email": None}))["email"] is None
    other = f"/users/{office.actor('office2').id}"
    problem_of(call("administrator1", "PATCH", other, {"email": "a@b.vn"}), 403, "not_permitted")
    above = f"/users/{office.actor('auditor').id}"
    problem_of(call("administrator1", "PATCH", above, {"email": "a@b.vn"}), 403, "not_permitted")
    problem_of(
        call("administrator1", "PATCH", "/users/9999", {"email": None}), 404, "account_unknown"
    )


def test_where_I_am_written_to(call: Caller, office: Office) -> None:  # noqa: N802
    path = f"/users/{office.actor('office1').id}"
    json_of(call("administrator1", "PATCH", path, {"email": "office1@xa.gov.vn"}))
    assert json_of(call.get("office1", "/users/me"))["email"] == "office1@xa.gov.vn"
    assert json_of(call.get("leader1", "/users/me"))["email"] is None


@pytest.mark.parametrize(
    "email",
    ["", "an", "an@xa", "an@xa.vn\nBcc: b@c.vn", "ân@xa.vn", "an@-xa.vn", "a b@xa.vn", "an@xa.vn ",
     "<an@xa.vn>", ".an@xa.vn", f"{'a' * 65}@xa.vn", f"an@{'xa.' * 90}vn", 5],
)  # fmt: skip
def test_addresses_that_are_none(call: Caller, office: object, email: object) -> None:
    answer = call.post("administrator1", "/users", _user(email=email))
    assert problem_of(answer, 422)["code"] in ("request_invalid", "email_invalid")
