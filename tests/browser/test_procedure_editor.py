"""A draft is drawn, its table edited, a test dossier walked through it; nobody loses work."""

from playwright.sync_api import Page, expect

from engine.commands.procedure_drafts import OpenDraft, SaveFiles, open_draft, save_files
from tests.browser.house import House
from tests.browser.watched import check, shot, sign_in

BIRTH = "1.001193"
LAND = "1.013978"


def drafted(house: House, procedure: str = BIRTH) -> str:
    """The address of a new draft."""
    with house.database.transaction() as tx:
        by = house.office.actor("administrator")
        number = open_draft(tx, OpenDraft(procedure), by, house.clock())
    return f"/quan-tri/ban-thao/{number}"


def opened(page: Page, address: str) -> None:
    """A desk that is ready to work at."""
    page.goto(address)
    page.wait_for_selector("[data-ready]")


def test_a_step_is_drawn_given_its_properties_and_saved(desk: Page, house: House) -> None:
    at = drafted(house)
    sign_in(desk, "administrator")
    opened(desk, f"{at}/ve")
    expect(desk.get_by_text("Không có lỗi")).to_be_visible()
    desk.locator('.djs-palette [data-action="create.user-task"]').click()
    canvas = desk.locator("[data-canvas]").bounding_box()
    assert canvas
    desk.mouse.move(canvas["x"] + 300, canvas["y"] + 300)
    desk.mouse.click(canvas["x"] + 320, canvas["y"] + 300)
    desk.keyboard.press("Escape")
    desk.get_by_label("Tên, như cán bộ vẫn gọi").fill("Kiểm tra thực địa")
    desk.keyboard.press("Tab")
    desk.get_by_label("Công đoạn", exact=True).select_option("processing")
    desk.get_by_label("Bao nhiêu").first.fill("2")
    desk.get_by_label("Đơn vị thời gian").first.select_option("hours")
    desk.get_by_label("Biểu mẫu", exact=True).select_option("appraise.json")
    expect(desk.get_by_label("Mã", exact=True)).to_have_value("kiem_tra_thuc_dia")
    finding = desk.get_by_role("button", name="Không có đường nào dẫn tới phần tử này")
    expect(finding).to_be_visible()
    expect(desk.locator(".finding-mark")).to_have_count(1)
    shot(desk, "procedure-editor-finding")
    check(desk)
    desk.keyboard.press("Escape")
    finding.focus()
    desk.keyboard.press("Enter")
    desk.locator('.djs-context-pad [data-action="delete"]').click()
    expect(desk.get_by_text("Không có lỗi")).to_be_visible()
    desk.get_by_role("button", name="Hoàn tác").click()
    expect(finding).to_be_visible()
    desk.get_by_role("button", name="Lưu", exact=True).click()
    expect(desk.locator("[data-status]")).to_have_text("Đã lưu")
    opened(desk, f"{at}/ve")
    desk.get_by_label("Phần tử đang chọn").select_option("kiem_tra_thuc_dia")
    expect(desk.get_by_label("Công đoạn", exact=True)).to_have_value("processing")
    expect(desk.get_by_label("Bao nhiêu").first).to_have_value("2")


def test_whoever_saves_late_is_told_and_loses_nothing(desk: Page, house: House) -> None:
    at = drafted(house)
    sign_in(desk, "administrator")
    opened(desk, f"{at}/ve")
    desk.get_by_label("Phần tử đang chọn").select_option("appraise")
    desk.get_by_label("Tên, như cán bộ vẫn gọi").fill("Thẩm tra kỹ")
    with house.database.transaction() as tx:
        other = house.office.actor("control")
        number = int(at.rpartition("/")[2])
        save_files(tx, SaveFiles(number, {"forms/x.json": "{}"}), other, house.clock())
    desk.keyboard.press("Control+S")
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text("Người dùng control đã lưu lúc")
    check(desk)
    shot(desk, "procedure-editor-stale")
    with desk.expect_download() as kept:
        dialog.get_by_role("button", name="Tải bản của tôi về").click()
    assert "Thẩm tra kỹ" in kept.value.path().read_text(encoding="utf-8")
    dialog.get_by_role("button", name="Vẽ tiếp").click()
    expect(desk.get_by_label("Tên, như cán bộ vẫn gọi")).to_have_value("Thẩm tra kỹ")


def test_a_table_is_edited_and_its_gap_is_shown_at_its_row(desk: Page, house: House) -> None:
    at = drafted(house, LAND)
    sign_in(desk, "administrator")
    opened(desk, f"{at}/bang/time_limit")
    expect(desk.get_by_text("Không có lỗi")).to_be_visible()
    cell = desk.locator(".tjs-table tbody td.input-cell [contenteditable]").first
    cell.fill("True")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("button", name="Dòng 1 và dòng 2 cùng đúng")).to_be_visible()
    check(desk)
    shot(desk, "procedure-table")
    cell.fill("Fals")
    desk.keyboard.press("Tab")
    wrong = desk.get_by_role("button", name="không có bước nào như vậy")
    expect(wrong).to_be_visible()
    expect(desk.locator(".row-error")).to_have_count(1)
    cell.fill("False")
    desk.keyboard.press("Tab")
    expect(desk.get_by_text("Không có lỗi")).to_be_visible()
    desk.get_by_role("button", name="Lưu", exact=True).click()
    expect(desk.locator("[data-status]")).to_have_text("Đã lưu")
    desk.get_by_text("Đọc bảng đã lưu").click()
    expect(desk.get_by_role("region").get_by_role("cell", name="17 working_days")).to_be_visible()


def test_a_test_dossier_is_walked_to_its_result(desk: Page, house: House) -> None:
    at = drafted(house)
    sign_in(desk, "administrator")
    desk.goto(f"{at}/thu")
    check(desk)
    shot(desk, "procedure-trial-begin")
    desk.get_by_role("button", name="Nộp hồ sơ thử").last.click()
    complete(desk, "Kiểm tra, tiếp nhận hồ sơ", "Tiếp nhận")
    desk.get_by_role("button", name="+ 1 ngày").click()
    expect(desk.get_by_text("quá hạn").first).to_be_visible()
    desk.get_by_role("button", name="Lùi một bước").click()
    complete(desk, "Số hóa thành phần hồ sơ")
    complete(desk, "Thẩm tra, tra cứu dữ liệu hộ tịch", "Đạt")
    desk.wait_for_selector("[data-drawn]")
    check(desk)
    shot(desk, "procedure-trial")
    desk.get_by_role("button", name="Nộp đủ tiền tại quầy").click()
    complete(desk, "Ghi sổ hộ tịch, dự thảo giấy khai sinh")
    complete(desk, "Ký số kết quả", "Ký duyệt")
    complete(desk, "Cấp số, đóng dấu số")
    complete(desk, "Trả kết quả")
    expect(desk.get_by_text("Đã trả kết quả").first).to_be_visible()
    expect(desk.get_by_text("Hồ sơ THU-0001 đã được tiếp nhận")).to_be_visible()
    desk.get_by_role("button", name="Đi mọi đường").click()
    expect(desk.get_by_text("Bước nào, nhánh nào cũng có lượt đi tới.")).to_be_visible()
    shot(desk, "procedure-trial-delivered")


def complete(desk: Page, step: str, decision: str | None = None) -> None:
    """Hand in the task at hand with the answers that are there."""
    if decision:
        desk.get_by_label(decision, exact=True).check()
    desk.get_by_role("button", name=f"Hoàn thành: {step}").click()
