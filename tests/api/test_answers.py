"""Other software answers: once, twice, late, forged, at odds with itself."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from api.limits import LIMITS, Limit
from engine.model.connector import KeptConnector
from engine.model.request import RequestState
from engine.store.tables import event
from notifications.tick import tick
from tests.api.client import Caller, json_of, problem_of
from tests.api.conftest import SETTINGS
from tests.clock import FakeClock
from tests.connected import DONE, PERSON, REFUSED, Connected
from tests.office import Office

WHERE = "/connectors/civil_status/answers"


@pytest.fixture
def house(office: Office, clock: FakeClock) -> Connected:
    return Connected(office, clock, SETTINGS.secret_key)


@pytest.fixture
def civil_status(house: Connected) -> KeptConnector:
    return house.connect()


class Software:
    """What calls back."""

    def __init__(self, call: Caller, house: Connected, connector: KeptConnector) -> None:
        self._call = call
        self.house = house
        self.connector = connector

    def __call__(self, id_: str, answer: Any, **changes: str) -> Any:
        """Answer a request; `changes` are made to the headers after signing."""
        body, headers = self.house.signed(self.connector, answer)
        sent = {name.replace("-", "_"): value for name, value in headers.items()} | changes
        return self._call.post(None, f"{WHERE}/{id_}", body, **sent)


@pytest.fixture
def software(call: Caller, house: Connected, civil_status: KeptConnector) -> Software:
    return Software(call, house, civil_status)


def _events(house: Connected) -> int:
    with house.office.database.reading() as tx:
        return int(tx.execute(select(func.count()).select_from(event)).scalar_one())


def test_an_answer_lets_the_dossier_go_on_once(software: Software, call: Caller) -> None:
    house = software.house
    code = house.dossier().code
    assert house.steps(code) == []
    assert json_of(software(f"{code}.1", DONE)) == {"result": "taken"}
    dossier = house.now(code)
    assert dossier.facts["ask"] == PERSON | {"outcome": "done"}
    assert (dossier.requests[2].connector, house.steps(code)) == ("tax", ["deliver"])
    before = _events(house)
    assert json_of(software(f"{code}.1", DONE)) == {"result": "repeated"}
    assert _events(house) == before
    (event_,) = [
        each
        for each in json_of(call.get("office1", f"/dossiers/{code}/events"))["items"]
        if each["type"] == "ANSWER_RECEIVED"
    ]
    assert (event_["actor"], event_["actor_name"]) == ("connector:civil_status", None)


def test_a_refusal_leads_to_work_by_hand(software: Software) -> None:
    code = software.house.dossier().code
    assert json_of(software(f"{code}.1", REFUSED)) == {"result": "taken"}
    assert software.house.steps(code) == ["by_hand"]


def test_what_comes_late_is_kept_and_shown(
    software: Software, call: Caller, clock: FakeClock
) -> None:
    house = software.house
    code = house.dossier().code
    clock.advance(days=3)
    tick(house.office.database, clock)
    assert house.steps(code) == ["by_hand"]
    assert json_of(software(f"{code}.1", DONE)) == {"result": "kept"}
    assert house.steps(code) == ["by_hand"]
    (shown,) = json_of(call.get("office1", f"/dossiers/{code}/requests"))["items"]
    assert (shown["item"]["state"], shown["item"]["late"]) == ("unanswered", True)
    (came,) = shown["came"]
    assert (came["said"][0]["text"], came["counts"]) == (PERSON["personal_id"], False)
    assert shown["sent"] == {"note": "Bé An"}


def test_the_first_of_two_different_answers_counts(software: Software, call: Caller) -> None:
    code = software.house.dossier().code
    software(f"{code}.1", DONE)
    assert json_of(software(f"{code}.1", REFUSED)) == {"result": "kept"}
    assert software.house.now(code).facts["ask"]["outcome"] == "done"
    (item,) = json_of(call.get("office1", "/requests?connector=civil_status"))["items"]
    assert (item["state"], item["contradicted"]) == ("answered", True)


def test_an_answer_after_the_end_is_kept(software: Software, call: Caller) -> None:
    house = software.house
    code = house.dossier().code
    json_of(call.post("reception1", f"/dossiers/{code}/withdraw", {"reason": "Chuyển đi"}))
    assert house.now(code).requests[1].state is RequestState.UNANSWERED
    assert json_of(software(f"{code}.1", DONE)) == {"result": "kept"}
    assert house.steps(code) == ["return_papers"]


@pytest.mark.parametrize(
    "changes",
    [
        {"webhook_signature": "v1,AAAA"},
        {"webhook_id": "another"},
        {"webhook_timestamp": "0"},
        {"webhook_signature": ""},
    ],
)
def test_a_forged_answer_is_refused(software: Software, changes: dict[str, str]) -> None:
    code = software.house.dossier().code
    problem_of(software(f"{code}.1", DONE, **changes), 401, "answer_forged")
    assert software.house.steps(code) == []


def test_a_replay_after_five_minutes_is_refused(
    software: Software, call: Caller, clock: FakeClock
) -> None:
    code = software.house.dossier().code
    body, headers = software.house.signed(software.connector, DONE)
    clock.advance(minutes=6)
    sent = {name.replace("-", "_"): value for name, value in headers.items()}
    problem_of(call.post(None, f"{WHERE}/{code}.1", body, **sent), 401, "answer_forged")


def test_nobody_learns_which_requests_there_are(software: Software, call: Caller) -> None:
    house = software.house
    code = house.dossier().code
    tax = house.connect("tax")
    problem_of(software("H40-1.1", DONE), 401, "answer_forged")
    problem_of(software(f"{code}.7", DONE), 401, "answer_forged")
    body, headers = house.signed(tax, DONE)
    sent = {name.replace("-", "_"): value for name, value in headers.items()}
    answer = call.post(None, f"/connectors/tax/answers/{code}.1", body, **sent)
    problem_of(answer, 401, "answer_forged")


def test_forgers_are_slowed_down_and_others_are_not(
    software: Software, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "answer_address", Limit(2, timedelta(minutes=10)))
    code = software.house.dossier().code
    for _ in range(3):
        assert software(f"{code}.1", DONE).status_code == 200
    for status in (401, 401, 429):
        assert software(f"{code}.1", DONE, webhook_signature="v1,x").status_code == status


@pytest.mark.parametrize(
    ("answer", "status", "code"),
    [
        ({"outcome": "done", "answer": {"personal_id": "1"}}, 422, "form_invalid"),
        ({"outcome": "done", "answer": {**PERSON, "more": 1}}, 422, "form_invalid"),
        ({"outcome": "done"}, 422, "form_invalid"),
        ({"outcome": "refused"}, 422, "refusal_needs_reason"),
        ({"outcome": "maybe"}, 422, "answer_malformed"),
        ({"outcome": "done", "answer": []}, 422, "answer_malformed"),
        ([], 422, "answer_malformed"),
        ({"outcome": "refused", "reason": "x" * 3_000}, 422, "answer_malformed"),
        ({"id": "a request of ours, sent back"}, 422, "answer_malformed"),
    ],
)
def test_what_does_not_fit_changes_nothing_and_is_shown(
    software: Software, call: Caller, answer: Any, status: int, code: str
) -> None:
    dossier = software.house.dossier().code
    problem_of(software(f"{dossier}.1", answer), status, code)
    assert software.house.steps(dossier) == []
    (item,) = json_of(call.get("office1", "/requests?state=waiting"))["items"]
    assert item["error"]
    json_of(software(f"{dossier}.1", DONE))
    assert software.house.steps(dossier) == ["deliver"]


def test_what_was_only_told_takes_no_answer(software: Software, call: Caller) -> None:
    house = software.house
    tax = house.connect("tax")
    code = house.dossier().code
    software(f"{code}.1", DONE)
    body, headers = house.signed(tax, DONE)
    sent = {name.replace("-", "_"): value for name, value in headers.items()}
    answer = call.post(None, f"/connectors/tax/answers/{code}.2", body, **sent)
    problem_of(answer, 409, "nothing_asked")


def test_the_secret_from_before_counts_for_a_day(
    software: Software, call: Caller, clock: FakeClock
) -> None:
    first, second = software.house.dossier().code, software.house.dossier().code
    json_of(call.post("administrator", f"/connectors/{software.connector.id}/secret"))
    assert software(f"{first}.1", DONE).status_code == 200
    clock.advance(timedelta(days=1))
    assert software(f"{second}.1", DONE).status_code == 401


def test_headers_may_be_written_in_any_way(call: Caller, software: Software) -> None:
    code = software.house.dossier().code
    body, headers = software.house.signed(software.connector, DONE)
    shouted = {name.upper().replace("-", "_"): value for name, value in headers.items()}
    assert json_of(call.post(None, f"{WHERE}/{code}.1", body, **shouted)) == {"result": "taken"}
