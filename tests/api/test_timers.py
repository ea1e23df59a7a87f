"""Failed timers over HTTP."""

from engine.store.database import Database
from engine.store.timers import MAX_ATTEMPTS
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives, fail_timer
from tests.clock import START
from tests.office import COMMUNE_1, COMMUNE_2


def test_a_failed_timer(call: Caller, lives: Lives, database: Database) -> None:
    code, kind, place = fail_timer(database, lives.accepted().code)
    [item] = json_of(call.get("administrator1", "/timers"))["items"]
    assert item["due_at"].endswith("+07:00")
    del item["due_at"]
    assert item == {
        "dossier": code,
        "agency": COMMUNE_1,
        "procedure": "9.000001",
        "kind": kind,
        "place": place,
        "state": "dead",
        "attempts": MAX_ATTEMPTS,
        "last_error": "Bản vẽ hỏng",
        "failed_at": START.isoformat(),
        "next_attempt_at": None,
    }
    path = f"/timers/{code}/{kind}/{place}/rerun"
    assert json_of(call.post("administrator1", path)) == {"rerun": 1}
    problem_of(call.post("administrator1", path), 404, "timer_unknown")
    assert json_of(call.get("administrator1", "/timers"))["items"] == []


def test_states_and_pages(call: Caller, lives: Lives, database: Database) -> None:
    codes = [lives.accepted().code for _ in range(3)]
    for code, attempts in zip(codes, (MAX_ATTEMPTS, 1, MAX_ATTEMPTS), strict=True):
        fail_timer(database, code, attempts)
    first = json_of(call.get("administrator", "/timers?state=dead&limit=1"))
    second = json_of(
        call.get("administrator", f"/timers?state=dead&limit=1&cursor={first['next']}")
    )
    assert [item["dossier"] for item in first["items"] + second["items"]] == [codes[0], codes[2]]
    assert second["next"] is None
    waiting = json_of(call.get("administrator", "/timers?state=waiting_retry"))["items"]
    assert [item["dossier"] for item in waiting] == [codes[1]]
    problem_of(call.get("administrator", "/timers?state=well"), 422)


def test_all_that_one_may(call: Caller, lives: Lives, database: Database) -> None:
    for commune in (COMMUNE_1, COMMUNE_2, COMMUNE_2):
        fail_timer(database, lives.submitted(receiving=commune).code)
    assert json_of(call.post("administrator2", "/timers/rerun")) == {"rerun": 2}
    assert json_of(call.post("administrator", "/timers/rerun")) == {"rerun": 1}
