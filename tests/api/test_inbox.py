"""What a line of the inbox says, how many there are, and lists that people keep."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives

HOUR = 3600


def lines(call: Caller, user: str, query: str = "") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json_of(call.get(user, f"/tasks?{query}"))["items"]
    return items


def test_a_line(call: Caller, lives: Lives) -> None:
    dossier = lives.claimed()
    (line,) = lines(call, "office1")
    assert line["dossier"] == dossier.code
    assert line["revision"] == dossier.seq
    assert line["assignee_name"] == "Người dùng office1"
    assert line["procedure_name"]
    assert 0 < line["remaining"] < line["allowed"]
    assert line["level"] is None
    assert line["standing"] == "on_track"
    assert line["pause_reason"] is None
    assert line["batchable"] is False


def test_time_runs_and_runs_out(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    (before,) = lines(call, "office1")
    lives.clock.advance(timedelta(hours=1))
    (after,) = lines(call, "office1")
    assert before["remaining"] - after["remaining"] == HOUR
    lives.tick(dossier, timedelta(days=10))
    (late,) = lines(call, "office1")
    assert late["remaining"] < 0
    assert late["overdue"]
    assert late["level"] == "overdue"
    assert lines(call, "office1", "overdue=false") == []


def test_near_due_is_what_the_rulebook_warns_of(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    assert lines(call, "office1", "near_due=true") == []
    (task,) = dossier.tasks.values()
    lives.tick(dossier, task.clock.due_at - timedelta(minutes=5) - lives.clock())
    (line,) = lines(call, "office1", "near_due=true")
    assert line["level"].startswith("near_due")
    assert lines(call, "office1", "near_due=false") == []
    lives.tick(dossier, timedelta(days=10))
    assert lines(call, "office1", "near_due=true") == []


def test_a_task_whose_clock_stands_still_says_why(call: Caller, lives: Lives) -> None:
    lives.suspended()
    (line,) = lines(call, "office1", "paused=true")
    assert line["remaining"] is None
    assert line["pause_reason_name"]
    assert line["pause_until"]
    assert lines(call, "office1", "paused=false") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [("unit=OFFICE", 1), ("unit=ECONOMY", 0), ("stage=processing", 1), ("stage=delivery", 0),
     ("role=specialist", 1), ("role=leader", 0), ("procedure=9.000009", 0)],
)  # fmt: skip
def test_filters(call: Caller, lives: Lives, query: str, found: int) -> None:
    lives.accepted()
    assert len(lines(call, "office1", query)) == found
    assert json_of(call.get("office1", f"/tasks/counts?{query}"))["unit"] == found


def test_counts(call: Caller, lives: Lives) -> None:
    lives.claimed()
    lives.accepted()
    counts = json_of(call.get("office1", "/tasks/counts"))
    assert counts == {"mine": 1, "unit": 2, "unassigned": 1}
    counts = json_of(call.get("auditor1", "/tasks/counts"))
    assert counts == {"mine": 0, "unit": 0, "unassigned": 0}


def test_counting_ends(call: Caller, lives: Lives, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.queries.inbox.MOST_COUNTED", 1)
    for _ in range(3):
        lives.accepted()
    assert json_of(call.get("office1", "/tasks/counts"))["unit"] == 2


def test_saved_views_are_ones_own(call: Caller, lives: Lives) -> None:
    body = {"name": "Sắp hết hạn", "filter": {"view": "mine", "near_due": True}}
    (kept,) = json_of(call.post("office1", "/saved-views", body), 201)["items"]
    assert kept["filter"] == {"view": "mine", "near_due": True}
    body = {"name": "Sắp hết hạn", "filter": {"stage": "signing"}}
    (kept,) = json_of(call.post("office1", "/saved-views", body), 201)["items"]
    assert kept["filter"] == {"view": "unit", "stage": "signing"}
    assert json_of(call.get("second_office1", "/saved-views"))["items"] == []
    path = f"/saved-views/{kept['id']}"
    problem_of(call("second_office1", "DELETE", path), 404, "saved_view_unknown")
    assert call("office1", "DELETE", path).status_code == 204
    problem_of(call("office1", "DELETE", path), 404, "saved_view_unknown")


def test_thirty_saved_views_are_enough(call: Caller, lives: Lives) -> None:
    for number in range(30):
        body = {"name": f"Danh sách {number}", "filter": {}}
        assert call.post("office1", "/saved-views", body).status_code == 201
    body["name"] = "Một danh sách nữa"
    problem_of(call.post("office1", "/saved-views", body), 409, "too_many_saved_views")
    assert len(json_of(call.get("office1", "/saved-views"))["items"]) == 30


@pytest.mark.parametrize(
    "body",
    [{}, {"name": "x"}, {"name": " ", "filter": {}}, {"name": "x" * 61, "filter": {}},
     {"name": "x", "filter": {"limit": 5}}, {"name": "x", "filter": {"stage": "none"}}],
)  # fmt: skip
def test_views_that_cannot_be_saved(call: Caller, lives: Lives, body: dict[str, Any]) -> None:
    problem_of(call.post("office1", "/saved-views", body), 422)
