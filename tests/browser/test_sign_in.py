"""Signing in and out, one's own account, and another house's log-in."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from engine.store import accounts
from engine.store.database import Database
from tests.browser.conftest import PATIENCE, WIDTHS
from tests.browser.house import SETTINGS, House, served
from tests.browser.watched import check, shot, sign_in
from tests.clock import FakeClock
from tests.office import PASSWORD, Office
from tests.web.provider import running_provider

KNOWN = "079090001234"


def fill_in(page: Page, password: str) -> None:
    """Try to sign in as `office1`."""
    page.get_by_label("Tên đăng nhập").fill("office1")
    page.get_by_label("Mật khẩu").fill(password)
    page.keyboard.press("Enter")


def test_the_log_in(page: Page) -> None:
    page.goto("/dang-nhap")
    check(page)
    shot(page, "sign-in")
    fill_in(page, "sai mật khẩu")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Sai tên đăng nhập hoặc mật khẩu")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("office1")
    check(page)
    shot(page, "sign-in-refused")
    for number in range(4):
        fill_in(page, f"sai lần {number}")
    fill_in(page, PASSWORD)
    expect(page.get_by_role("alert")).to_contain_text("Hãy đợi 5 phút")
    shot(page, "sign-in-too-often")


def test_someone_who_signed_in_sees_the_frame(page: Page) -> None:
    sign_in(page, "leader1")
    page.goto("/khong-co-trang-nay")
    expect(page.get_by_role("navigation")).to_contain_text("Điều hành")
    check(page)
    shot(page, "frame")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_another_browser_is_signed_out(page: Page, browser: Browser, house: House) -> None:
    elsewhere = browser.new_context(base_url=house.url).new_page()
    sign_in(elsewhere, "office1")
    sign_in(page, "office1")
    page.goto("/tai-khoan")
    check(page)
    shot(page, "account")
    page.get_by_role("button", name="Đăng xuất nơi này").click()
    expect(page.get_by_text("Đã đăng xuất trình duyệt đó.")).to_be_visible()
    expect(page.get_by_text("Trình duyệt này")).to_be_visible()
    elsewhere.goto("/tai-khoan")
    expect(elsewhere).to_have_url(f"{house.url}/dang-nhap?tiep=/tai-khoan")
    elsewhere.context.close()
    page.locator("details.me > summary").click()
    page.get_by_role("button", name="Đăng xuất", exact=True).click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    page.goto("/tai-khoan")
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()


def test_a_leave_and_who_stands_in(page: Page, house: House) -> None:
    sign_in(page, "office1")
    page.goto("/tai-khoan")
    page.get_by_text("Cử người làm thay tôi").click()
    page.get_by_label("Người làm thay").select_option(label="Người dùng culture1")
    page.get_by_label("Đến hết ngày").fill("05/07/2026")
    page.get_by_label("Lý do").fill("Nghỉ phép năm")
    page.get_by_role("button", name="Cử người làm thay", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("ngày cuối trước ngày đầu")
    expect(page.get_by_label("Lý do")).to_have_value("Nghỉ phép năm")
    check(page)
    shot(page, "leave-refused")
    page.get_by_label("Đến hết ngày").fill("10/07/2026")
    page.get_by_role("button", name="Cử người làm thay", exact=True).click()
    expect(page.get_by_text("Đã cử người làm thay.")).to_be_visible()
    check(page)
    shot(page, "leave")
    page.context.clear_cookies()
    sign_in(page, "culture1")
    page.goto("/tai-khoan")
    expect(page.locator(".standing-in")).to_contain_text("Người dùng office1")
    check(page)
    shot(page, "standing-in")


def test_a_new_password(page: Page) -> None:
    sign_in(page, "office1")
    page.goto("/tai-khoan")
    page.get_by_text("Đổi mật khẩu").first.click()
    page.get_by_label("Mật khẩu hiện nay").fill("sai")
    page.get_by_label("Mật khẩu mới", exact=True).fill("trâu ăn cỏ bên bờ sông")
    page.get_by_label("Nhập lại mật khẩu mới").fill("trâu ăn cỏ bên bờ sông")
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_role("alert")).to_contain_text("Mật khẩu hiện nay chưa đúng")
    check(page)
    shot(page, "password-refused")


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider of OpenID Connect."""
    with running_provider() as issuer:
        yield issuer


@pytest.mark.parametrize("kind", WIDTHS)
def test_another_houses_log_in(
    browser: Browser,
    database: Database,
    office: Office,
    clock: FakeClock,
    issuer: str,
    kind: str,
) -> None:
    with database.transaction() as tx:
        accounts.change(tx, office.actor("office1").id, sign_in_id=KNOWN)
    settings = replace(
        SETTINGS, oidc_issuer=issuer, oidc_client_id="motcua", oidc_client_secret="bi-mat"
    )
    with served(database, clock, settings) as house:
        width, height = WIDTHS[kind]
        viewport = {"width": width, "height": height}
        context = browser.new_context(base_url=house.url, viewport=viewport)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        context.route("https://**", lambda route: route.abort())
        page = context.new_page()
        page.goto("/dang-nhap?tiep=/tai-khoan")
        check(page)
        shot(page, "sign-in-elsewhere")
        page.get_by_role("link", name="Đăng nhập bằng VNeID").click()
        page.get_by_placeholder("sub").fill("079000000000")
        page.get_by_role("button", name="Authorize").click()
        expect(page.get_by_role("alert")).to_contain_text("Hãy đề nghị người quản trị")
        check(page)
        shot(page, "sign-in-elsewhere-unknown")
        page.get_by_role("link", name="Đăng nhập bằng VNeID").click()
        page.get_by_placeholder("sub").fill(KNOWN)
        page.get_by_role("button", name="Authorize").click()
        expect(page.get_by_role("heading", name="Người dùng office1")).to_be_visible()
        context.close()
