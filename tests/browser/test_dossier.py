"""A dossier and its tasks in a browser."""

import re

from playwright.sync_api import Page, expect

from engine.commands.acting import Target
from engine.commands.documents import AddDocument, add_document
from engine.commands.submission import SubmitDossier, submit_dossier
from engine.commands.tasks import CompleteTask, complete_task
from engine.model.document import DocumentKind, FileFacts, Origin
from engine.model.dossier import Dossier
from engine.model.status import Channel
from tests.browser.house import House
from tests.browser.watched import check, shot, sign_in, sign_out
from tests.office import COMMUNE_1
from tests.papers import paper, pdf
from tests.samples import answer, application, shipped

LAND = shipped("1_013978")
LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Phước Hoàng Thị Thiên Hương Diễm Quỳnh"


def _land(house: House) -> Dossier:
    """A land registration received at the counter; its papers have to be digitised."""
    command = SubmitDossier(
        procedure=LAND.facts.code,
        channel=Channel.DIRECT,
        receiving_agency=COMMUNE_1,
        owner={"name": LONG_NAME, "personal_id": "042090001234", "phone": "0912345678",
               "address": "Xóm 5, xã Giai Xuân, tỉnh Nghệ An"},
        application=application(LAND),
        components=({"code": "application_form", "originals": 1, "copies": 0},),
        intake=answer(LAND, "check_papers"),
    )  # fmt: skip
    return house.lives.act(submit_dossier, command, "reception1")


def _appraising(house: House) -> Dossier:
    """The specialist has to appraise."""
    return _completed(house, _filed(house, _land(house)), "digitise", "reception1")


def _filed(house: House, dossier: Dossier) -> Dossier:
    """Its application form is a file now."""
    stored = house.files.put(pdf(paper(resolution=40)))
    file = FileFacts(stored.digest, stored.size, 1, "application/pdf")
    target, kind = Target(dossier.code), DocumentKind.COMPONENT
    command = AddDocument(target, kind, file, Origin.UPLOADED, "application_form")
    return house.lives.act(lambda *given: add_document(*given)[0], command, "reception1")


def _completed(house: House, dossier: Dossier, step: str, by: str) -> Dossier:
    place = next(iter(dossier.tasks))
    command = CompleteTask(Target(dossier.code), place, answer(LAND, step))
    return house.lives.act(complete_task, command, by)


def _open(page: Page, dossier: Dossier, path: str = "") -> None:
    page.goto(f"/ho-so/{dossier.code}{path}")


def test_every_tab(page: Page, house: House) -> None:
    dossier = _appraising(house)
    sign_in(page, "economy1")
    _open(page, dossier)
    page.locator("figure").first.scroll_into_view_if_needed()
    expect(page.locator("figure[data-drawn]").first).to_be_visible()
    check(page)
    shot(page, "dossier")
    for name in ("Giấy tờ", "Phí, lệ phí", "Thời hạn", "Lịch sử"):
        page.get_by_role("navigation", name="Các phần của hồ sơ").get_by_text(name).click()
        expect(page.get_by_role("heading", name=LONG_NAME)).to_be_visible()
        check(page)
        shot(page, f"dossier-{name}")


def test_a_draft_survives_a_reload_and_errors_keep_what_was_typed(page: Page, house: House) -> None:
    dossier = _appraising(house)
    place = next(iter(dossier.tasks))
    sign_in(page, "economy1")
    _open(page, dossier, f"/viec/{place}")
    expect(page.get_by_label("Căn cứ pháp lý để từ chối")).to_be_hidden()
    page.get_by_label("Yêu cầu bổ sung").check()
    expect(page.get_by_label("Giấy tờ, nội dung cần bổ sung")).to_be_visible()
    expect(page.get_by_role("button", name="Hoàn thành: Yêu cầu bổ sung")).to_be_visible()
    page.get_by_label("Kết quả thẩm tra").fill("Thửa đất sử dụng ổn định")
    expect(page.get_by_text("Đã lưu nháp")).to_be_visible()
    check(page)
    shot(page, "task")
    page.reload()
    expect(page.get_by_text("Đã mở lại bản nháp")).to_be_visible()
    expect(page.get_by_label("Kết quả thẩm tra")).to_have_value("Thửa đất sử dụng ổn định")
    expect(page.get_by_label("Yêu cầu bổ sung")).to_be_checked()
    page.get_by_role("button", name="Hoàn thành: Yêu cầu bổ sung").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Kết quả thẩm tra")).to_have_value("Thửa đất sử dụng ổn định")
    page.get_by_role("alert").get_by_role("link", name="Lý do").click()
    expect(page.get_by_role("textbox", name="Lý do", exact=True)).to_be_focused()
    check(page)
    shot(page, "task-errors")


