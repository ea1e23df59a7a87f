"""Administration by pages: what one may, where one may, and nothing lost on the way."""

import re
from collections.abc import Callable

import pytest

from tests.api.lives import Lives, fail_timer
from tests.office import COMMUNE_1, COMMUNE_2, Office
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]


def _revision(text: str) -> str:
    found = re.search(r'name="revision" value="(\d+)"', text)
    assert found
    return found[1]


SCOPED = (
    "/quan-tri/don-vi", "/quan-tri/lich", "/quan-tri/lich/ngay", "/quan-tri/lich/hoan-doi",
    "/quan-tri/lich/gio", "/quan-tri/quy-tac", "/quan-tri/quy-tac/ly-do/khac",
    "/quan-tri/quy-tac/ly-do/moi", "/quan-tri/quy-tac/canh-bao", "/quan-tri/quy-tac/lich-su",
    "/quan-tri/chung-thu-so",
)  # fmt: skip
"""Pages about one agency."""
PAGES = (
    "/quan-tri", "/quan-tri/nguoi", "/quan-tri/nguoi/moi", "/quan-tri/gian-doan",
    "/quan-tri/su-co", "/quan-tri/tin-gui", "/quan-tri/so-thay-doi", *SCOPED,
)  # fmt: skip
OPEN = {"auditor1": {"/quan-tri", "/quan-tri/so-thay-doi"},
        "office1": {"/quan-tri", "/quan-tri/gian-doan"},
        "clerk1": set()}  # fmt: skip
"""Who sees which of them, beside administrators."""


@pytest.mark.parametrize("path", PAGES)
def test_who_sees_what(visit: Visit, path: str) -> None:
    for user in ("administrator", "administrator1"):
        assert visit(user).get(path).status_code == 200, user
    for user, seen in OPEN.items():
        assert visit(user).get(path).status_code == (200 if path in seen else 403), user
    assert visit(None).get(path).status_code == 303
    if path in SCOPED:
        other = visit("administrator1").get(f"{path}?co-quan={COMMUNE_2}")
        assert other.status_code == 403


def test_someone_new_gets_a_password_once(visit: Visit) -> None:
    visitor = visit("administrator1")
    visitor.get("/quan-tri/nguoi/moi")
    form = {"full_name": "Trần Thị Bưởi", "username": "buoi", "role": "specialist",
            "agency": COMMUNE_1, "unit": "ECONOMY"}  # fmt: skip
    wrong = visitor.post("/quan-tri/nguoi/moi", {**form, "username": "Có dấu"})
    assert wrong.status_code == 422
    assert "Trần Thị Bưởi" in wrong.text
    elsewhere = visitor.post("/quan-tri/nguoi/moi", {**form, "agency": COMMUNE_2})
    assert elsewhere.status_code == 422
    assert "không có quyền cấp vai trò" in elsewhere.text
    made = visitor.post("/quan-tri/nguoi/moi", form)
    password = re.search(r'class="once">([a-z0-9-]+)<', made.text)
    assert password
    assert visit(None).sign_in("buoi", password[1]).status_code == 303
    listed = visitor.get("/quan-tri/nguoi?name=tran%20thi%20buoi").text
    assert "Trần Thị Bưởi" in listed
    assert "office1" not in listed


def test_a_stale_form_is_shown_again(visit: Visit, office: Office) -> None:
    visitor, path = visit("administrator1"), f"/quan-tri/nguoi/{office.actor('office1').id}"
    revision = _revision(visitor.get(path).text)
    fields = {"revision": revision, "email": ""}
    assert visitor.post(path, fields, full_name="Lê Một").status_code == 303
    again = visitor.post(path, fields, full_name="Lê Hai")
    assert again.status_code == 422
    assert "vừa được người khác sửa" in again.text
    assert 'value="Lê Hai"' in again.text
    assert office.actor("office1").full_name == "Lê Một"


def test_tasks_are_seen_before_someone_rests(visit: Visit, lives: Lives) -> None:
    code = lives.claimed().code
    visitor, path = visit("administrator1"), f"/quan-tri/nguoi/{lives.office.actor('office1').id}"
    page = visitor.get(f"{path}/ngung")
    assert code in page.text
    assert "Giao cho Người dùng second_office1" in page.text
    fields = {"revision": _revision(page.text), "to": str(lives.office.actor("second_office1").id)}
    assert visitor.post(f"{path}/ngung", fields, seen="0").status_code == 422
    assert visitor.post(f"{path}/ngung", fields, seen="1").status_code == 303
    assert "Đã ngừng" in visitor.get(path).text
    assert visit(None).sign_in("office1").status_code == 422


