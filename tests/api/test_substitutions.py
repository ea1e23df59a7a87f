"""Delegation of duty over HTTP."""

from typing import Any

import pytest

from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives, place
from tests.clock import FakeClock
from tests.office import Office

LEAVE = {"first_day": "2026-07-06", "last_day": "2026-07-10", "reason": "Nghỉ phép năm"}


def _leave(office: Office, **more: Any) -> dict[str, Any]:
    return {"substitute": office.actor("culture1").id, **LEAVE, **more}


def test_a_leave_from_beginning_to_end(call: Caller, lives: Lives, clock: FakeClock) -> None:
    dossier = lives.accepted()
    path = f"/dossiers/{dossier.code}/tasks/{place(dossier)}"
    problem_of(call.post("culture1", f"{path}/claim"), 403, "not_candidate")
    made = json_of(call.post("office1", "/substitutions", _leave(lives.office)), 201)
    assert made["absent_name"] == "Người dùng office1"
    assert made["substitute_name"] == "Người dùng culture1"
    assert (made["standing"], made["ended_at"]) == ("lasting", None)
    for user in ("office1", "culture1"):
        assert json_of(call.get(user, "/substitutions"))["items"] == [made]
    detail = json_of(call.get("culture1", path))
    assert detail["may"] == ["claim", "complete"]
    json_of(call.post("culture1", f"{path}/claim"))
    events = json_of(call.get("culture1", f"/dossiers/{dossier.code}/events"))["items"]
    (claimed,) = [event for event in events if event["type"] == "TASK_CLAIMED"]
    assert claimed["data"]["for"] == lives.office.actor("office1").id
    assert claimed["actor_name"] == "Người dùng culture1"
    ended = json_of(call.post("office1", f"/substitutions/{made['id']}/end"))
    assert (ended["standing"], ended["ended_by"]) == ("over", lives.office.actor("office1").id)
    detail = json_of(call.get("culture1", path))
    assert detail["may"] == ["release", "delegate"]
    problem_of(call.post("office1", f"/substitutions/{made['id']}/end"), 409, "substitution_over")


def test_me_shows_what_one_has_for_others(call: Caller, office: Office) -> None:
    json_of(call.post("leader1", "/substitutions", _leave(office)), 201)
    me = json_of(call.get("culture1", "/users/me"))
    assert [grant["lent_by"] for grant in me["grants"]] == [None, office.actor("leader1").id]
    assert "dossier.discontinue" in me["may"]


def test_candidates(call: Caller, office: Office) -> None:
    found = json_of(call.get("office1", "/substitutions/candidates"))["items"]
    names = [each["full_name"].removeprefix("Người dùng ") for each in found]
    assert len(names) == 13
    assert not {"office1", "auditor1", "administrator1", "culture2"} & set(names)


@pytest.mark.parametrize(
    "wrong",
    [
        {"substitute": 0}, {"substitute": "culture1"}, {"first_day": "hôm nay"}, {"reason": ""},
        {"reason": "x" * 501}, {"reason": "a\0"}, {"last_day": None}, {"absent": 2**40},
        {"first_day": "9999-12-31"},
    ],
)  # fmt: skip
def test_what_cannot_be_read(call: Caller, office: Office, wrong: dict[str, Any]) -> None:
    answer = call.post("office1", "/substitutions", _leave(office, **wrong))
    assert list(problem_of(answer, 422)["errors"]) == list(wrong)


def test_people_who_do_not_exist(call: Caller, office: Office) -> None:
    unknown = _leave(office, substitute=999_999)
    problem_of(call.post("office1", "/substitutions", unknown), 422, "substitute_unfit")
    absent = _leave(office, absent=999_999)
    problem_of(call.post("administrator1", "/substitutions", absent), 403)
    problem_of(call.post("office1", "/substitutions/999999/end"), 404, "substitution_unknown")


def test_the_log_of_the_office_tells(call: Caller, office: Office) -> None:
    made = json_of(call.post("office1", "/substitutions", _leave(office)), 201)
    json_of(call.post("administrator1", f"/substitutions/{made['id']}/end"))
    ended, begun = json_of(call.get("auditor1", "/office-events"))["items"]
    assert (begun["type"], ended["type"]) == ("SUBSTITUTION_MADE", "SUBSTITUTION_ENDED")
    assert (begun["actor_name"], ended["actor_name"]) == (
        "Người dùng office1", "Người dùng administrator1",
    )  # fmt: skip
    assert begun["subject"] == f"user:{office.actor('office1').id}"
    assert begun["after"]["last_day"] == ended["before"]["last_day"] == "2026-07-10"
    assert LEAVE["reason"] not in str(begun)