def test_a_task_is_done_by_keyboard_alone(desk: Page, house: House) -> None:
    dossier = _filed(house, _land(house))
    sign_in(desk, "reception1")
    _open(desk, dossier, f"/viec/{next(iter(dossier.tasks))}")
    desk.get_by_role("radio", name="Có").focus()
    desk.keyboard.press("Space")
    desk.get_by_label("Nơi lưu bản giấy").focus()
    desk.keyboard.type("Tủ 02, hộp 14")
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(r"/viec(\?.*)?$"))


def test_pause_and_resume(page: Page, house: House) -> None:
    dossier = _appraising(house)
    sign_in(page, "economy1")
    _open(page, dossier)
    page.get_by_role("link", name="Tạm dừng hồ sơ", exact=True).click()
    page.get_by_label("Lấy ý kiến cơ quan phối hợp").check()
    page.get_by_role("button", name="Tạm dừng hồ sơ").click()
    expect(page.get_by_role("alert")).to_contain_text("phải có căn cứ")
    expect(page.get_by_label("Lấy ý kiến cơ quan phối hợp")).to_be_checked()
    check(page)
    shot(page, "pause")
    page.get_by_label("Căn cứ: số văn bản").fill("15/CV-UBND")
    page.get_by_role("button", name="Tạm dừng hồ sơ").click()
    expect(page.get_by_text("Hồ sơ đã tạm dừng.")).to_be_visible()
    expect(page.get_by_text("Đang tạm dừng")).to_be_visible()
    check(page)
    shot(page, "dossier-paused")
    page.get_by_role("link", name="Cho hồ sơ tiếp tục").click()
    page.get_by_role("button", name="Cho tiếp tục").click()
    expect(page.get_by_text("Hồ sơ đã tiếp tục.")).to_be_visible()


def test_supplement_and_return(page: Page, house: House) -> None:
    dossier = house.lives.accepted()
    sign_in(page, "office1")
    _open(page, dossier)
    page.get_by_role("link", name="Việc appraise").first.click()
    page.get_by_label("Bổ sung").check()
    page.get_by_role("button", name="Hoàn thành: Bổ sung").click()
    expect(page).to_have_url(re.compile(r"/viec(\?.*)?$"))
    sign_out(page)
    sign_in(page, "reception1")
    _open(page, dossier)
    page.get_by_role("link", name="Tiếp nhận giấy tờ bổ sung").click()
    check(page)
    page.get_by_role("button", name="Tiếp nhận bổ sung").click()
    expect(page.get_by_text("Đã tiếp nhận giấy tờ bổ sung.")).to_be_visible()
    sign_out(page)
    dossier = house.lives.complete(house.lives.now(dossier), "office1", decision="approve")
    sign_in(page, "leader1")
    _open(page, dossier, f"/viec/{next(iter(dossier.tasks))}")
    page.get_by_label("Trả lại").check()
    page.get_by_role("button", name="Hoàn thành: Trả lại").click()
    expect(page).to_have_url(re.compile(r"/viec(\?.*)?$"))
    _open(page, dossier, "/lich-su")
    expect(page.get_by_text("Hoàn thành việc: Việc sign – Trả lại")).to_be_visible()
