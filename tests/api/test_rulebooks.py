"""Rulebooks: shown, published for an agency and all below, kept by dossiers received before."""

import json
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import select

from engine.life.rulebook import standard_rulebook
from engine.store import agencies
from engine.store.database import Database
from engine.store.tables import dossier
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives, contents
from tests.clock import FakeClock
from tests.office import COMMUNE_1, COMMUNE_2, PROVINCE, Office
from tests.unit.engine.test_rulebook import JSON, changed

STRICT = changed("pauses.khac.times", 3)


def publish(call: Caller, user: str, agency: str | None, document: Any = STRICT) -> Any:
    """The answer to a publication."""
    return call(user, "PUT", "/rulebook", {"agency": agency, "document": document})


def shown(call: Caller, agency: str) -> Any:
    """What is in force."""
    return json_of(call.get("portal", f"/rulebook?agency={agency}"))


def test_the_shipped_one_is_in_force_at_first(call: Caller, office: Office) -> None:
    found = shown(call, COMMUNE_1)
    assert (found["agency"], found["document"]) == (COMMUNE_1, standard_rulebook())
    assert (found["since"], found["published_by"]) == (None, None)
    again = json_of(publish(call, "administrator", None, found["document"]))
    assert again == {"digest": found["digest"], "changed": False, "agencies": []}
    problem_of(call.get("portal", "/rulebook?agency=H99"), 422, "agency_unknown")
    problem_of(call.get("portal", "/rulebook"), 422, "request_invalid")


def test_it_holds_for_an_agency_and_all_below(
    call: Caller, office: Office, database: Database
) -> None:
    with database.transaction() as tx:
        agencies.add(tx, "H40.30.01.01", "Cơ sở", "commune", "H40.30.01.01", COMMUNE_1)
    mine = json_of(publish(call, "administrator1", COMMUNE_1))
    assert (mine["changed"], mine["agencies"]) == (True, [COMMUNE_1, "H40.30.01.01"])
    assert shown(call, "H40.30.01.01")["digest"] == mine["digest"]
    assert shown(call, COMMUNE_1)["published_by"] == "Người dùng administrator1"
    assert shown(call, COMMUNE_2)["document"] == standard_rulebook()
    whole = json_of(publish(call, "administrator", PROVINCE))
    assert whole["agencies"] == [PROVINCE, COMMUNE_2]
    assert shown(call, COMMUNE_2) == {
        "agency": COMMUNE_2,
        "digest": mine["digest"],
        "since": "2026-07-06T08:00:00+07:00",
        "published_by": "Người dùng administrator",
        "document": STRICT,
    }


def test_it_holds_for_everybody_where_one_administers_all(
    call: Caller, office: Office, database: Database
) -> None:
    everybody = json_of(publish(call, "administrator", None))
    assert everybody["agencies"] == [PROVINCE, COMMUNE_1, COMMUNE_2]
    with database.transaction() as tx:
        agencies.add(tx, "H41", "Tỉnh khác", "province", "H41")
    before = contents(database)
    problem_of(publish(call, "administrator", None, standard_rulebook()), 403)
    assert contents(database) == before


def test_what_held_before_can_come_back(call: Caller, office: Office, clock: FakeClock) -> None:
    first = shown(call, COMMUNE_1)
    json_of(publish(call, "administrator1", COMMUNE_1))
    clock.advance(timedelta(hours=1))
    json_of(publish(call, "administrator1", COMMUNE_1, first["document"]))
    again = shown(call, COMMUNE_1)
    assert again["digest"] == first["digest"]
    assert again["since"] == "2026-07-06T09:00:00+07:00"


def test_only_where_one_administers(call: Caller, office: Office, database: Database) -> None:
    before = contents(database)
    for user, agency in (
        ("administrator1", COMMUNE_2),
        ("administrator1", PROVINCE),
        ("administrator1", None),
        ("leader1", COMMUNE_1),
        ("control", PROVINCE),
    ):
        problem_of(publish(call, user, agency), 403, "not_permitted")
    problem_of(publish(call, "administrator", "H99"), 422, "agency_unknown")
    assert contents(database) == before


