"""Tracking over HTTP: one answer for everything wrong, and limits that hold for all processes."""

import multiprocessing
import time
from statistics import median
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete
from werkzeug.test import TestResponse

from api.app import create_app
from api.limits import LIMITS
from engine.model.slip_link import slip_key
from engine.store.database import Database
from engine.store.tables import event_payload
from tests.api.client import PREFIX, Caller, json_of, problem_of
from tests.api.conftest import SETTINGS
from tests.api.lives import Lives
from tests.clock import FakeClock

ID = "042090001234"
WRONG = "042090009999"
TRIES = LIMITS["tracking_pair"].tries


@pytest.fixture
def code(lives: Lives) -> str:
    """A dossier in work, of the owner with `ID`."""
    return lives.claimed().code


def track(call: Caller, code: str, factor: str = ID, address: str = "10.0.0.1") -> TestResponse:
    """Look it up from an address."""
    return post(call.app, {"code": code, "factor": factor}, address)


def by_slip(call: Caller, code: str) -> TestResponse:
    """Look it up with the slip in hand."""
    return call.post(None, "/tracking", {"code": code, "key": slip_key(SETTINGS.secret_key, code)})


def post(app: Flask, body: Any, address: str) -> TestResponse:
    """One request from an address."""
    environ = {"REMOTE_ADDR": address}
    return app.test_client().post(f"{PREFIX}/tracking", json=body, environ_base=environ)


def test_what_the_citizen_is_told(call: Caller, code: str) -> None:
    said = json_of(track(call, code))
    assert said == json_of(by_slip(call, code))
    assert said["headline"] == "Đang giải quyết"
    assert said["in_charge"] == {
        "agency": "Ủy ban nhân dân xã số 1",
        "unit": "Văn phòng HĐND và UBND",
        "person": "Người dùng office1",
        "role": "Chuyên viên",
    }
    assert [(p["phase"], p["passed"]) for p in said["phases"]] == [
        ("submission", "done"), ("intake", "done"), ("processing", "now"), ("signing", "next"),
        ("result", "next"),
    ]  # fmt: skip
    assert said["asks"] == []
    assert not said["rating_open"]


def test_nothing_is_kept_by_caches(call: Caller, code: str) -> None:
    assert track(call, code).headers["Cache-Control"] == "no-store"


def test_a_wrong_code_and_a_wrong_number_get_the_same_bytes(call: Caller, code: str) -> None:
    unknown = track(call, code[:-1] + "7")
    wrong = track(call, code, WRONG)
    problem_of(wrong, 404, "nothing_tracked")
    assert unknown.data == wrong.data
    assert dict(unknown.headers) == dict(wrong.headers)
    wrong_key = call.post(None, "/tracking", {"code": code, "key": "A" * 22})
    assert wrong_key.data == wrong.data


def test_they_take_the_same_time(call: Caller, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Measured side by side; the bound is generous, for the machine may be busy."""
    monkeypatch.setattr("api.limits.Limits.hit", lambda *_: None)
    spent: dict[str, list[float]] = {code[:-1] + "7": [], code: []}
    for _ in range(40):
        for asked, times in spent.items():
            begun = time.perf_counter()
            track(call, asked, WRONG)
            times.append(time.perf_counter() - begun)
    unknown, known = (median(times) for times in spent.values())
    assert 0.67 < known / unknown < 1.5


@pytest.mark.parametrize(
    "body",
    [
        {}, [], {"code": "A"}, {"factor": ID}, {"code": "A", "factor": ID, "key": "k"},
        {"code": "", "factor": ID}, {"code": "A" * 65, "factor": ID}, {"code": "A", "factor": ""},
        {"code": "A", "factor": "0" * 41}, {"code": "A\0", "factor": ID}, {"code": 7, "factor": 7},
        {"code": "A", "factor": ID, "more": 1}, {"code": "A", "key": "k k"},
    ],
)  # fmt: skip
def test_impossible_requests(call: Caller, office: object, body: Any) -> None:
    problem_of(call.post(None, "/tracking", body), 422)


def test_guessing_comes_to_an_end_and_tells_nothing(call: Caller, code: str) -> None:
    answers = []
    for asked in (code, code[:-1] + "7"):
        for _ in range(TRIES):
            problem_of(track(call, asked, WRONG), 404)
        answers.append(track(call, asked, ID if asked == code else WRONG))
    for refused in answers:
        problem_of(refused, 429, "too_many_requests")
    assert answers[0].data == answers[1].data


def test_the_slip_works_whatever_others_tried(call: Caller, code: str) -> None:
    for number in range(LIMITS["tracking_code"].tries + 5):
        track(call, code, WRONG, f"10.0.{number}.1")
    problem_of(track(call, code, ID, "10.9.9.9"), 429)
    json_of(by_slip(call, code))


def test_one_address_does_not_use_up_the_tries_for_a_code(call: Caller, code: str) -> None:
    for _ in range(LIMITS["tracking_code"].tries):
        track(call, code, WRONG, "10.0.0.66")
    json_of(track(call, code, ID, "10.0.0.1"))


def test_right_answers_do_not_count(call: Caller, code: str) -> None:
    for _ in range(TRIES + 1):
        json_of(track(call, code))


def test_an_address_is_stopped_over_all_codes(call: Caller, code: str, clock: FakeClock) -> None:
    for number in range(LIMITS["tracking_address"].tries):
        track(call, f"{code[:-4]}{number:04}", WRONG)
    problem_of(track(call, code), 429)
    clock.advance(LIMITS["tracking_address"].within)
    json_of(track(call, code))


def _try_elsewhere(url: str, code: str, times: int) -> None:
    database = Database(url)
    app = create_app(SETTINGS, database, FakeClock())
    for _ in range(times):
        post(app, {"code": code, "factor": WRONG}, "10.0.0.1")
    database.close()


def test_limits_hold_across_processes(call: Caller, code: str, database: Database) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    spawn = multiprocessing.get_context("spawn")
    halves = [spawn.Process(target=_try_elsewhere, args=(url, code, TRIES // 2)) for _ in range(2)]
    for process in halves:
        process.start()
    for process in halves:
        process.join(timeout=120)
        assert process.exitcode == 0
    problem_of(track(call, code), 429)


def test_after_erasure_only_the_slip_works(call: Caller, code: str, database: Database) -> None:
    with database.transaction() as tx:
        tx.execute(delete(event_payload))
    problem_of(track(call, code), 404, "nothing_tracked")
    json_of(by_slip(call, code))


def test_nothing_of_it_is_logged(call: Caller, code: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        track(call, code)
        track(call, code, WRONG)
    assert not any(secret in caplog.text for secret in (code, ID, WRONG))
