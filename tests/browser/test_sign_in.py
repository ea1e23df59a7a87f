"""Signing in and out."""

from playwright.sync_api import Page, expect

from tests.browser.watched import check, shot, sign_in


def test_the_log_in(page: Page) -> None:
    page.goto("/dang-nhap")
    check(page)
    shot(page, "sign-in")
    page.get_by_label("Tên đăng nhập").fill("office1")
    page.get_by_label("Mật khẩu").fill("sai mật khẩu")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("office1")
    check(page)
    shot(page, "sign-in-refused")


def test_someone_who_signed_in_sees_the_frame(page: Page) -> None:
    sign_in(page, "leader1")
    page.goto("/khong-co-trang-nay")
    expect(page.get_by_role("navigation")).to_contain_text("Điều hành")
    check(page)
    shot(page, "frame")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
