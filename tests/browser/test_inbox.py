"""The inbox in a real browser: by mouse, by finger, and by keyboard alone."""

from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from engine.commands.submission import SubmitDossier, submit_dossier
from engine.model.dossier import Dossier
from engine.model.status import Channel
from tests.browser.house import House
from tests.browser.watched import check, shot, sign_in
from tests.diagrams import CODE
from tests.office import COMMUNE_1

LONG = "Nguyễn Phước Hoàng Quỳnh Tôn Nữ Thị Diễm Phương Khánh Huyền"


def row(page: Page, dossier: Dossier) -> Locator:
    return page.locator(f"[data-task^='{dossier.code}']")


def named(house: House, name: str) -> Dossier:
    """A dossier that the counter has to check."""
    command = SubmitDossier(
        procedure=CODE,
        channel=Channel.ONLINE,
        receiving_agency=COMMUNE_1,
        owner={"name": name},
        application={"note": "Kính đề nghị"},
    )
    return house.lives.act(submit_dossier, command, "portal")


def test_signing_many(page: Page, house: House) -> None:
    dossiers = [house.lives.signing() for _ in range(3)]
    house.lives.late()
    sign_in(page, "leader1")
    page.goto("/viec")
    check(page)
    shot(page, "inbox")
    for dossier in dossiers[:2]:
        row(page, dossier).get_by_role("checkbox").check()
    expect(page.get_by_text("Đã chọn 2 việc")).to_be_visible()
    check(page)
    shot(page, "inbox-chosen")
    page.get_by_role("button", name="Ký, duyệt…").click()
    expect(page.get_by_role("heading", name="Không làm được (2)")).to_be_visible()
    check(page)
    shot(page, "inbox-bulk-late")
    page.get_by_label("Đồng ý").check()
    page.get_by_label("Nguyên nhân quá hạn").select_option("cham_xu_ly")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", name="Sẽ làm (2)")).to_be_visible()
    check(page)
    shot(page, "inbox-bulk")
    page.get_by_role("button", name="Đồng ý – 2 hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã làm 2 trong 2 việc")).to_be_focused()
    check(page)
    shot(page, "inbox-bulk-done")
    page.get_by_role("link", name="Quay lại danh sách").click()
    expect(row(page, dossiers[0])).to_have_count(0)
    expect(row(page, dossiers[2])).to_be_visible()


def test_by_keyboard_alone(page: Page, house: House) -> None:
    first, second = house.lives.accepted(), house.lives.accepted()
    sign_in(page, "office1")
    page.goto("/viec")
    press = page.keyboard.press
    press("j")
    expect(row(page, first).get_by_role("link").first).to_be_focused()
    press("j")
    expect(row(page, second).get_by_role("link").first).to_be_focused()
    press("k")
    press("?")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_visible()
    check(page)
    shot(page, "inbox-keys")
    press("Escape")
    press("c")
    expect(page.get_by_text("Đã nhận việc")).to_be_visible()
    expect(row(page, first)).to_have_count(0)
    expect(row(page, second).get_by_role("link").first).to_be_focused()
    check(page)
    shot(page, "inbox-claimed")
    page.get_by_role("button", name="Hoàn tác").press("Enter")
    expect(row(page, first)).to_be_visible()
    press("j")
    press("x")
    press("j")
    press("x")
    expect(page.get_by_text("Đã chọn 2 việc")).to_be_visible()
    press("c")
    page.get_by_role("button", name="Nhận 2 việc").press("Enter")
    expect(page.get_by_role("heading", name="Đã làm 2 trong 2 việc")).to_be_visible()
    page.get_by_role("link", name="Quay lại danh sách").press("Enter")
    page.get_by_role("link", name="Tôi đang giữ").press("Enter")
    expect(page.get_by_role("link", name="Tôi đang giữ")).to_have_attribute("aria-current", "page")
    press("j")
    press("a")
    page.get_by_label("Người nhận").select_option(label="Người dùng second_office1")
    check(page)
    shot(page, "inbox-hand")
    page.get_by_role("button", name="Giao việc").press("Enter")
    expect(page.get_by_text("cho Người dùng second_office1")).to_be_visible()


