"""The bell: who is told of what, and what asking again costs."""

from typing import Any

import pytest

from tests.api.client import json_of, problem_of
from tests.api.supervision.desk import BIRTH, TO_RESULT, Desk


def _bell(desk: Desk, user: str, more: str = "") -> list[dict[str, Any]]:
    return desk.everything(user, f"/alerts{more}")


def _kinds(items: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(item["subject"], item["level"]) for item in items]


def test_candidates_then_holders_then_the_ladder(desk: Desk) -> None:
    code = desk.birth()
    for user in ("reception1", "office1", "director1", "control1", "leader1"):
        assert _bell(desk, user) == []
    desk.wait_until("2026-07-06 09:01")
    (alert,) = _bell(desk, "reception1")
    assert alert["dossier"] == code
    assert (alert["subject"], alert["level"]) == ("step", "overdue")
    assert alert["step_name"] == "Số hóa thành phần hồ sơ"
    assert (alert["rung"], alert["live"], alert["holder"]) == ("holder", True, None)
    assert alert["against"] == "2026-07-06T09:00:00+07:00"
    for user in ("office1", "director1", "control1", "leader1", "reception2", "portal"):
        assert _bell(desk, user) == []
    path = f"/dossiers/{code}"
    place = json_of(desk.call.get("control1", path))["tasks"][0]["place"]
    json_of(desk.call.post("reception1", f"{path}/tasks/{place}/claim"))
    assert _bell(desk, "second_reception1") == []
    assert [a["holder_name"] for a in _bell(desk, "reception1")] == ["Người dùng reception1"]
    desk.wait_until("2026-07-06 11:05")
    assert ("step", "overdue") in _kinds(_bell(desk, "director1"))
    assert _bell(desk, "control1") == []
    desk.wait_until("2026-07-07 17:00")
    for user in ("director1", "control1", "control", "leader1", "second_leader1"):
        assert ("step", "overdue") in _kinds(_bell(desk, user)), user
    for user in ("control2", "leader2", "office1", "economy1"):
        assert _bell(desk, user) == []


def test_alerts_end_and_are_kept(desk: Desk) -> None:
    code = desk.birth()
    desk.wait_until("2026-07-06 09:01")
    desk.work(code, "digitise", overdue={"cause": "cham_xu_ly"})
    assert _bell(desk, "reception1") == []
    past = _bell(desk, "reception1", "?state=all")
    assert ("step", "overdue") in _kinds(past)
    assert not any(alert["live"] for alert in past)
    assert [a["raised_at"] for a in past] == sorted((a["raised_at"] for a in past), reverse=True)


def test_supervisors_see_all_of_their_agencies(desk: Desk) -> None:
    mine, theirs = desk.birth(), desk.birth(commune=2)
    desk.wait_until("2026-07-06 09:01")
    assert codes_of(_bell(desk, "control1", "?scope=agency")) == {mine}
    assert codes_of(_bell(desk, "auditor", "?scope=agency")) == {mine, theirs}
    for path in ("/alerts?scope=agency", "/alerts/counts?scope=agency"):
        problem_of(desk.call.get("reception1", path), 403, "not_permitted")


def codes_of(items: list[dict[str, Any]]) -> set[str]:
    """The dossiers that alerts are about."""
    return {item["dossier"] for item in items}


def test_filters_and_counts(desk: Desk) -> None:
    first, second = desk.birth(), desk.birth()
    sent_in = desk.receive(BIRTH, online=True, late_registration=False)
    desk.wait_until("2026-07-07 08:01")
    scope = "?scope=agency"
    alerts = _bell(desk, "control1", scope)
    counts = json_of(desk.call.get("control1", f"/alerts/counts{scope}"))
    assert counts["total"] == len(alerts)
    assert {(c["subject"], c["level"], c["alerts"]) for c in counts["items"]} == {
        (*kind, _kinds(alerts).count(kind)) for kind in _kinds(alerts)
    }
    late = _bell(desk, "control1", f"{scope}&subject=dossier&level=overdue")
    assert codes_of(late) == {first, second}
    assert codes_of(_bell(desk, "control1", f"{scope}&subject=intake")) <= {sent_in}
    noted = late[0]
    path = f"/dossiers/{noted['dossier']}/alerts/{noted['alert']}/acknowledge"
    json_of(desk.call.post("leader1", path, {"note": "Đã nhắc đơn vị"}))
    (known,) = _bell(desk, "control1", f"{scope}&acknowledged=true")
    assert (known["dossier"], known["alert"]) == (noted["dossier"], noted["alert"])
    assert known["acknowledged_by_name"] == "Người dùng leader1"
    left = _bell(desk, "control1", f"{scope}&acknowledged=false")
    assert len(left) == len(alerts) - 1
    assert json_of(desk.call.get("control1", f"/alerts/counts{scope}"))["total"] == len(left)


def test_a_bell_asks_cheaply(desk: Desk) -> None:
    code = desk.birth()
    desk.wait_until("2026-07-06 09:01")
    tags = [_tag(desk)]
    again = desk.call.get("reception1", "/alerts", If_None_Match=tags[0])
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tags[0]
    path = f"/dossiers/{code}"
    (alert,) = _bell(desk, "reception1")
    note = f"{path}/alerts/{alert['alert']}/acknowledge"
    for change in (
        lambda: json_of(desk.call.post("reception1", note, {"note": "Đang làm"})),
        lambda: desk.wait_until("2026-07-06 11:30"),
        lambda: desk.work(code, TO_RESULT, overdue={"cause": "cham_xu_ly"}),
    ):
        change()
        answer = desk.call.get("reception1", "/alerts", If_None_Match=tags[-1])
        assert answer.status_code == 200
        tags.append(_tag(desk))
    assert len(set(tags)) == len(tags)
    other = desk.call.get("reception1", "/alerts?level=overdue", If_None_Match=tags[-1])
    assert other.status_code == 200


def _tag(desk: Desk) -> str:
    tag = desk.call.get("reception1", "/alerts").headers["ETag"]
    assert tag.startswith('W/"')
    return tag


@pytest.mark.parametrize("user", ["control1", "control"])
def test_pages_neither_repeat_nor_miss(desk: Desk, user: str) -> None:
    made = {desk.birth() for _ in range(4)}
    desk.wait_until("2026-07-06 09:01")
    alerts = desk.everything(user, "/alerts?scope=agency")
    keys = [(alert["dossier"], alert["alert"]) for alert in alerts]
    assert len(set(keys)) == len(keys) >= 4
    assert codes_of(alerts) == made
