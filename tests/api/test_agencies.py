"""Agencies and units are administered where one reaches, and closed when nobody needs them."""

from typing import Any

import pytest

from engine.store import agencies
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives
from tests.office import COMMUNE_1, COMMUNE_2, PROVINCE, Office

HERE = f"/agencies/{COMMUNE_1}"
UNITS = f"{HERE}/units"


def _units(call: Caller, path: str = HERE) -> dict[str, Any]:
    return {unit["code"]: unit for unit in json_of(call.get("office1", path))["units"]}


def test_a_unit_is_added_renamed_closed_and_opened_again(call: Caller, office: Office) -> None:
    new = {"code": "LAND", "name": "Phòng Đất đai"}
    made = call.post("administrator1", UNITS, new, If_Match='"1"')
    assert json_of(made, 201)["revision"] == 2
    assert made.headers["ETag"] == '"2"'
    problem_of(call.post("administrator1", UNITS, new), 409, "unit_taken")
    named = call("administrator1", "PATCH", f"{UNITS}/LAND", {"name": "Phòng Địa chính"})
    json_of(named)
    json_of(call.post("administrator1", f"{UNITS}/LAND/close"))
    assert _units(call)["LAND"]["closed_at"]
    listed = json_of(call.get("office1", "/agencies?limit=200"))["items"]
    offered = next(one["units"] for one in listed if one["code"] == COMMUNE_1)
    assert "LAND" not in [unit["code"] for unit in offered]
    grant = {"role": "specialist", "agency": COMMUNE_1, "unit": "LAND"}
    path = f"/users/{office.actor('office1').id}/grants"
    problem_of(call.post("administrator1", path, grant), 409, "unit_closed")
    json_of(call.post("administrator1", f"{UNITS}/LAND/reopen"))
    json_of(call.post("administrator1", path, grant))


def test_a_unit_is_needed_by_its_people(call: Caller, office: Office) -> None:
    answer = problem_of(call.post("administrator1", f"{UNITS}/ECONOMY/close"), 409, "unit_needed")
    assert "1 người" in answer["detail"]
    person = f"/users/{office.actor('economy1').id}/activity"
    json_of(call("administrator1", "PUT", person, {"active": False}))
    json_of(call.post("administrator1", f"{UNITS}/ECONOMY/close"))
    problem_of(call("administrator1", "PUT", person, {"active": True}), 409, "unit_closed")


def test_a_unit_is_needed_by_its_open_tasks(call: Caller, lives: Lives) -> None:
    lives.accepted()
    for user in ("office1", "second_office1", "clerk1"):
        path = f"/users/{lives.office.actor(user).id}/activity"
        json_of(call("administrator1", "PUT", path, {"active": False}))
    answer = problem_of(call.post("administrator1", f"{UNITS}/OFFICE/close"), 409, "unit_needed")
    assert "0 người" in answer["detail"]
    assert "1 việc" in answer["detail"]


def test_a_stale_page_changes_nothing(call: Caller, office: Office) -> None:
    json_of(call("administrator1", "PATCH", f"{UNITS}/OFFICE", {"name": "Văn phòng"}))
    for method, path, body in (
        ("PATCH", f"{UNITS}/OFFICE", {"name": "Phòng khác"}),
        ("POST", UNITS, {"code": "NEW", "name": "Mới"}),
        ("POST", f"{UNITS}/OFFICE/close", None),
        ("PATCH", HERE, {"name": "Xã khác"}),
    ):
        answer = call("administrator", method, path, body, If_Match='"1"')
        problem_of(answer, 412, "agency_changed")
    assert _units(call)["OFFICE"]["name"] == "Văn phòng"


def test_a_commune_is_added_from_above(call: Caller, office: Office) -> None:
    body = {"code": "H40.30.03", "name": "Ủy ban nhân dân xã số 3", "parent": PROVINCE}
    problem_of(call.post("administrator1", "/agencies", body), 403, "not_permitted")
    problem_of(
        call.post("administrator1", "/agencies", {**body, "parent": COMMUNE_1, "code": COMMUNE_1}),
        409, "agency_taken",
    )  # fmt: skip
    made = json_of(call.post("administrator", "/agencies", body), 201)
    assert made["level"] == "commune"
    problem_of(call.post("administrator", "/agencies", body), 409, "agency_taken")
    prefix = {**body, "code": "H40.30.04", "code_prefix": COMMUNE_1}
    problem_of(call.post("administrator", "/agencies", prefix), 409, "agency_taken")
    with office.database.reading() as tx:
        assert agencies.parents(tx)["H40.30.03"] == PROVINCE
    reason = json_of(call.get("office1", "/pause-reasons?agency=H40.30.03"))["items"]
    assert reason


def test_names_are_given_from_above(call: Caller, office: Office) -> None:
    body = {"name": "Ủy ban nhân dân phường Một"}
    problem_of(call("administrator1", "PATCH", HERE, body), 403, "not_permitted")
    assert json_of(call("administrator", "PATCH", HERE, body))["name"] == body["name"]
    top = f"/agencies/{PROVINCE}"
    assert json_of(call("administrator", "PATCH", top, body))["name"] == body["name"]


@pytest.mark.parametrize("path", [f"/agencies/{COMMUNE_2}", f"/agencies/{PROVINCE}"])
def test_units_of_others_are_not_touched(call: Caller, office: Office, path: str) -> None:
    before = json_of(call.get("office1", path))
    for method, act, body in (
        ("POST", "/units", {"code": "NEW", "name": "Mới"}),
        ("PATCH", "/units/OFFICE", {"name": "Mới"}),
        ("POST", "/units/OFFICE/close", None),
        ("POST", "/units/OFFICE/reopen", None),
    ):
        problem_of(call("administrator1", method, path + act, body), 403, "not_permitted")
    assert json_of(call.get("office1", path)) == before


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        (UNITS, {"code": "Có dấu", "name": "x"}, "request_invalid"),
        (UNITS, {"code": "A" * 65, "name": "x"}, "request_invalid"),
        (UNITS, {"code": "A", "name": " "}, "request_invalid"),
        (UNITS, {"code": "A", "name": "x" * 201}, "request_invalid"),
        ("/agencies/NONE/units", {"code": "A", "name": "x"}, "agency_unknown"),
        ("/agencies", {"code": "A", "name": "x", "parent": "NONE"}, "agency_unknown"),
        ("/agencies", {"code": "A", "name": "x", "parent": PROVINCE, "code_prefix": "a{b}"},
         "request_invalid"),
        (f"{UNITS}/NONE/close", None, "unit_unknown"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(
    call: Caller, office: Office, path: str, body: Any, code: str
) -> None:
    problem_of(call.post("administrator", path, body), 422, code)
