"""Sessions of browsers and tokens over REST; log-in elsewhere as administrators set it up."""

from datetime import timedelta

import pytest

from engine.settings import Settings, SettingsError
from engine.store import sessions, users
from engine.store.sessions import Browser
from tests.api.client import Caller, json_of, problem_of
from tests.clock import FakeClock
from tests.office import Office

FIREFOX = Browser("10.0.0.7", "Mozilla/5.0 Firefox/140.0")


def _sign_in(office: Office, clock: FakeClock, username: str, secret: str) -> str:
    now, until = clock(), clock() + timedelta(hours=12)
    with office.database.transaction() as tx:
        sessions.add(tx, office.actor(username).id, secret, FIREFOX, now, until)
    return users.digest_of(secret)


def test_browsers_are_listed_and_signed_out(call: Caller, office: Office, clock: FakeClock) -> None:
    first = _sign_in(office, clock, "office1", "first")
    clock.advance(minutes=1)
    second = _sign_in(office, clock, "office1", "second")
    _sign_in(office, clock, "leader1", "another")
    listed = json_of(call.get("office1", "/users/me/sessions"))["items"]
    assert [each["digest"] for each in listed] == [second, first]
    assert (listed[0]["address"], listed[0]["agent"]) == (FIREFOX.address, FIREFOX.agent)
    assert call("office1", "DELETE", f"/users/me/sessions/{first}").status_code == 204
    problem_of(call("office1", "DELETE", f"/users/me/sessions/{first}"), 404, "access_unknown")
    assert len(json_of(call.get("office1", "/users/me/sessions"))["items"]) == 1
    with office.database.reading() as tx:
        idle = timedelta(hours=2)
        assert sessions.recognise(tx, "first", clock(), idle) is None
        assert sessions.recognise(tx, "second", clock(), idle) is not None


def test_tokens_are_listed_and_revoked(call: Caller, office: Office) -> None:
    made = json_of(call.post("office1", "/users/me/tokens", {"name": "Kho", "days": 1}), 201)
    listed = json_of(call.get("office1", "/users/me/tokens"))["items"]
    assert sorted(each["name"] for each in listed) == ["Kho", "tests"]
    digest = users.digest_of(made["token"])
    assert made["token"] not in str(listed)
    assert call("office1", "DELETE", f"/users/me/tokens/{digest}").status_code == 204
    mine = {"Authorization": f"Bearer {made['token']}"}
    problem_of(call.get(None, "/users/me", **mine), 401)


def test_administrators_end_the_access_of_their_people(
    call: Caller, office: Office, clock: FakeClock
) -> None:
    digest = _sign_in(office, clock, "office1", "secret")
    path = f"/users/{office.actor('office1').id}/sessions"
    assert len(json_of(call.get("administrator1", path))["items"]) == 1
    problem_of(call.get("administrator2", path), 403)
    assert call("administrator1", "DELETE", f"{path}/{digest}").status_code == 204
    (told,) = json_of(call.get("auditor1", "/office-events"))["items"]
    assert (told["type"], told["actor_name"]) == ("ACCESS_ENDED", "Người dùng administrator1")


def test_resting_accounts_have_no_access(call: Caller, office: Office, clock: FakeClock) -> None:
    _sign_in(office, clock, "office1", "secret")
    path = f"/users/{office.actor('office1').id}"
    json_of(call("administrator1", "PUT", f"{path}/activity", {"active": False}))
    problem_of(call.get("office1", "/users/me"), 401)
    json_of(call("administrator1", "PUT", f"{path}/activity", {"active": True}))
    for what in ("sessions", "tokens"):
        assert json_of(call.get("administrator1", f"{path}/{what}"))["items"] == []
    problem_of(call.get("office1", "/users/me"), 401)


def test_another_house_knows_people_by_one_name_each(call: Caller, office: Office) -> None:
    first, second = (f"/users/{office.actor(name).id}" for name in ("office1", "culture1"))
    known = {"sign_in_id": "079090001234"}
    assert json_of(call("administrator1", "PATCH", first, known))["sign_in_id"] == "079090001234"
    json_of(call("administrator1", "PATCH", first, known))
    problem_of(call("administrator1", "PATCH", second, known), 409, "sign_in_id_taken")
    problem_of(call("administrator1", "PATCH", second, {"sign_in_id": ""}), 422)
    json_of(call("administrator1", "PATCH", first, {"sign_in_id": None}))
    json_of(call("administrator1", "PATCH", second, known))


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"oidc_issuer": "sso"}, "MOTCUA_OIDC_ISSUER"),
        ({"oidc_issuer": "https://sso.vn"}, "MOTCUA_OIDC_CLIENT_ID"),
        ({"oidc_issuer": "https://sso.vn", "oidc_client_id": "x", "oidc_claim": ""}, "OIDC_CLAIM"),
        (
            {
                "oidc_issuer": "http://sso.vn", "oidc_client_id": "x", "production": True,
                "secret_key": "k" * 32,
            },
            "https://",
        ),
        ({"session_hours": 0}, "MOTCUA_SESSION_HOURS"),
        ({"session_idle_minutes": 4}, "MOTCUA_SESSION_IDLE_MINUTES"),
    ],
)  # fmt: skip
def test_settings_that_make_no_sense(settings: dict[str, object], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        Settings(**settings)  # type: ignore[arg-type]
