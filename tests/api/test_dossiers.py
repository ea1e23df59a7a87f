"""What a clerk finds: filters of the list, advice on what may be done, people for a task."""

from typing import Any

import pytest

from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives, place
from tests.api.test_refusals import SUBMISSION
from tests.clock import FakeClock
from tests.diagrams import CODE
from tests.office import COMMUNE_1, COMMUNE_2


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [3, 2, 1, 0]),
        ("status=submitted", [2, 1]),
        ("status=processing", [3]),
        (f"procedure={CODE}", [3, 2, 1, 0]),
        ("procedure=1.001193", []),
        (f"agency={COMMUNE_2}", [2]),
        ("channel=online&overdue=false", [3, 2, 1, 0]),
        ("channel=postal", []),
        ("overdue=true", []),
        ("submitted_from=2026-07-07", [3, 2, 1]),
        ("submitted_to=2026-07-06", [0]),
        ("submitted_from=2026-07-07&submitted_to=2026-07-07", [1]),
        ("received_from=2026-07-01", [3, 0]),
        ("received_to=2026-07-06", [0]),
    ],
)
def test_filters(
    query: str, expected: list[int], call: Caller, lives: Lives, clock: FakeClock
) -> None:
    made = [lives.supplementing()]
    clock.set("2026-07-07 23:50")
    made.append(lives.submitted())
    clock.set("2026-07-08 00:10")
    made.append(lives.submitted(competent=COMMUNE_2))
    made.append(lives.accepted())
    codes = [dossier.code for dossier in made]
    items = json_of(call.get("control", f"/dossiers?{query}"))["items"]
    assert [codes.index(item["code"]) for item in items] == expected
    single = json_of(call.get("control", f"/dossiers?code={codes[1]}"))["items"]
    assert [item["code"] for item in single] == [codes[1]]


@pytest.mark.parametrize(
    "view", ["", "&stage=processing", "&role=specialist", f"&procedure={CODE}"]
)
def test_filters_of_the_inbox(view: str, call: Caller, lives: Lives, clock: FakeClock) -> None:
    dossier = lives.accepted()
    path = "/tasks?overdue=false" + view
    (item,) = json_of(call.get("office1", path))["items"]
    assert item["dossier"] == dossier.code
    assert item["owner_name"] == "Nguyễn Văn Bình"
    assert item["status_name"] == "Đang xử lý"
    assert json_of(call.get("office1", "/tasks?overdue=true"))["items"] == []
    assert json_of(call.get("office1", "/tasks?stage=signing"))["items"] == []


def test_received_at_the_counter(call: Caller, lives: Lives) -> None:
    body = {**SUBMISSION, "channel": "direct", "components": [{"code": "A", "originals": 1}]}
    made = call.post("reception1", "/dossiers", body)
    assert json_of(made, 201)["status"] == "processing"
    path = made.headers["Location"]
    shown = json_of(call.get("reception1", path))
    assert shown["received_at"] == "2026-07-06T08:00:00+07:00"
    assert shown["submitter"] is None
    problem_of(call.post("portal", "/dossiers", body), 403)


def test_a_dossier_for_another_commune(call: Caller, lives: Lives) -> None:
    body = {**SUBMISSION, "competent_agency": COMMUNE_2}
    made = call.post("reception1", "/dossiers", body)
    path, (check,) = made.headers["Location"], json_of(made, 201)["tasks"]
    form = {"form": {"decision": "accept"}}
    work = f"{path}/tasks/{check['place']}/complete"
    problem_of(call.post("reception2", work, form), 403, "not_candidate")
    accepted = json_of(call.post("reception1", f"{path}/accept", form))
    (task,) = accepted["tasks"]
    assert (task["agency"], task["unit"]) == (COMMUNE_2, "OFFICE")
    work = f"{path}/tasks/{task['place']}/complete"
    approval = {"form": {"decision": "approve"}}
    problem_of(call.post("office1", work, approval), 403, "not_candidate")
    json_of(call.post("office2", work, approval))


