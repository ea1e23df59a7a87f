"""What was changed in an office is written down, and read by those who answer for it."""

from typing import Any

from engine.life.rulebook import standard_rulebook
from engine.model.office_event import OFFICE_EVENT_NAMES, OfficeEventType
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives
from tests.office import COMMUNE_1, COMMUNE_2, PROVINCE, Office


def test_every_type_has_a_name() -> None:
    assert set(OFFICE_EVENT_NAMES) == set(OfficeEventType)


def _told(call: Caller, user: str = "auditor1", query: str = "") -> list[dict[str, Any]]:
    return list(json_of(call.get(user, f"/office-events?limit=200{query}"))["items"])


def test_every_change_is_told(call: Caller, lives: Lives) -> None:
    by, office1 = "administrator1", lives.office.actor("office1").id
    user, here = f"/users/{office1}", f"/agencies/{COMMUNE_1}"
    grant = {"role": "unit_head", "agency": COMMUNE_1, "unit": "OFFICE"}
    new = {"username": "moi", "full_name": "Người mới", "password": "mật khẩu dài", "email": None}
    json_of(call.post(by, "/users", {**new, "grants": [grant]}), 201)
    json_of(call(by, "PATCH", user, {"full_name": "Lê Đào", "email": "dao@xa.gov.vn"}))
    json_of(call(by, "PUT", f"{user}/password", {"password": "mật khẩu khác"}))
    granted = json_of(call.post(by, f"{user}/grants", grant))["grants"][1]["id"]
    json_of(call.post(by, f"{user}/grants/{granted}/revoke"))
    json_of(call(by, "PUT", f"{user}/activity", {"active": False}))
    json_of(call(by, "PUT", f"{user}/activity", {"active": True}))
    json_of(call.post(by, f"{here}/units", {"code": "LAND", "name": "Phòng Đất"}), 201)
    json_of(call(by, "PATCH", f"{here}/units/LAND", {"name": "Phòng Địa chính"}))
    json_of(call.post(by, f"{here}/units/LAND/close"))
    json_of(call.post(by, f"{here}/units/LAND/reopen"))
    days = [{"date": "2026-08-20", "kind": "off", "why": "Lễ hội"}]
    announced = {"agency": COMMUNE_1, "source": "15/QĐ-UBND", "days": days}
    json_of(call.post(by, "/calendars/announcements", announced), 201)
    rules = {"agency": COMMUNE_1, "document": {**standard_rulebook(), "alerts": {}}}
    json_of(call(by, "PUT", "/rulebook", {**rules, "reason": "Quyết định 16/QĐ-UBND"}))
    outage = {
        "agency": COMMUNE_1, "system": "Hộ tịch", "description": "Treo", "evidence": "12/TB",
        "started_at": "2026-07-06T07:00:00+07:00",
    }  # fmt: skip
    number = json_of(call.post(by, "/outages", outage), 201)["id"]
    json_of(call.post(by, f"/outages/{number}/end", {}))
    told = _told(call)
    assert [event["type"] for event in reversed(told)] == [
        "USER_CREATED", "USER_CHANGED", "PASSWORD_SET", "ROLE_GRANTED", "ROLE_REVOKED",
        "USER_DEACTIVATED", "USER_REACTIVATED", "UNIT_ADDED", "UNIT_RENAMED", "UNIT_CLOSED",
        "UNIT_REOPENED", "CALENDAR_ANNOUNCED", "RULEBOOK_PUBLISHED", "OUTAGE_RECORDED",
        "OUTAGE_ENDED",
    ]  # fmt: skip
    assert {event["actor_name"] for event in told} == {"Người dùng administrator1"}
    changed = told[-2]
    assert changed["before"] == {"full_name": "Người dùng office1", "email": None}
    assert changed["after"] == {"full_name": "Lê Đào", "email": "dao@xa.gov.vn"}
    assert changed["subject"] == f"user:{office1}"
    text = call.get("auditor1", "/office-events?limit=200").text
    assert "mật khẩu" not in text
    assert "argon2" not in text


def test_what_is_refused_or_changes_nothing_is_not_told(call: Caller, office: Office) -> None:
    path = f"/users/{office.actor('office1').id}"
    problem_of(call("administrator2", "PATCH", path, {"full_name": "Khác"}), 403)
    problem_of(call.post("administrator1", f"/agencies/{COMMUNE_1}/units/OFFICE/close"), 409)
    json_of(call("administrator1", "PATCH", path, {"full_name": "Người dùng office1"}))
    json_of(call("administrator1", "PATCH", path, {}))
    assert _told(call) == []


def test_one_reads_of_ones_own_agencies(call: Caller, office: Office) -> None:
    for number, agency in ((1, COMMUNE_1), (2, COMMUNE_2)):
        body = {"name": f"Văn phòng {number}"}
        path = f"/agencies/{agency}/units/OFFICE"
        json_of(call(f"administrator{number}", "PATCH", path, body))
    json_of(call("administrator", "PATCH", f"/agencies/{PROVINCE}", {"name": "Tỉnh"}))
    assert [event["agency"] for event in _told(call, "administrator1")] == [COMMUNE_1]
    assert [event["agency"] for event in _told(call, "auditor2")] == [COMMUNE_2]
    assert [event["agency"] for event in _told(call, "auditor")] == [
        PROVINCE, COMMUNE_2, COMMUNE_1
    ]  # fmt: skip
    problem_of(call.get("administrator1", f"/office-events?agency={COMMUNE_2}"), 403)
    problem_of(call.get("leader1", "/office-events"), 403, "not_permitted")


def test_what_concerns_all_is_read_by_all(call: Caller, office: Office) -> None:
    days = [{"date": "2026-08-20", "kind": "off", "why": "Lễ"}]
    body = {"agency": None, "source": "1/QĐ-TTg", "days": days}
    json_of(call.post("administrator", "/calendars/announcements", body), 201)
    (event,) = _told(call, "administrator2")
    assert event["agency"] is None
    assert event["after"]["source"] == "1/QĐ-TTg"


def test_the_log_is_paged_and_sifted(call: Caller, office: Office) -> None:
    unit = f"/agencies/{COMMUNE_1}/units/OFFICE"
    for number in range(5):
        json_of(call("administrator1", "PATCH", unit, {"name": f"Tên {number}"}))
    path = f"/users/{office.actor('office1').id}"
    json_of(call("administrator", "PATCH", path, {"full_name": "Khác"}))
    page = json_of(call.get("auditor1", "/office-events?limit=4"))
    rest = json_of(call.get("auditor1", f"/office-events?limit=4&cursor={page['next']}"))
    assert [event["seq"] for event in page["items"] + rest["items"]] == [6, 5, 4, 3, 2, 1]
    assert rest["next"] is None
    assert [e["seq"] for e in _told(call, query="&type=USER_CHANGED")] == [6]
    assert len(_told(call, query=f"&subject=agency:{COMMUNE_1}")) == 5
    administrator = office.actor("administrator").id
    assert [e["seq"] for e in _told(call, query=f"&actor={administrator}")] == [6]
