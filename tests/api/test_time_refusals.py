"""What is asked of a dossier's time and refused: a clear problem, and nothing has changed."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from engine.life.rulebook import standard_rulebook
from engine.store.database import Database
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import LETTER, Lives, contents, place
from tests.clock import FakeClock
from tests.office import COMMUNE_1

EXTENSION = {"until": "2026-07-15", "cause": "vu_viec_phuc_tap", "reason": "Phải xác minh thêm"}
OTHER = {"reason": "khac", "until": "2026-07-15T08:00:00+07:00", "evidence": LETTER}


@dataclass(frozen=True)
class Refused:
    """Someone asks for `act` of a dossier in a state; `words` are in the sentence they get."""

    state: str
    act: str
    body: Any
    status: int
    code: str
    words: str = ""
    by: str = "leader1"
    errors: set[str] = field(default_factory=set)


CASES = {
    "a pause without a reason": Refused(
        "accepted", "/pause", {}, 422, "request_invalid", "trường", errors={"reason"}
    ),
    "a pause for an unknown reason": Refused(
        "accepted", "/pause", {"reason": "nghi_he"}, 422, "unknown_pause_reason",
        "Không có lý do tạm dừng «nghi_he»",
    ),
    "a pause that only diagrams use": Refused(
        "accepted", "/pause", {"reason": "bo_sung_ho_so"}, 409, "pause_not_allowed",
        "Bổ sung hồ sơ",
    ),
    "a pause without evidence": Refused(
        "accepted", "/pause", {"reason": "lay_y_kien_phoi_hop"}, 422, "pause_needs_evidence",
        "phải có căn cứ",
    ),
    "evidence that names nothing": Refused(
        "accepted", "/pause",
        {"reason": "lay_y_kien_phoi_hop", "evidence": {"date": "2026-07-01"}},
        422, "request_invalid", errors={"evidence._"},
    ),
    "an outage that nobody recorded": Refused(
        "accepted", "/pause", {"reason": "loi_he_thong", "evidence": {"outage": 99}},
        404, "outage_unknown", "số 99",
    ),
    "a pause beyond its reason's limit": Refused(
        "accepted", "/pause",
        {"reason": "cho_cong_dan_xac_nhan", "until": "2026-07-20T08:00:00+07:00"},
        422, "pause_until_invalid", "không quá 17:00 ngày 13/07/2026",
    ),
    "a pause that would be over": Refused(
        "accepted", "/pause", {**OTHER, "until": "2026-07-06T07:00:00+07:00"},
        422, "pause_until_invalid", "phải sau thời điểm tạm dừng",
    ),
    "a pause without an end": Refused(
        "accepted", "/pause", {"reason": "khac", "evidence": LETTER}, 422, "pause_until_needed",
        "ngày dự kiến tiếp tục",
    ),
    "a pause that others decide on": Refused(
        "accepted", "/pause", OTHER, 403, "pause_needs_approval",
        "Giám đốc Trung tâm hoặc Lãnh đạo", by="office1",
    ),
    "a pause of what is paused": Refused(
        "suspended", "/pause", {"reason": "kiem_tra_thuc_te_do_dac"}, 409, "already_paused",
        "đang tạm dừng rồi",
    ),
    "a pause before receipt": Refused(
        "submitted", "/pause", {"reason": "kiem_tra_thuc_te_do_dac"}, 409, "pause_not_allowed",
        "chưa được tiếp nhận",
    ),
    "a resume of what runs": Refused(
        "accepted", "/resume", None, 409, "not_paused", "không ở trạng thái tạm dừng"
    ),
    "a resume of what the diagram pauses": Refused(
        "obliged", "/resume", None, 409, "not_paused", "không ở trạng thái tạm dừng"
    ),
    "a second request": Refused(
        "asked", "/pause-request", OTHER, 409, "pause_request_pending", "chờ duyệt", by="office1"
    ),
    "a request without evidence": Refused(
        "accepted", "/pause-request", {**OTHER, "evidence": None}, 422, "request_invalid",
        by="office1", errors={"evidence"},
    ),
    "granting what nobody asked for": Refused(
        "accepted", "/pause-request/grant", None, 409, "no_pause_requested", "không có đề nghị"
    ),
    "declining what nobody asked for": Refused(
        "accepted", "/pause-request/decline", None, 409, "no_pause_requested", "không có đề nghị"
    ),
    "granting one's own request": Refused(
        "asked", "/pause-request/grant", None, 403, "pause_needs_approval", by="office1"
    ),
    "an extension too late": Refused(
        "late", "/extension", EXTENSION, 409, "extension_too_late",
        "chậm nhất 1 ngày làm việc trước hạn trả (17:00 ngày 09/07/2026)",
    ),
    "an extension to a day off": Refused(
        "accepted", "/extension", {**EXTENSION, "until": "2026-07-12"}, 422,
        "extension_date_invalid", "Chủ Nhật",
    ),
    "an extension to an earlier day": Refused(
        "accepted", "/extension", {**EXTENSION, "until": "2026-07-09"}, 422,
        "extension_date_invalid", "không sau hạn hiện tại",
    ),
    "an extension for an unknown cause": Refused(
        "accepted", "/extension", {**EXTENSION, "cause": "ban_hop"}, 422,
        "unknown_overdue_cause", "«ban_hop»",
    ),
    "an extension without an apology": Refused(
        "accepted", "/extension", {**EXTENSION, "reason": " "}, 422, "request_invalid",
        errors={"reason"},
    ),
    "an extension while paused": Refused(
        "suspended", "/extension", EXTENSION, 409, "clock_not_running", "không gia hạn được"
    ),
    "an extension before receipt": Refused(
        "submitted", "/extension", EXTENSION, 409, "clock_not_running", "chưa tiếp nhận"
    ),
    "a cause of what is in time": Refused(
        "accepted", "/overdue-cause", {"cause": "cong_dan"}, 409, "not_overdue", "Không quá hạn"
    ),
    "an unknown cause": Refused(
        "late", "/overdue-cause", {"cause": "ban_hop"}, 422, "unknown_overdue_cause", "«ban_hop»"
    ),
    "an outage is to be named": Refused(
        "late", "/overdue-cause", {"cause": "loi_he_thong"}, 422, "outage_needed",
        "lần gián đoạn hệ thống",
    ),
    "an outage unknown to the register": Refused(
        "late", "/overdue-cause", {"cause": "loi_he_thong", "outage": 99}, 404,
        "outage_unknown", "số 99",
    ),
    "an alert that there is not": Refused(
        "late", "/alerts/99/acknowledge", {"note": "Đã biết."}, 404, "alert_unknown",
        "không có cảnh báo số 99",
    ),
    "acknowledging without a word": Refused(
        "late", "/alerts/9/acknowledge", {}, 422, "request_invalid", errors={"note"}
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_refusals(case: str, call: Caller, lives: Lives, database: Database) -> None:
    asked = CASES[case]
    path = f"/dossiers/{getattr(lives, asked.state)().code}"
    before = _seen(call, path, database)
    document = problem_of(
        call.post(asked.by, path + asked.act, asked.body), asked.status, asked.code
    )
    assert asked.words in document["detail"]
    assert asked.errors == set(document.get("errors", ()))
    assert _seen(call, path, database) == before


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        (None, 409, "overdue_cause_needed"),
        ({"cause": "ban_hop"}, 422, "unknown_overdue_cause"),
        ({"cause": "loi_he_thong"}, 422, "outage_needed"),
        ({"cause": "loi_he_thong", "outage": 99}, 404, "outage_unknown"),
    ],
)
def test_what_ends_late_is_asked_why(
    given: Any, status: int, code: str, call: Caller, lives: Lives, database: Database
) -> None:
    dossier = lives.late()
    path = f"/dossiers/{dossier.code}"
    before = _seen(call, path, database)
    body = {"form": {"decision": "approve"}} | ({"overdue": given} if given else {})
    answer = call.post("office1", f"{path}/tasks/{place(dossier)}/complete", body)
    document = problem_of(answer, status, code)
    if code == "overdue_cause_needed":
        assert "bước «Việc appraise», hạn 09:02 ngày 06/07/2026" in document["detail"]
    assert _seen(call, path, database) == before


def test_a_second_pause_of_a_reason_good_for_one(
    call: Caller, lives: Lives, database: Database
) -> None:
    path = f"/dossiers/{lives.suspended().code}"
    json_of(call.post("leader1", f"{path}/resume"))
    before = _seen(call, path, database)
    document = problem_of(call.post("leader1", f"{path}/pause", OTHER), 409, "pause_used_up")
    assert "1 lần, là số lần nhiều nhất được phép" in document["detail"]
    assert _seen(call, path, database) == before


def test_a_second_extension(call: Caller, lives: Lives, database: Database) -> None:
    path = f"/dossiers/{lives.accepted().code}"
    json_of(call.post("leader1", f"{path}/extension", EXTENSION))
    before = _seen(call, path, database)
    later = {**EXTENSION, "until": "2026-07-22"}
    document = problem_of(
        call.post("leader1", f"{path}/extension", later), 409, "extension_used_up"
    )
    assert "đã gia hạn 1 lần" in document["detail"]
    assert _seen(call, path, database) == before


def test_the_last_day_for_an_extension(
    call: Caller, lives: Lives, clock: FakeClock, database: Database
) -> None:
    path = f"/dossiers/{lives.accepted().code}"
    clock.set("2026-07-09 07:00")
    before = _seen(call, path, database)
    answer = call.post("leader1", f"{path}/extension", EXTENSION)
    document = problem_of(answer, 409, "extension_too_late")
    assert "trước hết ngày 08/07/2026" in document["detail"]
    assert _seen(call, path, database) == before
    clock.set("2026-07-08 17:30")
    json_of(call.post("leader1", f"{path}/extension", EXTENSION))


def test_a_policy_that_is_unknown(call: Caller, lives: Lives, database: Database) -> None:
    document = standard_rulebook()
    pauses = {**document["pauses"], "khac": {**document["pauses"]["khac"], "policy": "SLOW"}}
    path = f"/dossiers/{lives.accepted().code}"
    before = _seen(call, path, database)
    body = {"agency": COMMUNE_1, "document": {**document, "pauses": pauses}}
    answer = call("administrator", "PUT", "/rulebook", body)
    said = problem_of(answer, 422, "rulebook_invalid")["detail"]
    assert "chưa có gì thay đổi. Tại «pauses.khac.policy»: SLOW không dùng được" in said
    assert _seen(call, path, database) == before


def _seen(call: Caller, path: str, database: Database) -> tuple[Any, ...]:
    """A dossier, its revision and events as someone sees them, and all that the database has."""
    shown = call.get("auditor", path)
    events = call.get("auditor", f"{path}/events?limit=200")
    return shown.headers["ETag"], json_of(shown), json_of(events), contents(database)