PAUSE = {"pause", "ask_for_pause"}
ADVICE: dict[str, dict[str, tuple[set[str], set[str]]]] = {
    "submitted": {
        "reception1": ({"prioritise", "accept", "refuse", "withdraw"}, {"claim", "complete"}),
        "portal": ({"withdraw"}, set()),
        "leader1": ({"prioritise", "discontinue"}, {"assign", "press"}),
        "auditor": (set(), set()),
    },
    "accepted": {
        "office1": (PAUSE, {"claim", "complete"}),
        "economy1": (PAUSE, set()),
        "culture_head1": (PAUSE | {"prioritise"}, {"assign", "press"}),
        "leader1": ({"prioritise", "pause", "extend", "discontinue"}, {"assign", "press"}),
    },
    "claimed": {
        "office1": (PAUSE, {"release", "complete", "delegate"}),
        "second_office1": (PAUSE, set()),
    },
    "asked": {
        "office1": ({"pause"}, {"claim", "complete"}),
        "director1": (
            {"prioritise", "pause", "grant_pause", "decline_pause", "extend"}, {"assign", "press"},
        ),
    },
    "suspended": {
        "office1": ({"resume"}, set()),
        "leader1": ({"prioritise", "resume", "discontinue"}, {"press"}),
    },
    "supplementing": {"reception1": ({"prioritise", "supplement", "withdraw"}, set())},
    "obliged": {"cashier1": ({"obligation"}, set())},
    "signing": {
        "leader1": (
            {"prioritise", "pause", "extend", "discontinue"},
            {"claim", "complete", "return", "assign", "press"},
        ),
    },
    "late": {
        "reception1": ({"prioritise", "record_cause", "withdraw"}, set()),
        "cashier1": (set(), set()),
    },
}  # fmt: skip


@pytest.mark.parametrize("state", ADVICE)
def test_advice_on_what_may_be_done(state: str, call: Caller, lives: Lives) -> None:
    path = f"/dossiers/{getattr(lives, state)().code}"
    for user, (acts, on_task) in ADVICE[state].items():
        shown = json_of(call.get(user, path))
        assert set(shown["may"]) == acts, user
        listed = json_of(call.get(user, f"{path}/tasks"))["items"]
        assert listed == shown["tasks"]
        assert [set(task["may"]) for task in listed] == [on_task] * len(listed), user


def test_advice_knows_the_four_eyes(call: Caller, lives: Lives) -> None:
    body: dict[str, Any] = {
        "username": "hai.vai",
        "full_name": "Hai Vai",
        "password": "mật khẩu đủ dài",
        "grants": [
            {"role": "specialist", "agency": COMMUNE_1, "unit": "OFFICE"},
            {"role": "leader", "agency": COMMUNE_1},
        ],
    }
    json_of(call.post("administrator1", "/users", body), 201)
    session = {"username": "hai.vai", "password": "mật khẩu đủ dài"}
    token = json_of(call.post(None, "/sessions", session), 201)["token"]
    header = {"Authorization": f"Bearer {token}"}
    dossier = lives.accepted()
    path = f"/dossiers/{dossier.code}/tasks"
    approval = {"form": {"decision": "approve"}}
    signing = json_of(call.post(None, f"{path}/{place(dossier)}/complete", approval, **header))
    (task,) = signing["tasks"]
    assert task["may"] == ["assign", "press"]
    answer = call.post(None, f"{path}/{task['place']}/complete", approval, **header)
    problem_of(answer, 409, "four_eyes")


def test_a_task_with_its_people(call: Caller, lives: Lives) -> None:
    dossier = lives.claimed()
    path = f"/dossiers/{dossier.code}/tasks/{place(dossier)}"
    task = json_of(call.get("leader1", path))
    assert task["assignee_name"] == "Người dùng office1"
    assert task["form"]["type"] == "object"
    shown = json_of(call.get("leader1", f"/dossiers/{dossier.code}"))
    assert shown["assignees"] == {str(task["assignee"]): "Người dùng office1"}
    names = [p["full_name"] for p in json_of(call.get("leader1", f"{path}/candidates"))["items"]]
    assert names == ["Người dùng office1", "Người dùng second_office1"]
    problem_of(call.get("leader1", f"/dossiers/{dossier.code}/tasks/99"), 409, "task_not_open")
    economy = lives.office.actor("economy1").id
    problem_of(call.post("leader1", f"{path}/assign", {"assignee": economy}), 403, "not_candidate")
    problem_of(call.post("leader1", f"{path}/assign", {"assignee": 999}), 422, "user_unknown")
