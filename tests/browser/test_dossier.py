"""A dossier and its tasks in a browser."""

from playwright.sync_api import Page, expect

from engine.commands.acting import Target
from engine.commands.submission import SubmitDossier, submit_dossier
from engine.commands.tasks import CompleteTask, complete_task
from engine.model.dossier import Dossier
from engine.model.status import Channel
from tests.browser.house import House
from tests.browser.watched import check, shot, sign_in
from tests.office import COMMUNE_1
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
    return _completed(house, _land(house), "digitise", "reception1")


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
    expect(page.get_by_label("Lý do")).to_be_focused()
    check(page)
    shot(page, "task-errors")


def test_a_task_is_done_by_keyboard_alone(desk: Page, house: House) -> None:
    dossier = _land(house)
    sign_in(desk, "reception1")
    _open(desk, dossier, f"/viec/{next(iter(dossier.tasks))}")
    for label, text in (
        ("Số thành phần đã số hóa", "3"),
        ("Số thành phần khai thác lại", "1"),
        ("Số trang đã quét", "7"),
        ("Nơi lưu", "Tủ 02"),
    ):
        desk.get_by_label(label, exact=False).first.focus()
        desk.keyboard.type(text)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("alert")).to_be_focused()
