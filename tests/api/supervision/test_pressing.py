"""Supervisors press whoever holds a dossier, and give work to others, one by one and in bulk."""

from typing import Any

import pytest
from sqlalchemy import select

from engine.store import accounts
from engine.store.outbox_tables import message
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives, place
from tests.office import COMMUNE_2, Office

NOTE = "Đề nghị xong trước 16 giờ, báo lại nếu vướng."


def bell(call: Caller, user: str) -> list[dict[str, Any]]:
    """The presses that someone is told of."""
    items = json_of(call.get(user, "/alerts?subject=press"))["items"]
    return [dict(item) for item in items]


def letters(office: Office) -> list[Any]:
    with office.database.reading() as tx:
        return list(tx.execute(select(message)))


def test_the_holder_hears_it_in_the_bell_and_by_mail(call: Caller, lives: Lives) -> None:
    dossier = lives.claimed()
    holder = lives.office.actor("office1").id
    with lives.office.database.transaction() as tx:
        accounts.change(tx, holder, email="office1@xa.example.vn")
    path = f"/dossiers/{dossier.code}/tasks/{place(dossier)}/press"
    json_of(call.post("director1", path, {"note": NOTE}))
    (heard,) = bell(call, "office1")
    assert heard["dossier"] == dossier.code
    assert (heard["note"], heard["by_name"]) == (NOTE, "Người dùng director1")
    assert heard["step_name"]
    assert bell(call, "second_office1") == []
    (letter,) = letters(lives.office)
    assert (letter.user_id, letter.subject) == (holder, f"Đôn đốc: hồ sơ {dossier.code}")
    assert NOTE in letter.body
    assert "Nguyễn Văn Bình" not in letter.body


def test_the_unit_hears_it_while_nobody_holds_the_task(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    path = f"/dossiers/{dossier.code}/tasks/{place(dossier)}/press"
    json_of(call.post("leader1", path, {"note": NOTE}))
    for user in ("office1", "second_office1"):
        assert [heard["note"] for heard in bell(call, user)] == [NOTE]
    for user in ("culture1", "reception1", "office2"):
        assert bell(call, user) == []


def test_taking_note_ends_it_and_the_history_keeps_it(call: Caller, lives: Lives) -> None:
    dossier = lives.claimed()
    task = f"/dossiers/{dossier.code}/tasks/{place(dossier)}"
    json_of(call.post("control", f"{task}/press", {"note": NOTE}))
    (heard,) = bell(call, "office1")
    noted = f"/dossiers/{dossier.code}/alerts/{heard['alert']}/acknowledge"
    json_of(call.post("office1", noted, {"note": "Đang làm."}))
    assert bell(call, "office1") == []
    (kept,) = json_of(call.get("office1", "/alerts?subject=press&state=all"))["items"]
    assert (kept["note"], kept["live"]) == (NOTE, False)
    problem_of(call.post("leader1", f"{task}/press", {"note": NOTE}), 409, "pressed_lately")
    lives.clock.advance(hours=2)
    json_of(call.post("leader1", f"{task}/press", {"note": "Lần hai"}))
    assert [heard["note"] for heard in bell(call, "office1")] == ["Lần hai"]


@pytest.mark.parametrize("note", [None, "", "  \n", "a" * 2001, 5, "\0"])
def test_a_press_needs_words(call: Caller, lives: Lives, note: object) -> None:
    dossier = lives.claimed()
    path = f"/dossiers/{dossier.code}/tasks/{place(dossier)}/press"
    problem_of(call.post("leader1", path, {"note": note}), 422)
    problem_of(call.post("leader1", "/supervision/press", {"dossiers": [], "note": NOTE}), 422)
    many = {"dossiers": ["H40"] * 101, "note": NOTE}
    problem_of(call.post("leader1", "/supervision/press", many), 422)


def test_many_at_once_each_for_itself(call: Caller, lives: Lives) -> None:
    ours, waiting = lives.claimed(), lives.supplementing()
    theirs = lives.submitted("portal", COMMUNE_2)
    done = lives.complete(lives.submitted(), "reception1", decision="refuse")
    codes = [theirs.code, ours.code, ours.code, waiting.code, done.code, "H40-KHONG-CO"]
    answer = json_of(call.post("leader1", "/supervision/press", {"dossiers": codes, "note": NOTE}))
    assert [(item["dossier"], item["problem"]) for item in answer["items"]] == [
        (theirs.code, "dossier_unknown"),
        (ours.code, None),
        (waiting.code, "nothing_open"),
        (done.code, "nothing_open"),
        ("H40-KHONG-CO", "dossier_unknown"),
    ]
    assert [heard["dossier"] for heard in bell(call, "office1")] == [ours.code]


def test_many_to_one_person(call: Caller, lives: Lives) -> None:
    held, free, other = lives.claimed(), lives.accepted(), lives.signing()
    to = lives.office.actor("second_office1").id
    body = {"dossiers": [held.code, free.code, other.code], "assignee": to, "note": "Làm thay"}
    answer = json_of(call.post("director1", "/supervision/assign", body))
    assert [item["problem"] for item in answer["items"]] == [None, None, "not_candidate"]
    assert "second_office1" in answer["items"][2]["detail"]
    mine = json_of(call.get("second_office1", "/tasks?view=mine"))["items"]
    assert {task["dossier"] for task in mine} == {held.code, free.code}
