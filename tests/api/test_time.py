"""Time over HTTP: pauses that are asked for, extensions, causes, alerts; repeats and revisions."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from engine.model.dossier import Dossier
from engine.store.database import Database
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import CAUSE, LETTER, Lives, contents, place
from tests.api.routes import ROUTES
from tests.api.test_time_refusals import EXTENSION, OTHER
from tests.clock import FakeClock

TIME_ACTS = [
    key
    for key in ROUTES
    if key[0] == "POST"
    and not key[1].startswith("/webhooks")
    and key[1].endswith(
        ("/pause", "/resume", "/pause-request", "/grant", "/decline", "/extension",
         "/overdue-cause", "/acknowledge")
    )
]  # fmt: skip


def _types(call: Caller, path: str) -> list[str]:
    events = json_of(call.get("auditor", f"{path}/events?limit=200"))["items"]
    return [event["type"] for event in events]


@pytest.mark.parametrize("key", TIME_ACTS, ids=" ".join)
def test_a_repeat_changes_nothing(
    key: tuple[str, str], call: Caller, lives: Lives, database: Database
) -> None:
    request, by = ROUTES[key].prepare(lives), min(ROUTES[key].may)
    first = call.post(by, request.path, request.body, Idempotency_Key="k1")
    before = contents(database)
    again = call.post(by, request.path, request.body, Idempotency_Key="k1")
    assert json_of(again) == json_of(first)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert contents(database) == before


@pytest.mark.parametrize("key", TIME_ACTS, ids=" ".join)
def test_a_stale_revision_is_refused(
    key: tuple[str, str], call: Caller, lives: Lives, database: Database
) -> None:
    request, by = ROUTES[key].prepare(lives), min(ROUTES[key].may)
    dossier = "/".join(request.path.split("/")[:3])
    seen = call.get(by, dossier).headers["ETag"]
    before = contents(database)
    answer = call.post(by, request.path, request.body, If_Match='"1"')
    problem_of(answer, 412, "revision_stale")
    assert contents(database) == before
    done = call.post(by, request.path, request.body, If_Match=seen)
    assert done.headers["ETag"] == f'"{json_of(done)["revision"]}"' != seen


def test_every_act_is_tried() -> None:
    assert len(TIME_ACTS) == 8


def test_a_pause_is_asked_for_declined_and_granted(
    call: Caller, lives: Lives, clock: FakeClock
) -> None:
    path = f"/dossiers/{lives.accepted().code}"
    asked = json_of(call.post("office1", f"{path}/pause-request", {**OTHER, "note": "Xin dừng"}))
    assert asked["pauses"] == []
    request = asked["pause_request"]
    assert (request["name"], request["evidence"]) == ("Lý do khác", LETTER)
    assert (request["by"], request["until"]) == (
        lives.office.actor("office1").key, OTHER["until"],
    )  # fmt: skip
    declined = json_of(call.post("director1", f"{path}/pause-request/decline", {"note": "Không"}))
    assert declined["pause_request"] is None
    json_of(call.post("office1", f"{path}/pause-request", OTHER))
    clock.advance(hours=1)
    granted = json_of(call.post("leader1", f"{path}/pause-request/grant"))
    (pause,) = granted["pauses"]
    assert (granted["status"], granted["pause_request"]) == ("suspended", None)
    assert (pause["since"], pause["until"]) == ("2026-07-06T09:02:00+07:00", OTHER["until"])
    assert (pause["by"], pause["evidence"]) == (lives.office.actor("leader1").key, LETTER)
    assert _types(call, path).count("PAUSE_REQUESTED") == 2


def test_what_is_left_of_the_time(call: Caller, lives: Lives, clock: FakeClock) -> None:
    """Used and remaining make up the budget, which holds the rest of the day of receipt too."""
    path = f"/dossiers/{lives.accepted().code}"
    clock.set("2026-07-07 09:00")
    running = json_of(call.get("portal", f"{path}/due"))
    assert (running["budget"], running["used"], running["remaining"]) == (30.97, 8.97, 22)
    (step,) = running["steps"]
    assert (step["name"], step["budget"]) == ("Việc appraise", 1)
    assert step["used"] + step["remaining"] == pytest.approx(step["budget"])
    json_of(call.post("leader1", f"{path}/pause", OTHER))
    clock.set("2026-07-10 15:00")
    resting = json_of(call.get("portal", f"{path}/due"))
    assert resting["paused_at"] == "2026-07-07T09:00:00+07:00"
    assert (resting["used"], resting["remaining"]) == (8.97, 22)
    assert resting["steps"][0]["used"] == step["used"]


def test_a_due_date_is_put_off(call: Caller, lives: Lives) -> None:
    path = f"/dossiers/{lives.accepted().code}"
    extended = json_of(call.post("director1", f"{path}/extension", EXTENSION))
    assert extended["due_at"] == "2026-07-15T17:00:00+07:00"
    assert extended["first_due_at"] == "2026-07-09T17:00:00+07:00"
    assert extended["extensions"] == 1
    assert "extend" not in extended["may"]
    events = json_of(call.get("auditor", f"{path}/events?limit=200"))["items"]
    act = next(event for event in events if event["type"] == "DUE_DATE_EXTENDED")
    assert act["payload"] == {"reason": EXTENSION["reason"]}
    (moved,) = [event for event in events if event["caused_by"] == act["seq"]]
    assert (moved["type"], moved["data"]["why"]) == ("DUE_DATE_SET", "extension")
    explained = json_of(call.get("portal", f"{path}/due"))
    assert (explained["budget"], explained["days"][-1]["date"]) == (62.97, "2026-07-15")


def test_why_it_was_late_is_kept(call: Caller, lives: Lives) -> None:
    """A cause given once for the dossier is not asked for again when its result is ready."""
    dossier = lives.late()
    path = f"/dossiers/{dossier.code}"
    named = json_of(call.post("culture_head1", f"{path}/overdue-cause", {"cause": "cong_dan"}))
    assert named["standing"] == "overdue"
    assert named["lateness"] == [
        {"place": 0, "cause": "cong_dan", "name": "Do công dân, tổ chức", "outage": None}
    ]
    lives.complete(dossier, "office1", decision="approve")
    signing = json_of(call.get("leader1", path))
    task = f"{path}/tasks/{signing['tasks'][0]['place']}/complete"
    done = json_of(call.post("leader1", task, {"form": {"decision": "approve"}}))
    assert (done["standing"], done["standing_name"]) == ("done_late", "Đã xong, trễ hạn")
    assert [late["cause"] for late in done["lateness"]] == ["cong_dan"]
    assert json_of(call.get("auditor", f"{path}/verification"))["intact"]


def test_an_alert_is_raised_and_noted(call: Caller, lives: Lives) -> None:
    dossier = lives.late()
    path = f"/dossiers/{dossier.code}"
    alerts = {alert["subject"]: alert for alert in json_of(call.get("office1", path))["alerts"]}
    assert {s: a["level"] for s, a in alerts.items()} == dict.fromkeys(
        ("dossier", "step", "unassigned"), "overdue"
    )
    assert alerts["dossier"]["against"] == "2026-07-09T17:00:00+07:00"
    assert not alerts["dossier"]["acknowledged"]
    number = alerts["dossier"]["alert"]
    body = {"note": "Đã giao xử lý ngay."}
    noted = json_of(call.post("culture_head1", f"{path}/alerts/{number}/acknowledge", body))
    (alert,) = [alert for alert in noted["alerts"] if alert["alert"] == number]
    assert alert["acknowledged"]
    for hours in (3, 3, 18):
        lives.tick(dossier, timedelta(hours=hours))
    later = {a["alert"]: a for a in json_of(call.get("office1", path))["alerts"]}
    assert later[number]["rung"] == "leader"
    assert _types(call, path).count("DOSSIER_OVERDUE") == 1


def _done(lives: Lives, dossier: Dossier) -> Dossier:
    return lives.complete(lives.complete(dossier, "office1", decision="approve"), "leader1",
                          decision="approve")  # fmt: skip


@pytest.mark.parametrize(
    ("make", "standing"),
    [
        (Lives.submitted, "intake"),
        (Lives.accepted, "on_track"),
        (lambda lives: lives.tick(lives.accepted(), timedelta(days=3)), "near_due"),
        (Lives.late, "overdue"),
        (Lives.suspended, "paused"),
        (lambda lives: lives.tick(lives.suspended(), timedelta(days=20)), "paused_overdue"),
        (lambda lives: _done(lives, lives.accepted()), "done"),
        (lambda lives: _done(lives, lives.late()), "done_late"),
    ],
)
def test_groups(
    make: Callable[[Lives], Dossier], standing: str, call: Caller, lives: Lives
) -> None:
    assert json_of(call.get("control1", f"/dossiers/{make(lives).code}"))["standing"] == standing


def test_a_cause_is_named_with_the_last_form(call: Caller, lives: Lives) -> None:
    dossier = lives.late()
    path = f"/dossiers/{dossier.code}"
    body: dict[str, Any] = {"form": {"decision": "approve"}, "overdue": CAUSE}
    signing = json_of(call.post("office1", f"{path}/tasks/{place(dossier)}/complete", body))
    task = f"{path}/tasks/{signing['tasks'][0]['place']}"
    answer = call.post("leader1", f"{task}/complete", {"form": {"decision": "approve"}})
    said = problem_of(answer, 409, "overdue_cause_needed")["detail"]
    assert f"hồ sơ {dossier.code}, hạn 17:00 ngày 09/07/2026" in said
    back = {"reason": "Xem lại dự thảo", "overdue": CAUSE}
    returned = json_of(call.post("leader1", f"{task}/return", back))
    assert returned["tasks"][0]["step"] == "appraise"
