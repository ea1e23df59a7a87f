"""Who had a dossier for how long."""

from typing import Any

from tests.api.client import json_of, problem_of
from tests.api.supervision.desk import LAND, OWN_DELAY, TO_RESULT, Desk


def _ledger(desk: Desk, code: str) -> Any:
    return json_of(desk.call.get("control1", f"/dossiers/{code}/responsibility"))


def _claim(desk: Desk, code: str, user: str) -> str:
    shown = json_of(desk.call.get("control1", f"/dossiers/{code}"))
    path = f"/dossiers/{code}/tasks/{shown['tasks'][0]['place']}"
    json_of(desk.call.post(user, f"{path}/claim"))
    return path


def test_every_holding_of_one_dossier(desk: Desk) -> None:
    code = desk.birth()
    desk.clock.set("2026-07-06 08:15")
    path = _claim(desk, code, "reception1")
    desk.clock.set("2026-07-06 08:30")
    json_of(desk.call.post("reception1", f"{path}/release"))
    desk.clock.set("2026-07-06 09:00")
    desk.work(code, "digitise")
    desk.clock.set("2026-07-06 09:30")
    _claim(desk, code, "office1")
    desk.wait_until("2026-07-06 11:30")
    desk.wait_until("2026-07-06 14:00")
    ledger = _ledger(desk, code)
    held = [
        (h["step"], h["holder_name"], h["hours"], h["late"], h["until"] is None)
        for h in ledger["holdings"]
    ]
    assert held == [
        ("digitise", "Chưa ai nhận", 0.25, 0.0, False),
        ("digitise", "Người dùng reception1", 0.25, 0.0, False),
        ("digitise", "Chưa ai nhận", 0.5, 0.0, False),
        ("digitise", "Người dùng reception1", 0.0, 0.0, False),
        ("appraise", "Chưa ai nhận", 0.5, 0.0, False),
        ("appraise", "Người dùng office1", 2.5, 1.0, True),
    ]
    by_step = {t["key"]: t for t in ledger["by_step"]}
    assert by_step["digitise"]["hours"] == 1.0
    assert by_step["appraise"]["late_holdings"] == 1
    assert by_step["appraise"]["late"] == round(by_step["appraise"]["hours"] - 2, 2)
    people = {t["name"]: t["hours"] for t in ledger["by_person"]}
    assert people["Chưa ai nhận"] == 1.25
    units = {t["key"]: t["name"] for t in ledger["by_unit"]}
    assert units["OFFICE"] == "Văn phòng HĐND và UBND"
    last = ledger["holdings"][-1]
    assert (last["limit"], last["limit_in_words"]) == ("2 hours", "2 giờ làm việc")
    problem_of(desk.call.get("portal", f"/dossiers/{code}/responsibility"), 404)


def test_pauses_are_nobodys_time(desk: Desk) -> None:
    code = desk.receive(LAND, certificate_requested=True, hard_area=False)
    desk.clock.set("2026-07-06 09:00")
    desk.work(code, "digitise")
    _claim(desk, code, "economy1")
    desk.clock.set("2026-07-06 10:00")
    evidence = {"document": "12/CV", "date": "2026-07-06"}
    pause = {"reason": "lay_y_kien_phoi_hop", "evidence": evidence}
    json_of(desk.call.post("economy1", f"/dossiers/{code}/pause", pause))
    desk.wait_until("2026-07-08 10:00")
    json_of(desk.call.post("economy1", f"/dossiers/{code}/resume"))
    desk.clock.set("2026-07-08 11:00")
    ledger = _ledger(desk, code)
    assert ledger["holdings"][-1]["hours"] == 2.0
    assert ledger["paused"] == 16.0


def test_a_period_by_unit_person_step_and_procedure(desk: Desk) -> None:
    late, open_ = desk.birth(), desk.birth()
    desk.birth(commune=2)
    desk.wait_until("2026-07-07 09:00")
    desk.work(late, f"{TO_RESULT} deliver", overdue=OWN_DELAY)
    period = "/reports/responsibility?from=2026-07-01&to=2026-07-07"
    units = {line["key"]: line for line in _report(desk, f"{period}&by=unit")}
    assert units[None]["name"] == "Ủy ban nhân dân xã số 1"
    assert units[None]["agency"] == "H40.30.01"
    assert (units[None]["open"], units[None]["open_overdue"]) == (1, 1)
    assert units[None]["late_holdings"] == 1
    assert units[None]["late"] == units[None]["hours"] - 1
    people = {line["name"]: line for line in _report(desk, f"{period}&by=person")}
    assert people["Chưa ai nhận"]["open"] == 1
    assert people["Người dùng office1"]["holdings"] == 2
    steps = {line["key"]: line for line in _report(desk, f"{period}&by=step")}
    assert steps["1.001193/digitise"]["name"].startswith("Số hóa thành phần hồ sơ (")
    assert steps["1.001193/digitise"]["open_overdue"] == 1
    (procedure,) = _report(desk, f"{period}&by=procedure")
    assert (procedure["key"], procedure["open"]) == ("1.001193", 1)
    assert _report(desk, "/reports/responsibility?from=2026-06-01&to=2026-06-30&by=step") == [
        {**steps["1.001193/digitise"], **_NOTHING_HELD}
    ]
    assert open_ != late
    refused = desk.call.get("control1", f"{period}&agency=H40.30.02")
    problem_of(refused, 403, "not_permitted")
    both = json_of(desk.call.get("auditor", f"{period}&by=procedure"))["items"]
    assert both[0]["open"] == 2


_NOTHING_HELD = {"holdings": 0, "hours": 0.0, "late_holdings": 0, "late": 0.0}


def _report(desk: Desk, path: str) -> Any:
    return json_of(desk.call.get("control1", path))["items"]