def test_an_announcement_is_seen_before_it_is_made(visit: Visit, lives: Lives) -> None:
    lives.accepted()
    visitor, path = visit("administrator1"), "/quan-tri/lich/ngay"
    visitor.get(path)
    form = {"agency": COMMUNE_1, "kind": "off", "since": "2026-07-08", "until": "2026-07-09",
            "why": "Hội làng", "source": "15/QĐ-UBND"}  # fmt: skip
    unseen = visitor.post(path, form, act="publish", seen="forged")
    assert "1 hồ sơ đang giải quyết" in unseen.text
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', unseen.text)
    assert seen
    changed = visitor.post(path, {**form, "until": "2026-07-10"}, act="publish", seen=seen[1])
    assert changed.status_code == 200
    assert visitor.post(path, form, act="publish", seen=seen[1]).status_code == 303
    assert "Hội làng" in visitor.get("/quan-tri/lich?nam=2026").text


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("ngay", {"since": "2026-07-08", "until": "2026-07-07", "kind": "off", "why": "x"}),
        ("ngay", {"since": "2026-07-08", "until": "2036-07-07", "kind": "off", "why": "x"}),
        ("ngay", {"since": "hôm nay", "kind": "off", "why": "x"}),
        ("ngay", {"since": "2026-07-11", "kind": "off", "why": "x"}),
        ("hoan-doi", {"day_off": "2026-07-08", "makeup_day": "2026-07-09"}),
        ("gio", {"sessions": "11:30-07:00"}),
        ("gio", {"sessions": "07:00-11:30", "first": "04-16"}),
        ("gio", {"sessions": "07:00-11:30", "first": "99-99", "last": "10-15"}),
        ("gio", {"sessions": "<script>"}),
    ],
)
def test_announcements_that_make_no_sense(visit: Visit, kind: str, fields: dict[str, str]) -> None:
    visitor, path = visit("administrator1"), f"/quan-tri/lich/{kind}"
    visitor.get(path)
    answer = visitor.post(path, {**fields, "agency": COMMUNE_1, "source": "1/QĐ"}, act="preview")
    assert answer.status_code == 422
    assert "Chưa gửi được" in answer.text


REASON = {
    "name": "Chờ giám định", "code": "cho_giam_dinh", "policy": "PAUSE", "status": "suspended",
    "limit_amount": "10", "limit_unit": "working_days", "manual": "on", "times": "2",
}  # fmt: skip


def _digest(text: str) -> str:
    found = re.search(r'name="expected" value="([0-9a-f]{64})"', text)
    assert found
    return found[1]


def test_a_reason_is_seen_before_it_is_published(visit: Visit) -> None:
    visitor, path = visit("administrator1"), "/quan-tri/quy-tac/ly-do/moi"
    visitor.get(path)
    unseen = visitor.post(path, REASON, act="publish", expected="")
    assert unseen.status_code == 422
    seen = visitor.post(path, REASON, act="preview", expected="")
    assert "10 ngày làm việc" in seen.text
    expected = _digest(seen.text)
    form = {**REASON, "reason": "16/QĐ-UBND", "expected": expected}
    groundless = visitor.post(path, {**form, "reason": " "}, act="publish")
    assert groundless.status_code == 422
    assert "Hãy ghi căn cứ" in groundless.text
    assert visitor.post(path, form, act="publish").status_code == 303
    assert "Chờ giám định" in visitor.get("/quan-tri/quy-tac").text
    assert "16/QĐ-UBND" in visitor.get("/quan-tri/quy-tac/lich-su").text
    assert "Chờ giám định" not in visit("administrator2").get("/quan-tri/quy-tac").text
    late = visitor.post("/quan-tri/quy-tac/ly-do/khac", {**form, "act": "publish"})
    assert late.status_code == 422
    assert "vừa được người khác thay" in late.text


def test_a_reason_of_ones_own_is_taken_out_again(visit: Visit) -> None:
    visitor, path = visit("administrator1"), "/quan-tri/quy-tac/ly-do/moi"
    visitor.get(path)
    expected = _digest(visitor.post(path, REASON, act="preview").text)
    visitor.post(path, {**REASON, "expected": expected, "reason": "1/QĐ"}, act="publish")
    own = "/quan-tri/quy-tac/ly-do/cho_giam_dinh"
    assert "Bỏ lý do này" in visitor.get(own).text
    assert "Bỏ lý do này" not in visitor.get("/quan-tri/quy-tac/ly-do/bo_sung_ho_so").text
    expected = _digest(visitor.post(own, REASON, act="remove").text)
    form = {**REASON, "expected": expected, "reason": "2/QĐ"}
    gone = visitor.post(own, form, act="publish-remove")
    assert gone.status_code == 303
    assert visitor.get(own).status_code == 422


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"code": "Có dấu"},
        {"code": "khac"},
        {"code": "moi"},
        {"policy": "KING"},
        {"policy": "EXTEND"},
        {"limit_amount": "-1"},
        {"limit_amount": "ba"},
        {"times": "0"},
        {"times": "²"},
        {"approvers": "king"},
        {"status": "new"},
    ],
)
def test_reasons_that_make_no_sense(visit: Visit, change: dict[str, str]) -> None:
    visitor, path = visit("administrator1"), "/quan-tri/quy-tac/ly-do/moi"
    visitor.get(path)
    answer = visitor.post(path, {**REASON, **change}, act="preview")
    assert answer.status_code == 422
    assert "Chưa gửi được" in answer.text


