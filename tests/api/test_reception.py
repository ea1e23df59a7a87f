"""The counter: priority, tickets, help for those who have no phone, people of other communes."""

from typing import Any

import pytest

from engine.commands.calendars import Announce, announce
from engine.deadlines.announcement import Announced
from engine.deadlines.calendar import local
from engine.deadlines.hours import Hours, read_sessions
from engine.verification import verify_dossier
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives
from tests.api.test_refusals import SUBMISSION
from tests.clock import FakeClock
from tests.diagrams import CODE
from tests.office import COMMUNE_1, COMMUNE_2
from tests.samples import application, shipped

BIRTH = "1.001193"
COUNTER = {**SUBMISSION, "channel": "direct"}
ELDERLY = {"reason": "nguoi_cao_tuoi"}


def received(call: Caller, **more: Any) -> Any:
    """A dossier received at the counter of commune 1."""
    return json_of(call.post("reception1", "/dossiers", {**COUNTER, **more}), 201)


def inbox(call: Caller, who: str, query: str = "") -> list[str]:
    items = json_of(call.get(who, f"/tasks?limit=2{query}"))
    codes = [item["dossier"] for item in items["items"]]
    if items["next"]:
        codes += inbox(call, who, f"&cursor={items['next']}")
    return codes


def test_given_with_the_submission(call: Caller, lives: Lives) -> None:
    made = received(call, priority=ELDERLY, ticket="A012", assisted=True)
    for shown in (made, json_of(call.get("auditor", f"/dossiers/{made['code']}"))):
        assert shown["priority"] == "nguoi_cao_tuoi"
        assert shown["priority_name"] == "Người cao tuổi"
        assert (shown["ticket"], shown["assisted"]) == ("A012", True)
    for path in ("/dossiers", "/tasks"):
        (item,) = json_of(call.get("office1", path))["items"]
        assert (item["priority_name"], item["ticket"]) == ("Người cao tuổi", "A012")
    with lives.office.database.reading() as tx:
        assert verify_dossier(tx, made["code"]) is None


def test_it_comes_first_in_the_inbox(call: Caller, lives: Lives, clock: FakeClock) -> None:
    codes = []
    for _ in range(5):
        codes.append(received(call)["code"])
        clock.advance(minutes=1)
    assert inbox(call, "office1") == codes
    for late in (codes[4], codes[3]):
        path = f"/dossiers/{late}/priority"
        assert json_of(call.post("leader1", path, ELDERLY))["priority"] == "nguoi_cao_tuoi"
    assert inbox(call, "office1") == [codes[3], codes[4], *codes[:3]]
    taken_back = json_of(call.post("reception1", f"/dossiers/{codes[4]}/priority/withdraw"))
    assert taken_back["priority_name"] is None
    assert inbox(call, "office1") == [codes[3], *codes[:3], codes[4]]


def test_advice_and_refusals(call: Caller, lives: Lives) -> None:
    path = f"/dossiers/{lives.accepted().code}"
    assert "prioritise" in json_of(call.get("reception1", path))["may"]
    assert "prioritise" not in json_of(call.get("office1", path))["may"]
    problem_of(call.post("office1", f"{path}/priority", ELDERLY), 403, "not_permitted")
    problem_of(call.post("reception2", f"{path}/priority", ELDERLY), 404, "dossier_unknown")
    problem_of(call.post("reception1", f"{path}/priority/withdraw"), 409, "not_prioritised")
    other = {"reason": "khac"}
    problem_of(call.post("reception1", f"{path}/priority", other), 422, "priority_needs_note")
    json_of(call.post("reception1", f"{path}/priority", {**other, "note": "Nhà ở rất xa"}))
    assert "withdraw_priority" in json_of(call.get("reception1", path))["may"]
    stale = call.post("reception1", f"{path}/priority", ELDERLY, If_Match='"1"')
    problem_of(stale, 412, "revision_stale")


@pytest.mark.parametrize("ticket", ["", "A 1", "Ă1", "1" * 17, 5])
def test_wrong_tickets(ticket: Any, call: Caller, lives: Lives) -> None:
    problem_of(call.post("reception1", "/dossiers", {**COUNTER, "ticket": ticket}), 422)


