"""Logging in and out, throttling, and API tokens."""

from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from api import passwords
from api.limits import LIMITS
from engine.store.database import Database
from engine.store.tables import user
from tests.api.client import Caller, json_of, problem_of
from tests.clock import FakeClock
from tests.office import PASSWORD

MOST_FAILURES = LIMITS["sign_in"].tries


def _log_in(call: Caller, username: str, password: str) -> TestResponse:
    return call.post(None, "/sessions", {"username": username, "password": password})


def _me(call: Caller, token: str) -> TestResponse:
    return call.get(None, "/users/me", Authorization=f"Bearer {token}")


def test_a_session_from_beginning_to_end(call: Caller, office: object, clock: FakeClock) -> None:
    session = json_of(_log_in(call, "reception1", PASSWORD), 201)
    assert session["expires_at"] == "2026-07-06T20:00:00+07:00"
    assert json_of(_me(call, session["token"]))["username"] == "reception1"
    header = {"Authorization": f"Bearer {session['token']}"}
    out = call(None, "DELETE", "/sessions/current", **header)
    assert (out.status_code, out.data) == (204, b"")
    problem_of(_me(call, session["token"]), 401)


def test_a_session_ends_by_itself(call: Caller, office: object, clock: FakeClock) -> None:
    token = json_of(_log_in(call, "reception1", PASSWORD), 201)["token"]
    clock.advance(hours=11, minutes=59)
    json_of(_me(call, token))
    clock.advance(minutes=1)
    problem_of(_me(call, token), 401)


def test_wrong_passwords_and_unknown_names_look_alike(call: Caller, office: object) -> None:
    wrong = problem_of(_log_in(call, "reception1", "sai"), 401, "wrong_credentials")
    unknown = problem_of(_log_in(call, "nobody", "sai"), 401, "wrong_credentials")
    assert wrong == unknown


def test_guessing_is_slowed_down(call: Caller, office: object, clock: FakeClock) -> None:
    for _ in range(MOST_FAILURES):
        problem_of(_log_in(call, "reception1", "sai"), 401)
        clock.advance(seconds=10)
    refused = _log_in(call, "reception1", PASSWORD)
    problem_of(refused, 429, "too_many_requests")
    json_of(_log_in(call, "leader1", PASSWORD), 201)
    clock.advance(seconds=int(refused.headers["Retry-After"]))
    json_of(_log_in(call, "reception1", PASSWORD), 201)


def test_getting_in_forgives(call: Caller, office: object) -> None:
    for _ in range(3):
        for _ in range(MOST_FAILURES - 1):
            problem_of(_log_in(call, "reception1", "sai"), 401)
        json_of(_log_in(call, "reception1", PASSWORD), 201)


def test_hashing_is_done_by_few_at_a_time(
    call: Caller, office: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "WAIT_SECONDS", 0.01)
    slots = [passwords._slot() for _ in range(passwords.AT_ONCE)]
    for slot in slots:
        slot.__enter__()
    busy = _log_in(call, "reception1", PASSWORD)
    for slot in slots:
        slot.__exit__(None, None, None)
    assert busy.headers["Retry-After"]
    problem_of(busy, 503)
    json_of(_log_in(call, "reception1", PASSWORD), 201)


def test_someone_who_left(call: Caller, database: Database, office: object) -> None:
    token = json_of(_log_in(call, "reception1", PASSWORD), 201)["token"]
    with database.transaction() as tx:
        tx.execute(user.update().values(active=False))
    problem_of(_me(call, token), 401)
    problem_of(_log_in(call, "reception1", PASSWORD), 401)


def test_an_api_token(call: Caller, office: object, clock: FakeClock) -> None:
    made = json_of(call.post("leader1", "/users/me/tokens", {"name": "Kho", "days": 30}), 201)
    assert made["name"] == "Kho"
    clock.advance(timedelta(days=29))
    assert json_of(_me(call, made["token"]))["username"] == "leader1"
    clock.advance(timedelta(days=1))
    problem_of(_me(call, made["token"]), 401)


def test_a_hash_is_kept_and_not_the_password() -> None:
    kept = passwords.hash_password("mật khẩu")
    assert kept.startswith("$argon2id$")
    assert passwords.is_password(kept, "mật khẩu")
    assert not passwords.is_password(kept, "mật khẩU")
    assert not passwords.is_password(None, "mật khẩu")
    assert not passwords.is_password("nonsense", "mật khẩu")