def test_warnings_are_changed(visit: Visit) -> None:
    visitor, path = visit("administrator1"), "/quan-tri/quy-tac/canh-bao"
    page = visitor.get(path).text
    assert 'name="dossier_0_amount" value="80"' in page
    form = {
        "dossier_0_amount": "50", "dossier_0_unit": "%", "dossier_1_amount": "4",
        "dossier_1_unit": "hours", "unassigned_after": "2", "intake_after": "8",
        "overdue_unit_head": "0", "overdue_until": "on",
    }  # fmt: skip
    seen = visitor.post(path, form, act="preview")
    assert "đã dùng 50% thời hạn, còn 4 giờ làm việc" in seen.text
    expected = _digest(seen.text)
    form |= {"expected": expected, "reason": "17/QĐ-UBND"}
    assert visitor.post(path, form, act="publish").status_code == 303
    again = visitor.get(path).text
    assert 'name="dossier_1_amount" value="4"' in again
    assert 'name="overdue_unit_head" value="0"' in again
    wrong = visitor.post(path, {**form, "dossier_0_amount": "120"}, act="preview")
    assert wrong.status_code == 422


def test_an_outage_is_recorded_and_ended(visit: Visit) -> None:
    visitor, path = visit("administrator1"), "/quan-tri/gian-doan"
    visitor.get(path)
    form = {"agency": COMMUNE_1, "system": "Hệ thống hộ tịch", "description": "Treo",
            "evidence": "12/TB", "started_at": "2026-07-06T07:00"}  # fmt: skip
    assert visitor.post(path, {**form, "started_at": "2027-01-01T07:00"}).status_code == 422
    assert visitor.post(path, {**form, "agency": COMMUNE_2}).status_code == 422
    assert visitor.post(path, form).status_code == 303
    assert "Đang gián đoạn" in visitor.get(path).text
    other = visit("administrator2")
    assert "Đã hoạt động lại" not in other.get(path).text
    assert visitor.post(f"{path}/1/xong").status_code == 303
    assert "Đang gián đoạn" not in visitor.get(path).text


def test_somebody_stands_in(visit: Visit, office: Office) -> None:
    visitor, path = visit("administrator1"), f"/quan-tri/nguoi/{office.actor('office1').id}"
    page = visitor.get(f"{path}/lam-thay").text
    assert "Người dùng second_office1" in page
    form = {"substitute": str(office.actor("second_office1").id), "first_day": "2026-07-06",
            "last_day": "2026-07-10", "reason": "nghỉ phép"}  # fmt: skip
    assert visitor.post(f"{path}/lam-thay", {**form, "last_day": "2026-07-01"}).status_code == 422
    assert visitor.post(f"{path}/lam-thay", form).status_code == 303
    shown = visitor.get(path).text
    assert "đang làm thay" in shown
    found = re.search(r'action="([^"]+/lam-thay/\d+)"', shown)
    assert found
    assert visitor.post(found[1]).status_code == 303
    assert "đang làm thay" not in visitor.get(path).text


def test_what_failed_is_tried_again(visit: Visit, lives: Lives) -> None:
    code, kind, place = fail_timer(lives.office.database, lives.accepted().code)
    visitor, path = visit("administrator1"), "/quan-tri/su-co"
    assert code in visitor.get(path).text
    assert code not in visit("administrator2").get(path).text
    assert visitor.post(f"{path}/hen-gio/{code}/{kind}/{place}").status_code == 303
    assert code not in visitor.get(path).text
    assert visitor.post(f"{path}/hen-gio").status_code == 303


def test_a_lost_browser_is_signed_out(visit: Visit, office: Office) -> None:
    lost, visitor = visit("office1"), visit("administrator1")
    path = f"/quan-tri/nguoi/{office.actor('office1').id}"
    assert lost.get("/tai-khoan").status_code == 200
    found = re.search(r'action="([^"]+/phien/[0-9a-f]{64})"', visitor.get(path).text)
    assert found
    other = visit("administrator2")
    other.get("/quan-tri")
    other.post(found[1])
    assert lost.get("/tai-khoan").status_code == 200
    assert visitor.post(found[1]).status_code == 303
    assert lost.get("/tai-khoan").status_code == 303
    token = re.search(r'action="([^"]+/ma-truy-cap/[0-9a-f]{64})"', visitor.get(path).text)
    assert token
    assert visitor.post(token[1]).status_code == 303
    assert "/ma-truy-cap/" not in visitor.get(path).text