def test_a_wrong_priority_makes_no_dossier(call: Caller, lives: Lives) -> None:
    body = {**COUNTER, "priority": {"reason": "vip"}}
    problem_of(call.post("reception1", "/dossiers", body), 422, "unknown_priority_reason")
    assert json_of(call.get("reception1", "/dossiers"))["items"] == []


def test_whom_an_officer_helps_needs_no_phone(call: Caller, lives: Lives) -> None:
    declaration = application(shipped("1_001193"))
    for name in ("submitter_phone", "submitter_email"):
        declaration.pop(name, None)
    body = {**COUNTER, "procedure": BIRTH, "application": declaration, "intake": _accepted()}
    refused = problem_of(call.post("reception1", "/dossiers", body), 422, "form_invalid")
    assert list(refused["errors"]) == ["application.submitter_phone"]
    helped = json_of(call.post("reception1", "/dossiers", {**body, "assisted": True}), 201)
    with lives.office.database.reading() as tx:
        assert verify_dossier(tx, helped["code"]) is None
    del declaration["submitter_name"]
    problem_of(call.post("reception1", "/dossiers", {**body, "assisted": True}), 422)


def _accepted() -> dict[str, Any]:
    return {
        "papers_sufficient": True,
        "identity_verified": True,
        "result_delivery": "counter",
        "decision": "accept",
    }


def test_a_dossier_for_another_commune_keeps_its_hours(call: Caller, lives: Lives) -> None:
    """It is due by the working hours of who decides, and everyone concerned sees it."""
    late_lunch = Announced(hours=(Hours(read_sessions("08:00-12:00,14:00-18:00")),))
    actor = lives.office.actor("administrator2")
    with lives.office.database.transaction() as tx:
        announce(tx, Announce(COMMUNE_2, "QĐ 15/QĐ-UBND", late_lunch), actor, lives.clock())
    own, other = received(call), received(call, competent_agency=COMMUNE_2)
    assert (own["due_at"][11:16], other["due_at"][11:16]) == ("17:00", "18:00")
    (task,) = other["tasks"]
    assert (task["agency"], task["unit"]) == (COMMUNE_2, "OFFICE")
    assert inbox(call, "office1") == [own["code"]]
    assert inbox(call, "office2") == [other["code"]]
    for reader in ("reception1", "reception2", "leader2"):
        assert json_of(call.get(reader, f"/dossiers/{other['code']}"))["code"] == other["code"]
    prioritised = call.post("reception1", f"/dossiers/{other['code']}/priority", ELDERLY)
    assert json_of(prioritised)["priority"] == "nguoi_cao_tuoi"
    days = json_of(call.get("reception1", f"/dossiers/{other['code']}/due"))
    assert days["due_at"] == other["due_at"]


def test_only_who_receives_hands_the_result_over(
    call: Caller, lives: Lives, clock: FakeClock
) -> None:
    made = received(call, competent_agency=COMMUNE_2)
    for who in ("office2", "leader2"):
        (task,) = json_of(call.get(who, f"/dossiers/{made['code']}"))["tasks"]
        work = f"/dossiers/{made['code']}/tasks/{task['place']}/complete"
        json_of(call.post(who, work, {"form": {"decision": "approve"}}))
    (delivery,) = json_of(call.get("reception1", "/tasks"))["items"]
    assert (delivery["dossier"], delivery["agency"]) == (made["code"], COMMUNE_1)
    assert local(clock()).date().isoformat() == delivery["opened_at"][:10]
    assert inbox(call, "reception2") == []


def test_search(call: Caller, lives: Lives) -> None:
    path = f"/procedures/search?agency={COMMUNE_1}&q=sinh%20khai%20%C4%91%C4%83ng"
    items = json_of(call.get("reception1", path))["items"]
    assert items[0]["code"] == BIRTH
    assert items[0]["here"] is True
    problem_of(call.get("reception1", "/procedures/search?agency=lạ&q=a"), 422)
    problem_of(call.get("reception1", f"/procedures/search?agency={COMMUNE_1}&limit=51"), 422)
    received(call)
    usual = json_of(call.get("reception1", f"/procedures/search?agency={COMMUNE_1}"))["items"]
    assert [item["code"] for item in usual] == [CODE]
