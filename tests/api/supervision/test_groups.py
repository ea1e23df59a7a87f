"""Groups of dossiers that never mix, as a supervisor sees them.

Twenty-one land dossiers rest for unpaid obligations longer than they may, four civil-status ones
are late through a system fault, five were late and are finished; others lie around them.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.api.client import json_of, problem_of
from tests.api.supervision.desk import (
    BIRTH,
    LAND,
    OWN_DELAY,
    TO_OBLIGATION,
    TO_RESULT,
    Desk,
    codes,
)

STANDINGS = (
    "intake", "on_track", "near_due", "overdue", "paused", "paused_overdue", "done", "done_late",
)  # fmt: skip


@dataclass
class Lying:
    """Codes of the dossiers of commune 1, by what became of them."""

    unpaid: list[str] = field(default_factory=list)
    unpaid_in_time: list[str] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)
    faulty: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    finished_late: list[str] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    near_due: list[str] = field(default_factory=list)
    on_track: list[str] = field(default_factory=list)
    sent_in: list[str] = field(default_factory=list)
    outage: int = 0


@pytest.fixture
def lying(desk: Desk) -> Lying:
    """A summer in two communes."""
    lying = Lying()
    lying.unpaid = [desk.land() for _ in range(21)]
    elsewhere = [desk.land(commune=2) for _ in range(2)]
    desk.wait_until("2026-07-22 08:00")
    for code in [*lying.unpaid, *elsewhere]:
        desk.work(code, TO_OBLIGATION)
    desk.wait_until("2026-07-29 08:00")
    lying.unpaid_in_time = [desk.land() for _ in range(3)]
    desk.wait_until("2026-08-14 08:00")
    for code in lying.unpaid_in_time:
        desk.work(code, TO_OBLIGATION)
    lying.posted = [desk.land()]
    _births(desk, lying)
    return lying


def _births(desk: Desk, lying: Lying) -> None:
    """Five days at the end of August."""
    desk.wait_until("2026-08-24 08:00")
    lying.finished_late = [desk.birth() for _ in range(5)]
    lying.finished = [desk.birth() for _ in range(3)]
    desk.birth(commune=2)
    for code in lying.finished:
        desk.work(code, f"{TO_RESULT} deliver")
    desk.wait_until("2026-08-25 08:00")
    lying.outage = _outage(desk)
    fault = {"cause": "loi_he_thong", "outage": lying.outage}
    for number, code in enumerate(lying.finished_late):
        steps = f"{TO_RESULT} deliver" if number else TO_RESULT
        desk.work(code, steps, overdue=fault if number < 2 else OWN_DELAY)
    lying.faulty = [desk.birth() for _ in range(4)]
    lying.late = [desk.birth() for _ in range(2)]
    desk.work(lying.late[0], "digitise")
    desk.wait_until("2026-08-26 08:00")
    link = {"codes": lying.faulty, "cause": "loi_he_thong"}
    json_of(desk.call.post("control1", f"/outages/{lying.outage}/dossiers", link))
    lying.near_due = [desk.birth()]
    desk.wait_until("2026-08-26 16:30")
    lying.sent_in = [desk.receive(BIRTH, online=True, late_registration=False)]
    lying.on_track = [desk.receive(LAND, certificate_requested=False, hard_area=True)]


def _outage(desk: Desk) -> int:
    body = {
        "agency": "H40.30.01",
        "system": "Cơ sở dữ liệu quốc gia về dân cư",
        "description": "Không tra cứu được",
        "evidence": "Thông báo số 12/TB-TTDL",
        "started_at": "2026-08-24T08:00:00+07:00",
    }
    return int(json_of(desk.call.post("control1", "/outages", body), 201)["id"])


def test_supervisors_see_exactly_these_groups(desk: Desk, lying: Lying) -> None:
    expected = {
        "intake": lying.sent_in,
        "on_track": lying.on_track,
        "near_due": lying.near_due,
        "overdue": lying.faulty + lying.late,
        "paused": lying.unpaid_in_time + lying.posted,
        "paused_overdue": lying.unpaid,
        "done": lying.finished,
        "done_late": lying.finished_late,
    }
    for user in ("control1", "director1", "leader1", "auditor1"):
        shown = {standing: desk.group(user, standing) for standing in STANDINGS}
        assert {s: sorted(codes(items)) for s, items in shown.items()} == {
            s: sorted(made) for s, made in expected.items()
        }
        counts = json_of(desk.call.get(user, "/supervision/counts"))
        assert counts["counts"] == {s: len(made) for s, made in expected.items()}
        assert counts["total"] == sum(len(made) for made in expected.values())
    _paused_beyond_their_limit(desk, lying)
    _late_through_a_fault(desk, lying)
    _late_and_finished(desk, lying)
    _breakdowns(desk)
    _scope(desk, lying)


def _paused_beyond_their_limit(desk: Desk, lying: Lying) -> None:
    unpaid = desk.group("control1", "paused_overdue", "&pause_reason=nghia_vu_tai_chinh")
    assert sorted(codes(unpaid)) == sorted(lying.unpaid)
    for item in unpaid:
        assert item["procedure"] == LAND
        assert item["field"] == "Đất đai"
        assert item["pause_reason_name"] == "Thực hiện nghĩa vụ tài chính"
        assert item["pause_until"] < "2026-08-26"
        assert item["paused_since"].startswith("2026-07-22")
        assert item["holder_name"] == "Người dùng economy1"
        assert not item["overdue"]
        assert item["overdue_cause"] is None
    [posted] = desk.group("control1", "paused", "&pause_reason=niem_yet_cong_khai")
    assert posted["code"] == lying.posted[0]
    assert desk.group("control1", "paused", "&field=H%E1%BB%99%20t%E1%BB%8Bch") == []


def _late_through_a_fault(desk: Desk, lying: Lying) -> None:
    faulty = desk.group("control1", "overdue", "&overdue_cause=loi_he_thong")
    assert sorted(codes(faulty)) == sorted(lying.faulty)
    for item in faulty:
        assert item["overdue_cause_name"] == "Lỗi hệ thống bên ngoài"
        assert item["outage"] == lying.outage
        assert item["holder"] is None
        assert item["pause_reason"] is None
        assert item["stage"] == "digitisation"
    late = desk.group("control1", "overdue", "&stage=processing")
    assert codes(late) == [lying.late[0]]
    assert late[0]["unit"] == "OFFICE"


def _late_and_finished(desk: Desk, lying: Lying) -> None:
    late = desk.group("control1", "done_late")
    assert codes(late) == lying.finished_late[::-1]
    assert all(item["overdue"] and item["processed_at"] for item in late)
    # One of them is still to be handed over to the citizen.
    assert late[-1]["status"] == "processed"
    through_fault = desk.group("control1", "done_late", "&overdue_cause=loi_he_thong")
    assert sorted(codes(through_fault)) == sorted(lying.finished_late[:2])
    assert (
        desk.group("control1", "done_late", "&processed_before=2026-08-25T00:00:00%2B07:00") == []
    )


def _breakdowns(desk: Desk) -> None:
    by_reason = _groups(desk, "pause_reason")
    assert by_reason["nghia_vu_tai_chinh"]["counts"]["paused_overdue"] == 21
    assert by_reason["nghia_vu_tai_chinh"]["counts"]["paused"] == 3
    assert by_reason["nghia_vu_tai_chinh"]["name"] == "Thực hiện nghĩa vụ tài chính"
    assert by_reason["niem_yet_cong_khai"]["counts"]["paused"] == 1
    assert by_reason[None]["counts"]["paused_overdue"] == 0
    by_cause = _groups(desk, "overdue_cause")
    assert by_cause["loi_he_thong"]["counts"]["overdue"] == 4
    assert by_cause["loi_he_thong"]["counts"]["done_late"] == 2
    assert by_cause["cham_xu_ly"]["counts"]["done_late"] == 3
    assert by_cause[None]["counts"]["overdue"] == 2
    by_procedure = _groups(desk, "procedure")
    assert by_procedure[LAND]["counts"]["paused_overdue"] == 21
    assert by_procedure[BIRTH]["counts"]["overdue"] == 6
    by_holder = {g["name"]: g["counts"] for g in _groups(desk, "holder").values()}
    assert by_holder["Người dùng economy1"]["paused_overdue"] == 21
    by_unit = _groups(desk, "unit")
    assert by_unit["ECONOMY"]["name"] == "Phòng Kinh tế"
    assert by_unit["ECONOMY"]["counts"]["paused_overdue"] == 21
    assert _groups(desk, "stage")["processing"]["name"] == "Thẩm định, giải quyết"
    assert list(_groups(desk, "agency")) == ["H40.30.01"]


def _groups(desk: Desk, by: str) -> dict[str | None, Any]:
    counts = json_of(desk.call.get("control1", f"/supervision/counts?by={by}"))
    assert counts["total"] == sum(group["total"] for group in counts["groups"])
    return {group["key"]: group for group in counts["groups"]}


def _scope(desk: Desk, lying: Lying) -> None:
    """The province sees both communes, and each apart; the other commune only its own."""
    both = json_of(desk.call.get("control", "/supervision/counts?by=agency"))
    assert both["counts"]["paused_overdue"] == 23
    assert {g["key"]: g["counts"]["overdue"] for g in both["groups"]} == {
        "H40.30.01": 6,
        "H40.30.02": 1,
    }
    apart = desk.group("control", "paused_overdue", "&agency=H40.30.01")
    assert sorted(codes(apart)) == sorted(lying.unpaid)
    assert len(desk.group("control2", "paused_overdue")) == 2
    assert desk.group("control2", "paused_overdue", "&agency=H40.30.01") == []
    for path in ("/supervision/counts", "/supervision/dossiers?standing=overdue"):
        problem_of(desk.call.get("economy1", path), 403, "not_permitted")


def test_late_without_a_cause_and_without_a_unit(desk: Desk) -> None:
    silent, said = desk.birth(), desk.birth()
    desk.wait_until("2026-07-08 08:00")
    json_of(desk.call.post("leader1", f"/dossiers/{said}/overdue-cause", OWN_DELAY))
    assert codes(desk.group("leader1", "overdue", "&unexplained=true")) == [silent]
    assert codes(desk.group("leader1", "overdue", "&unexplained=false")) == [said]
    assert codes(desk.group("leader1", "overdue", "&lacking=overdue_cause")) == [silent]
    assert len(desk.group("leader1", "overdue", "&lacking=pause_reason")) == 2
    for query in ("lacking=agency", "unexplained=maybe"):
        path = f"/supervision/counts?{query}"
        problem_of(desk.call.get("leader1", path), 422)
