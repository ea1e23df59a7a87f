"""A commune's administrator changes the office: a person, a role, a unit, a day off, the log."""

from playwright.sync_api import Page, expect

from tests.api.lives import fail_timer
from tests.browser.house import House
from tests.browser.watched import check, shot, sign_in


def test_people_and_roles(page: Page, house: House) -> None:
    sign_in(page, "administrator1")
    page.goto("/quan-tri")
    check(page)
    shot(page, "admin")
    page.get_by_role("link", name="Người dùng", exact=True).first.click()
    check(page)
    shot(page, "admin-users")
    page.get_by_role("link", name="Thêm người").click()
    page.get_by_role("button", name="Tạo tài khoản").click()
    expect(page.get_by_role("alert")).to_be_focused()
    check(page)
    shot(page, "admin-new-user-refused")
    page.get_by_label("Họ và tên").fill("Công Tằng Tôn Nữ Thị Phương Thảo Nguyên")
    page.get_by_label("Tên đăng nhập").fill("thao.nguyen")
    page.get_by_label("Vai trò").select_option("specialist")
    page.get_by_label("Đơn vị").select_option("ECONOMY")
    page.get_by_role("button", name="Tạo tài khoản").click()
    expect(page.get_by_text("Đã tạo tài khoản.")).to_be_visible()
    check(page)
    shot(page, "admin-password")
    page.get_by_role("link", name="Đã ghi lại").click()
    page.get_by_text("Cấp thêm vai trò").click()
    page.get_by_role("combobox", name="Vai trò").select_option("unit_head")
    page.get_by_role("button", name="Cấp vai trò").click()
    expect(page.get_by_text("Đã cấp vai trò.")).to_be_visible()
    check(page)
    shot(page, "admin-person")
    page.get_by_role("link", name="Bỏ vai trò Chuyên viên").click()
    check(page)
    page.get_by_role("button", name="Bỏ vai trò").click()
    expect(page.get_by_text("Đã bỏ vai trò.")).to_be_visible()


def test_whoever_leaves_hands_over(page: Page, house: House) -> None:
    code = house.lives.claimed().code
    sign_in(page, "administrator1")
    page.goto(f"/quan-tri/nguoi/{house.office.actor('office1').id}")
    page.get_by_role("link", name="Ngừng hoạt động").click()
    expect(page.get_by_text(code)).to_be_visible()
    check(page)
    shot(page, "admin-leaving")
    page.get_by_label("Các việc này về đâu?").select_option(
        label="Giao cho Người dùng second_office1"
    )
    page.get_by_role("button", name="Ngừng hoạt động").click()
    expect(page.get_by_text("Đã ngừng hoạt động tài khoản.")).to_be_visible()


def test_units(page: Page, house: House) -> None:
    sign_in(page, "administrator1")
    page.goto("/quan-tri/don-vi")
    page.get_by_text("Thêm đơn vị").first.click()
    page.get_by_label("Tên đơn vị").fill("Phòng Đất đai")
    page.get_by_label("Mã đơn vị").fill("LAND")
    page.get_by_role("button", name="Thêm đơn vị").click()
    expect(page.get_by_text("Đã thêm đơn vị.")).to_be_visible()
    check(page)
    shot(page, "admin-units")
    page.get_by_role("link", name="Đóng Phòng Đất đai").click()
    check(page)
    shot(page, "admin-close-unit")
    page.get_by_role("button", name="Đóng đơn vị").click()
    expect(page.get_by_text("Đã đóng từ")).to_be_visible()
    page.get_by_role("link", name="Đóng Phòng Kinh tế").click()
    page.get_by_role("button", name="Đóng đơn vị").click()
    expect(page.get_by_role("alert")).to_contain_text("còn 1 người có vai trò")
    check(page)


def test_a_day_off_is_announced(page: Page, house: House) -> None:
    house.lives.accepted()
    sign_in(page, "administrator1")
    page.goto("/quan-tri/lich")
    check(page)
    shot(page, "admin-calendar")
    page.get_by_role("link", name="Công bố ngày nghỉ, làm bù").click()
    page.get_by_label("Từ ngày").fill("2026-07-08")
    page.get_by_label("Lý do").fill("Hội làng Mai Lâm")
    page.get_by_label("Theo văn bản").fill("15/QĐ-UBND ngày 05/07/2026")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("1 hồ sơ đang giải quyết có thể đổi hạn trả")).to_be_visible()
    check(page)
    shot(page, "admin-announce")
    page.get_by_role("button", name="Công bố").click()
    expect(page.get_by_text("Đã công bố.")).to_be_visible()
    page.goto("/quan-tri/so-thay-doi")
    expect(page.get_by_text("Công bố lịch làm việc").last).to_be_visible()
    expect(page.get_by_text("15/QĐ-UBND ngày 05/07/2026")).to_be_visible()
    check(page)
    shot(page, "admin-log")


def test_a_pause_reason_is_changed(page: Page, house: House) -> None:
    sign_in(page, "administrator1")
    page.goto("/quan-tri/quy-tac")
    check(page)
    shot(page, "admin-rulebook")
    page.get_by_role("link", name="Kiểm tra thực tế, đo đạc").click()
    page.get_by_label("Dừng lâu nhất: bao nhiêu").fill("20")
    page.get_by_label("Số lần nhiều nhất trong một hồ sơ").fill("3")
    page.get_by_label("Phải nêu căn cứ").check()
    page.get_by_label("Lãnh đạo").check()
    page.get_by_role("button", name="Xem thay đổi").click()
    expect(page.get_by_text("20 ngày làm việc", exact=True)).to_be_visible()
    page.get_by_label("Căn cứ", exact=True).fill("Quyết định 16/QĐ-UBND ngày 06/07/2026")
    check(page)
    shot(page, "admin-reason")
    page.get_by_role("button", name="Ban hành").click()
    expect(page.get_by_text("Đã ban hành.")).to_be_visible()
    page.goto("/quan-tri/quy-tac/lich-su")
    expect(page.get_by_text("Quyết định 16/QĐ-UBND")).to_be_visible()
    check(page)
    shot(page, "admin-history")
    page.goto("/quan-tri/quy-tac/canh-bao")
    check(page)
    shot(page, "admin-warnings")


def test_what_went_wrong(page: Page, house: House) -> None:
    fail_timer(house.database, house.lives.accepted().code)
    house.lives.outage()
    sign_in(page, "administrator1")
    page.goto("/quan-tri/gian-doan")
    page.get_by_text("Ghi một lần gián đoạn").click()
    check(page)
    shot(page, "admin-outages")
    page.goto("/quan-tri/su-co")
    check(page)
    shot(page, "admin-trouble")
    page.goto(f"/quan-tri/nguoi/{house.office.actor('office1').id}/lam-thay")
    check(page)
    shot(page, "admin-leave")
