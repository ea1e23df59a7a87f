"""What people do about requests: enter an answer by hand, wait no longer, have it sent again."""

import pytest

from engine.model.channel import Channel
from engine.store import sending
from tests.api.client import Caller, json_of, problem_of
from tests.api.conftest import SETTINGS
from tests.clock import FakeClock
from tests.connected import DONE, PERSON, Connected
from tests.office import Office


@pytest.fixture
def house(office: Office, clock: FakeClock) -> Connected:
    house = Connected(office, clock, SETTINGS.secret_key)
    house.connect()
    return house


def _claimed(house: Connected) -> list[sending.Claimed]:
    with house.office.database.transaction() as tx:
        return sending.claim(tx, Channel.CONNECTOR, house.clock(), 10)


def test_an_answer_on_paper_is_entered_with_its_evidence(house: Connected, call: Caller) -> None:
    code = house.dossier().code
    where = f"/dossiers/{code}/requests/1/answer"
    problem_of(call.post("office1", where, {**DONE, "evidence": " "}), 422)
    wrong = {"outcome": "done", "answer": {"personal_id": "1"}, "evidence": "15/CV-TP"}
    problem_of(call.post("office1", where, wrong), 422, "form_invalid")
    standing = json_of(call.post("office1", where, {**DONE, "evidence": "15/CV-TP"}))
    assert [task["step"] for task in standing["tasks"]] == ["deliver"]
    asked = json_of(call.get("office1", f"/dossiers/{code}/requests"))["items"][0]
    (came,) = asked["came"]
    assert (came["evidence"], came["by"]) == ("15/CV-TP", "Người dùng office1")
    assert house.now(code).facts["ask"]["personal_id"] == PERSON["personal_id"]


def test_what_nobody_waits_for_any_more_is_not_sent(house: Connected, call: Caller) -> None:
    code = house.dossier().code
    where = f"/dossiers/{code}/requests/1"
    waits = json_of(call.get("office1", "/requests?state=waiting"))["items"]
    assert [(item["code"], item["delivery"]) for item in waits] == [(code, "waiting")]
    json_of(call.post("office1", f"{where}/drop", {"reason": "Bên kia mất kết nối"}))
    assert house.steps(code) == ["by_hand"]
    assert _claimed(house) == []
    for act, body in (("drop", {"reason": "Lại"}), ("resend", None)):
        problem_of(call.post("office1", f"{where}/{act}", body), 409, "request_settled")


def test_what_could_not_be_sent_is_found_and_sent_again(house: Connected, call: Caller) -> None:
    code = house.dossier().code
    (claimed,) = _claimed(house)
    with house.office.database.transaction() as tx:
        sending.give_up(tx, claimed, "HTTP 400", house.clock())
    (item,) = json_of(call.get("leader1", "/requests?undelivered=true"))["items"]
    assert (item["delivery"], item["error"]) == ("failed", "HTTP 400")
    json_of(call.post("leader1", f"/dossiers/{code}/requests/1/resend"))
    (again,) = _claimed(house)
    assert (again.key, again.letter) == (claimed.key, claimed.letter)
    assert json_of(call.get("leader1", "/requests?undelivered=true"))["items"] == []


def test_what_was_told_without_a_connection_is_sent_when_there_is_one(
    house: Connected, call: Caller
) -> None:
    code = house.dossier().code
    where = f"/dossiers/{code}/requests"
    json_of(call.post("office1", f"{where}/1/answer", {**DONE, "evidence": "15/CV"}))
    (item,) = json_of(call.get("office1", "/requests?undelivered=true"))["items"]
    assert (item["connector"], item["delivery"]) == ("tax", None)
    problem_of(call.post("office1", f"{where}/2/resend"), 409, "request_unconnected")
    house.connect("tax")
    json_of(call.post("office1", f"{where}/2/resend"))
    claimed = [each for each in _claimed(house) if each.address == "tax"]
    assert '"note":"Bé An"' in claimed[0].letter.body
    json_of(call.post("office1", f"{where}/2/drop", {"reason": "Đã gửi văn bản giấy"}))
    assert house.now(code).requests[2].state == "dropped"


def test_lists_go_on_where_the_page_before_ended(
    house: Connected, call: Caller, clock: FakeClock
) -> None:
    codes = []
    for _ in range(3):
        codes.append(house.dossier().code)
        clock.advance(minutes=1)
    waiting = json_of(call.get("office1", "/requests?state=waiting&limit=2"))
    more = json_of(call.get("office1", f"/requests?state=waiting&limit=2&cursor={waiting['next']}"))
    listed = [item["code"] for item in (*waiting["items"], *more["items"])]
    assert (listed, more["next"]) == (codes, None)
    assert json_of(call.get("office2", "/requests"))["items"] == []
    latest = json_of(call.get("office1", "/requests?limit=1"))["items"]
    assert [item["code"] for item in latest] == codes[-1:]


def test_the_other_side_stands_in_the_ledger_with_its_own_clock(
    house: Connected, call: Caller, clock: FakeClock
) -> None:
    code = house.dossier().code
    clock.advance(hours=2)
    ledger = json_of(call.get("office1", f"/dossiers/{code}/responsibility"))
    line = ledger["holdings"][-1]
    assert (line["step"], line["hours"], line["until"]) == ("ask", 2.0, None)
    assert line["holder_name"] == "Hệ thống thông tin đăng ký, quản lý hộ tịch"
    (wait,) = [
        each for each in json_of(call.get("office1", f"/dossiers/{code}"))["waits"] if each["asks"]
    ]
    assert wait["asks"] == line["holder_name"]