def test_keys_may_be_turned_off(desk: Page, house: House) -> None:
    dossier = house.lives.accepted()
    sign_in(desk, "office1")
    desk.goto("/viec")
    desk.get_by_role("button", name="Phím tắt").click()
    desk.get_by_label("Dùng phím tắt một chữ").uncheck()
    desk.get_by_role("button", name="Đóng").click()
    desk.keyboard.press("j")
    expect(row(desk, dossier).get_by_role("link").first).not_to_be_focused()


def test_a_long_list_keeps_its_place(page: Page, house: House) -> None:
    names = [LONG, *(f"Đặng Thị Bưởi {number}" for number in range(40))]
    dossiers = [named(house, name) for name in names]
    sign_in(page, "reception1")
    page.goto("/viec")
    expect(page.locator("[data-task]")).to_have_count(30)
    shot(page, "inbox-many")
    page.get_by_role("link", name="Xem thêm").click()
    expect(page.locator("[data-task]")).to_have_count(41)
    expect(row(page, dossiers[30]).get_by_role("link").first).to_be_focused()
    check(page)
    row(page, dossiers[2]).get_by_role("checkbox").check()
    page.get_by_role("link", name="Tôi đang giữ").click()
    page.go_back()
    expect(page.locator("[data-task]")).to_have_count(41)
    expect(row(page, dossiers[2]).get_by_role("checkbox")).to_be_checked()


def test_lists_of_ones_own(page: Page, house: House) -> None:
    house.lives.suspended()
    house.lives.accepted()
    sign_in(page, "office1")
    page.goto("/viec?view=unit")
    page.get_by_role("link", name="Tạm dừng", exact=True).click()
    expect(page.locator("[data-task]")).to_have_count(1)
    expect(page.get_by_text("tạm dừng:")).to_be_visible()
    page.get_by_text("Danh sách của tôi").click()
    page.get_by_label("Lưu cách lọc này với tên").fill("Đang chờ")
    check(page)
    shot(page, "inbox-save")
    page.get_by_role("button", name="Lưu danh sách").click()
    expect(page.get_by_text("Đã lưu danh sách «Đang chờ».")).to_be_visible()
    page.goto("/viec")
    page.get_by_role("link", name="Đang chờ").click()
    expect(page.locator("[data-task]")).to_have_count(1)
    page.goto("/viec?view=unit&stage=delivery")
    check(page)
    shot(page, "inbox-empty")


def test_search(page: Page, house: House) -> None:
    dossier = named(house, LONG)
    named(house, "Trần Thị Cúc")
    sign_in(page, "reception1")
    page.goto("/viec")
    page.keyboard.press("/")
    page.keyboard.type("ton nu thi")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=LONG)).to_be_visible()
    expect(page.get_by_text("Trần Thị Cúc")).to_have_count(0)
    check(page)
    shot(page, "search")
    page.goto("/tim?q=kh%C3%B4ng+ai")
    expect(page.get_by_text("Ô tìm kiếm hiểu mã hồ sơ")).to_be_visible()
    check(page)
    shot(page, "search-nothing")
    page.goto(f"/tim?q={dossier.code}")
    assert page.url.endswith(f"/ho-so/{dossier.code}")


def test_the_bell(page: Page, house: House) -> None:
    dossier = house.lives.accepted()
    house.lives.tick(dossier, timedelta(days=10))
    sign_in(page, "office1")
    bell = page.locator("details.bell summary")
    expect(bell).to_contain_text("3")
    expect(page.locator("[data-bell-said]")).to_have_text("Có 3 cảnh báo chưa xem")
    bell.press("Enter")
    expect(page.get_by_role("heading", name="Cảnh báo")).to_be_visible()
    check(page)
    shot(page, "bell")
    page.get_by_role("button", name="Đã biết").first.click()
    expect(page.get_by_text("Đã xác nhận cảnh báo")).to_be_visible()
    expect(bell).to_contain_text("2")
    page.goto("/chuong")
    check(page)
    shot(page, "bell-page")
