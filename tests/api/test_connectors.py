"""Connectors are registered, changed and watched by who administers there."""

from typing import Any

import pytest

from engine.commands.connectors import ChangeConnector, Terms, change_connector
from engine.commands.deployment import DeployProcedure, deploy_procedure
from engine.errors import ProcedureRefused
from tests.api.client import Caller, json_of, problem_of
from tests.api.conftest import SETTINGS
from tests.clock import FakeClock
from tests.connected import CODE, Connected, sources
from tests.office import COMMUNE_1, PROVINCE, Office

TERMS = {
    "title": "Hệ thống hộ tịch",
    "base_url": "https://ho-tich.example.vn/motcua/",
    "operations": {"register_birth": "Đăng ký khai sinh"},
    "replies": "callback",
}
NEW = {**TERMS, "agency": PROVINCE, "name": "civil_status"}


@pytest.fixture
def house(office: Office, clock: FakeClock) -> Connected:
    return Connected(office, clock, SETTINGS.secret_key)


def test_a_secret_is_shown_once_and_each_change_recorded(call: Caller) -> None:
    made = json_of(call.post("administrator", "/connectors", NEW), 201)
    assert made["secret"].startswith("whsec_")
    here = f"/connectors/{made['connector']}"
    shown = json_of(call.get("administrator", here))
    assert (shown["base_url"], shown["active"], shown["waiting"]) == (
        "https://ho-tich.example.vn/motcua", True, 0,
    )  # fmt: skip
    off = {**TERMS, "replies": "poll", "active": False, "revision": shown["revision"]}
    assert not json_of(call("administrator", "PUT", here, off))["active"]
    problem_of(call("administrator", "PUT", here, off), 412, "connector_changed")
    renewed = json_of(call.post("administrator", f"{here}/secret"))
    assert renewed["secret"] != made["secret"]
    events = json_of(call.get("auditor", "/office-events"))["items"]
    told = [event for event in events if event["type"].startswith("CONNECTOR")]
    assert len(told) == 3
    assert made["secret"] not in str(told)
    assert renewed["secret"] not in str(told)


@pytest.mark.parametrize(
    "wrong",
    [
        {"base_url": "ftp://x.vn"},
        {"base_url": "https://"},
        {"base_url": "https://a:b@x.vn"},
        {"base_url": "https://x.vn/?a=1"},
        {"base_url": "https://x.vn:99999"},
        {"base_url": "https://máy-chủ.vn"},
        {"operations": {"Đăng ký": "Đăng ký"}},
        {"operations": {"decide_all": "Quyết định"}},
        {"name": "Hộ tịch"},
    ],
)
def test_what_makes_no_sense_is_refused(call: Caller, wrong: dict[str, Any]) -> None:
    problem_of(call.post("administrator", "/connectors", NEW | wrong), 422, "connector_invalid")
    assert json_of(call.get("administrator", "/connectors"))["items"] == []


def test_a_name_stands_for_one_connector_of_an_agency(call: Caller) -> None:
    json_of(call.post("administrator", "/connectors", NEW), 201)
    problem_of(call.post("administrator", "/connectors", NEW), 409, "connector_taken")
    json_of(call.post("administrator1", "/connectors", NEW | {"agency": COMMUNE_1}), 201)
    assert len(json_of(call.get("administrator", "/connectors"))["items"]) == 2
    assert len(json_of(call.get("administrator1", "/connectors"))["items"]) == 1
    assert json_of(call.get("administrator2", "/connectors"))["items"] == []


def test_where_none_is_connected_the_dossier_goes_on_by_hand(
    house: Connected, call: Caller
) -> None:
    code = house.dossier().code
    assert house.steps(code) == ["by_hand"]
    (item,) = json_of(call.get("office1", "/requests"))["items"]
    assert (item["state"], item["delivery"]) == ("dropped", None)


def test_the_nearest_connector_serves_and_one_turned_off_serves_nobody(house: Connected) -> None:
    house.connect()
    first = house.dossier().code
    assert house.steps(first) == []
    nearer = house.connect(agency=COMMUNE_1)
    office = house.office
    with office.database.transaction() as tx:
        terms = Terms(nearer.title, nearer.base_url, nearer.operations, nearer.replies)
        command = ChangeConnector(nearer.id, terms, active=False)
        change_connector(tx, command, office.actor("administrator1"), house.clock())
    assert house.steps(house.dossier().code) == ["by_hand"]
    assert house.steps(first) == []


def test_a_procedure_may_name_what_is_registered_here(house: Connected, call: Caller) -> None:
    ours = {
        name: text.replace('value="civil_status"', 'value="ours"')
        for name, text in sources().items()
    }
    by, command = house.office.actor("administrator"), DeployProcedure(CODE, ours)
    with house.office.database.reading() as tx, pytest.raises(ProcedureRefused) as refused:
        deploy_procedure(tx, command, by, house.clock())
    assert {finding["element"] for finding in refused.value.details["findings"]} == {"ask"}
    json_of(call.post("administrator", "/connectors", NEW | {"name": "ours"}), 201)
    with house.office.database.transaction() as tx:
        assert deploy_procedure(tx, command, by, house.clock()).changed