def test_dossiers_received_before_keep_theirs(
    call: Caller, lives: Lives, database: Database
) -> None:
    old = lives.accepted()
    before = shown(call, COMMUNE_1)["digest"]
    after = json_of(publish(call, "administrator1", COMMUNE_1))["digest"]
    new = lives.accepted()
    with database.reading() as tx:
        kept = {row.code: row.rulebook for row in tx.execute(select(dossier))}
    assert kept == {old.code: before, new.code: after}


@pytest.mark.parametrize(
    "document", [{}, {"pauses": {}}, {**STRICT, "kind": "calendar"}, changed("extension.times", -1)]
)
def test_a_wrong_one_is_refused_and_nothing_changes(
    call: Caller, office: Office, database: Database, document: Any
) -> None:
    before = contents(database)
    problem = problem_of(publish(call, "administrator", None, document), 422, "rulebook_invalid")
    assert "chưa có gì thay đổi" in problem["detail"]
    assert contents(database) == before


@pytest.mark.parametrize("document", [None, [], "x", 5, {"x": "\x00"}, {"x" * 65: 1}])
def test_what_is_no_document_is_refused(
    call: Caller, office: Office, database: Database, document: Any
) -> None:
    before = contents(database)
    problem_of(publish(call, "administrator", None, document), 422, "request_invalid")
    problem_of(call("administrator", "PUT", "/rulebook", {"document": STRICT}), 422)
    assert contents(database) == before


@settings(
    max_examples=40, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=JSON)
def test_nothing_that_is_sent_is_a_fault_of_the_server(
    call: Caller, office: Office, value: Any
) -> None:
    for document in (value, {**deepcopy(STRICT), "pauses": value}):
        answer = publish(call, "administrator", None, document)
        problem_of(answer, answer.status_code)
        assert answer.status_code in (400, 422)


def test_forms_learn_what_each_reason_means(call: Caller, office: Office) -> None:
    own = {"name": "Chờ họp", "policy": "EXTEND", "status": "suspended", "manual": True}
    document = changed("pauses.cho_hop", {**own, "extension": "1.5 working_days"})
    json_of(publish(call, "administrator1", COMMUNE_1, document))
    answer = json_of(call.get("office1", f"/pause-reasons?agency={COMMUNE_1}"))
    reasons = {each["code"]: each for each in answer["items"]}
    assert list(reasons) == list(document["pauses"])
    assert reasons["khac"] == {
        "code": "khac",
        "name": "Lý do khác",
        "policy": "PAUSE",
        "policy_in_words": "thời gian tạm dừng không tính vào thời hạn",
        "status": "suspended",
        "manual": True,
        "limit": None,
        "limit_in_words": None,
        "times": 1,
        "evidence": True,
        "approvers": ["leader", "centre_director"],
        "approvers_in_words": "Lãnh đạo hoặc Giám đốc Trung tâm",
        "extension": None,
        "extension_in_words": None,
    }
    assert reasons["bo_sung_ho_so"]["limit_in_words"] == "30 ngày"
    assert reasons["cho_hop"]["extension_in_words"] == "1,5 ngày làm việc"
    others = json_of(call.get("office1", f"/pause-reasons?agency={COMMUNE_2}"))["items"]
    assert "cho_hop" not in {each["code"] for each in others}
    problem_of(call.get("office1", "/pause-reasons?agency=H99"), 422, "agency_unknown")


def test_forms_learn_the_causes_of_lateness(call: Caller, office: Office) -> None:
    answer = json_of(call.get("office1", f"/overdue-causes?agency={COMMUNE_1}"))
    causes = {each["code"]: each for each in answer["items"]}
    assert list(causes) == list(standard_rulebook()["overdue"]["causes"])
    assert causes["loi_he_thong"] == {
        "code": "loi_he_thong",
        "name": "Lỗi hệ thống bên ngoài",
        "fault": "external_system",
        "fault_in_words": "hệ thống bên ngoài",
        "outage": True,
    }
    problem_of(call.get("office1", "/overdue-causes?agency=H99"), 422, "agency_unknown")


def test_a_repeated_publication_acts_once(call: Caller, office: Office) -> None:
    body = {"agency": COMMUNE_1, "document": STRICT}
    first = call("administrator1", "PUT", "/rulebook", body, Idempotency_Key="một".encode().hex())
    again = call("administrator1", "PUT", "/rulebook", body, Idempotency_Key="một".encode().hex())
    assert json.loads(first.text) == json.loads(again.text)
    assert again.headers["Idempotency-Replayed"] == "true"
