"""Every letter of a real procedure, read as text: all that the law wants on it is there."""

from datetime import date
from typing import Any

import pytest

from engine.commands.lateness import ExtendDueDate, extend_due_date
from engine.model.status import Channel
from engine.printing.wording import day
from engine.verification import verify_dossier
from tests.api.client import Caller, json_of, problem_of
from tests.api.test_letters import letters, read
from tests.clock import FakeClock
from tests.office import Office
from tests.processes.walker import Walker
from tests.reading import text_of
from tests.samples import shipped

LAND = shipped("1_013978")


@pytest.fixture
def walker(office: Office, clock: FakeClock) -> Walker:
    """Walks with a registration of land."""
    return Walker(office, clock, LAND)


def last(call: Caller, walker: Walker) -> tuple[dict[str, Any], str]:
    """The letter that was issued last, and what it says."""
    letter = letters(call, walker.dossier.code)[-1]
    with walker.office.database.reading() as tx:
        assert verify_dossier(tx, walker.dossier.code) is None
    return letter, read(call, walker.dossier.code, letter)


def holds(said: str, *parts: str) -> None:
    """Assert that a letter says all of this."""
    flat = said.replace("\u200b", "")
    assert [part for part in parts if part not in flat] == []


def test_a_supplement_request(call: Caller, walker: Walker) -> None:
    walker.walk(Channel.DIRECT, {}, "check_papers=supplement")
    letter, said = last(call, walker)
    assert (letter["form_number"], letter["number"]) == ("02", "01/HDHS")
    form = walker.form("check_papers=supplement")
    holds(
        said, "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "Nguyễn Văn Bình", form["reason"],
        form["supplement_items"], "Người dùng reception1", "Đề nghị bổ sung trước", "Mẫu số 02",
        walker.dossier.code,
    )  # fmt: skip


def test_a_refusal_to_receive(call: Caller, walker: Walker) -> None:
    walker.walk(Channel.DIRECT, {}, "check_papers=refuse")
    letter, said = last(call, walker)
    assert (letter["form_number"], letter["to_be_signed"]) == ("03", True)
    form = walker.form("check_papers=refuse")
    holds(said, "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ", form["reason"], "08 giờ 00 phút")


def test_an_apology_with_a_new_date(call: Caller, walker: Walker, clock: FakeClock) -> None:
    walker.walk(Channel.DIRECT, {}, "check_papers=accept")
    command = ExtendDueDate(
        walker.target, date(2026, 8, 14), "co_quan_phoi_hop", "Chờ kết quả xác minh nguồn gốc đất"
    )
    due = walker.dossier.due_at
    assert due
    clock.advance(days=1)
    walker.do(extend_due_date, command, walker.someone("leader1"))
    letter, said = last(call, walker)
    assert (letter["form_number"], letter["number"]) == ("04", "01/PXL")
    holds(
        said, "V/v xin lỗi", "Kính gửi: Nguyễn Văn Bình", "Cơ quan phối hợp trả lời chậm",
        "Chờ kết quả xác minh nguồn gốc đất", day(due.isoformat()),
        "17 giờ 00 phút, ngày 14 tháng 8 năm 2026", "Phòng Kinh tế", "Người dùng leader1",
        "TM. ỦY BAN NHÂN DÂN", "Nơi nhận", "Mẫu số 04",
    )  # fmt: skip
    assert len(letters(call, walker.dossier.code)) == 2


def test_a_notice_that_processing_stops(call: Caller, walker: Walker) -> None:
    walker.walk(Channel.DIRECT, {}, "check_papers=accept +withdrawal return_papers")
    letter, said = last(call, walker)
    assert (letter["form_number"], letter["title"]) == ("05", "Thông báo dừng giải quyết hồ sơ")
    holds(said, "THÔNG BÁO", "Dừng giải quyết hồ sơ", "ông (bà) đề nghị dừng", "Nghĩa vụ tài chính")


def test_stopped_by_the_agency(call: Caller, walker: Walker) -> None:
    way = "check_papers=accept +discontinuation issue_discontinuation"
    walker.walk(Channel.DIRECT, {}, way)
    _letter, said = last(call, walker)
    form = walker.form("issue_discontinuation")
    holds(said, form["reason"], form["legal_ground"], "TM. ỦY BAN NHÂN DÂN", "Người dùng leader1")


def test_withdrawn_before_receipt_nothing_is_stopped(call: Caller, walker: Walker) -> None:
    walker.walk(Channel.ONLINE, {}, "+withdrawal return_papers")
    assert letters(call, walker.dossier.code) == []


def test_the_control_slip(call: Caller, walker: Walker) -> None:
    walker.walk(Channel.DIRECT, {}, "check_papers=accept")
    path = f"/dossiers/{walker.dossier.code}/control-slip"
    said = text_of(call.get("office1", path).data)
    holds(
        said, "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", "Mẫu số 06", "1. Người nộp hồ sơ",
        "Đúng hạn", "Kiểm tra, tiếp nhận hồ sơ", "Số hóa thành phần hồ sơ",
    )  # fmt: skip
    problem_of(call.get("portal", path), 404)


def test_a_refusal_becomes_a_document_to_be_signed_once(call: Caller, walker: Walker) -> None:
    walker.walk(Channel.DIRECT, {}, "check_papers=refuse")
    (letter,) = letters(call, walker.dossier.code)
    path = f"/dossiers/{walker.dossier.code}/letters/{letter['seq']}"
    document = json_of(call.post("reception1", f"{path}/document"), 201)
    assert (document["kind"], document["number"]) == ("letter", 1)
    (letter,) = letters(call, walker.dossier.code)
    assert (letter["document"], letter["signed"]) == (1, False)
    problem_of(call.post("leader1", f"{path}/document"), 409, "letter_filed_already")
    with walker.office.database.reading() as tx:
        assert verify_dossier(tx, walker.dossier.code) is None


def test_a_slip_needs_no_signature_of_the_agency(call: Caller, walker: Walker) -> None:
    walker.walk(Channel.DIRECT, {}, "check_papers=accept")
    (letter,) = letters(call, walker.dossier.code)
    path = f"/dossiers/{walker.dossier.code}/letters/{letter['seq']}/document"
    problem_of(call.post("reception1", path), 409, "letter_not_signed")
