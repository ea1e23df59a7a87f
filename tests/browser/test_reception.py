"""An officer who never saw it receives a birth registration, by keyboard and scanner alone."""

from playwright.sync_api import Page, expect

from tests.browser.counter import FATHER, MOTHER, begin, choose, declare, go_on, scan, type_into
from tests.browser.house import House
from tests.browser.watched import check, shot, sign_in
from tests.office import COMMUNE_2


def test_a_birth_registration_from_nothing_to_the_slip(page: Page) -> None:
    sign_in(page, "reception1")
    page.goto("/tiep-nhan")
    expect(page.get_by_role("searchbox", name="Tên, lĩnh vực hoặc mã thủ tục")).to_be_focused()
    page.keyboard.type("sinh khai")
    expect(page.get_by_role("button", name="Thủ tục đăng ký khai sinh")).to_be_visible()
    check(page)
    shot(page, "reception-1-find")
    go_on(page)
    expect(page.get_by_label("Quét mã QR trên thẻ căn cước của người nộp")).to_be_focused()
    check(page)
    shot(page, "reception-2-applicant-empty")
    scan(page, MOTHER)
    expect(page.locator("[name='submitter.name']")).to_have_value("Trần Thị Hà")
    expect(page.locator("[name='submitter.phone']")).to_be_focused()
    page.keyboard.type("0912345678")
    check(page)
    shot(page, "reception-2-applicant")
    go_on(page)
    page.get_by_label("Giấy chứng sinh").first.focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("Đủ giấy tờ phải có.")).to_be_visible()
    check(page)
    shot(page, "reception-3-papers")
    page.keyboard.press("Enter")
    page.wait_for_url("**/to-khai")
    declare(page)
    check(page)
    shot(page, "reception-4-declaration")
    go_on(page)
    expect(page.get_by_text("06/07/2026 17:00").first).to_be_visible()
    choose(page, "Đã xác thực danh tính người nộp", "Có")
    check(page)
    shot(page, "reception-5-decision")
    button = page.get_by_role("button", name="Tiếp nhận và in giấy hẹn")
    button.focus()
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Giấy tiếp nhận hồ sơ")
    expect(page.get_by_role("button", name="In cả hai liên")).to_be_focused()
    check(page)
    shot(page, "reception-6-slip")
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 2, "one page for each copy"
    page.get_by_role("link", name="Tiếp nhận hồ sơ tiếp theo").focus()
    go_on(page)
    expect(page.get_by_role("button", name="Thủ tục đăng ký khai sinh")).to_be_visible()


def test_nothing_typed_is_lost(page: Page) -> None:
    sign_in(page, "reception1")
    page.goto("/tiep-nhan?tim=ho+kinh+doanh")
    page.get_by_role("button", name="Đăng ký thành lập hộ kinh doanh").click()
    with page.expect_response(lambda answer: answer.status == 204):
        type_into(page, "Họ, chữ đệm, tên", "Trần Thị Hà")
    page.goto("/tiep-nhan")
    shot(page, "reception-1-draft")
    check(page)
    page.get_by_role("link", name="Trần Thị Hà").click()
    expect(page.locator("[name='submitter.name']")).to_have_value("Trần Thị Hà")
    with page.expect_navigation():
        page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("alert")).to_be_focused()
    check(page)
    shot(page, "reception-2-applicant-refused")


def test_for_a_person_of_another_commune_with_priority(page: Page, house: House) -> None:
    sign_in(page, "reception1")
    page.goto("/tiep-nhan?tim=1.001612")
    begin(page)
    scan(page, FATHER)
    expect(page.locator("[name='submitter.phone']")).to_be_focused()
    page.keyboard.type("0912345678")
    page.get_by_text("Trường hợp riêng").click()
    page.locator("[name='case.priority.reason']").select_option("nguoi_cao_tuoi")
    page.get_by_label("Số thứ tự lấy ở máy").fill("A012")
    page.get_by_label("Cơ quan giải quyết").select_option(COMMUNE_2)
    shot(page, "reception-2-special")
    check(page)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Giấy đề nghị đăng ký hộ kinh doanh").first.check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url("**/to-khai")
    _trade(page)
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url("**/quyet-dinh")
    page.get_by_role("group", name="Đã xác thực danh tính").get_by_label("Có").check()
    shot(page, "reception-5-decision-elsewhere")
    page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()
    page.wait_for_url("**/phieu-hen/**")
    expect(page.get_by_role("img", name="Giấy tiếp nhận hồ sơ").first).to_be_visible()
    shot(page, "reception-6-slip-elsewhere")
    check(page)


def _trade(page: Page) -> None:
    fields = {
        "business_name": "Hộ kinh doanh Tạp hóa Bình", "business_address": "Thôn 3",
        "business_lines": "Bán lẻ hàng hóa tổng hợp", "main_line_code": "4711",
        "capital": "50.000.000", "start_on": "01082026", "workers": "2", "tax_address": "Thôn 3",
    }  # fmt: skip
    for name, text in fields.items():
        page.locator(f"[name='form.{name}']").fill(text)
    for group, answer in {
        "Tư cách người nộp": "Chủ hộ kinh doanh",
        "Chủ thể thành lập": "Cá nhân",
        "Phương pháp tính thuế": "Kê khai",
    }.items():
        page.get_by_role("group", name=group).get_by_label(answer, exact=True).check()
    for name in ("eligible", "truthful"):
        page.locator(f"[name='form.{name}']").check()


def test_a_supplement_at_the_counter(page: Page) -> None:
    sign_in(page, "reception1")
    page.goto("/tiep-nhan?tim=1.001612")
    begin(page)
    scan(page, MOTHER)
    page.get_by_label("cán bộ viết giúp").check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url("**/giay-to")
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url("**/to-khai")
    _trade(page)
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url("**/quyet-dinh")
    expect(page.get_by_label("Yêu cầu bổ sung", exact=True)).to_be_checked()
    page.get_by_role("group", name="Đã xác thực danh tính").get_by_label("Có").check()
    page.get_by_role("textbox", name="Lý do", exact=True).fill("Chưa nộp giấy đề nghị")
    shot(page, "reception-5-supplement")
    check(page)
    page.get_by_role("button", name="Yêu cầu bổ sung và in phiếu").click()
    page.wait_for_url("**/phieu-hen/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Phiếu yêu cầu bổ sung")
    shot(page, "reception-6-supplement")
    check(page)
