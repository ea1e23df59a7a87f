"""What is likely to be late, from what has been."""

from typing import Any

from tests.api.client import json_of
from tests.api.supervision.desk import BIRTH, LAND, TO_RESULT, Desk, codes


def _forecast(desk: Desk, user: str = "control1", more: str = "") -> list[dict[str, Any]]:
    return desk.everything(user, f"/supervision/forecast{more}")


def test_without_experience_limits_speak(desk: Desk) -> None:
    soon, later = desk.birth(), desk.receive(LAND, certificate_requested=True, hard_area=False)
    desk.birth(commune=2)
    desk.wait_until("2026-07-06 08:30")
    (item,) = _forecast(desk)
    assert item["code"] == soon
    assert item["step_name"] == "Số hóa thành phần hồ sơ"
    assert (item["samples"], item["confidence_name"]) == (0, "ít dữ liệu")
    assert (item["low"], item["high"]) == (0.0, 1.0)
    assert 0 < item["probability"] < 1
    assert {item["code"] for item in _forecast(desk, more="?within=20")} == {soon, later}
    assert len(_forecast(desk, "auditor")) == 2
    assert len(_forecast(desk, "auditor", "?agency=H40.30.02")) == 1


def test_experience_speaks_where_there_is_enough(desk: Desk) -> None:
    """Ten took four hours from their digitisation to the result; two hours are left."""
    for day in ("2026-07-06", "2026-07-07"):
        desk.wait_until(f"{day} 08:00")
        seen = [desk.birth() for _ in range(6)]
        desk.wait_until(f"{day} 08:30")
        for code in seen:
            desk.work(code, "digitise")
        desk.wait_until(f"{day} 10:00")
        for code in seen:
            desk.work(code, "appraise=approve")
        desk.wait_until(f"{day} 10:30")
        for code in seen:
            desk.work(code, f"{TO_RESULT.split('approve ', 1)[1].split()[0]}")
        desk.wait_until(f"{day} 11:00")
        for code in seen:
            desk.work(code, "sign=approve seal deliver")
    desk.wait_until("2026-07-08 08:00")
    hopeful = desk.birth()
    desk.wait_until("2026-07-08 14:45")
    doomed = desk.birth()
    forecast = {item["code"]: item for item in _forecast(desk)}
    assert forecast[doomed]["samples"] == 12
    assert forecast[doomed]["probability"] == 1.0
    assert 0.7 < forecast[doomed]["low"] < 1.0
    assert forecast[doomed]["confidence"] in ("medium", "low")
    # It has taken longer already than any before it: experience says nothing.
    assert forecast[hopeful]["confidence_name"] == "ít dữ liệu"
    assert codes(_forecast(desk))[0] in (doomed, hopeful)
    desk.wait_until("2026-07-09 08:00")
    assert _forecast(desk) == []


def test_in_time_by_experience(desk: Desk) -> None:
    for _ in range(11):
        desk.work(desk.birth(), f"{TO_RESULT} deliver")
    code = desk.birth()
    items = json_of(desk.call.get("control1", "/supervision/forecast"))["items"]
    # Those were done in no time, so nothing is known of one that takes any.
    assert [(item["code"], item["samples"]) for item in items] == [(code, 0)]
    assert items[0]["procedure"] == BIRTH
