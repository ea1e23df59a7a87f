"""A migration is planned on two drawings, and its progress comes by itself."""

from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.watched import check, shot, sign_in
from tests.integration.migrations.planned import Desk


def test_steps_are_mapped_on_the_drawings_and_progress_is_watched(page: Page, house: House) -> None:
    house.lives.accepted()
    house.lives.signing()
    desk = Desk(house.lives)
    sign_in(page, "administrator1")
    page.goto("/quan-tri/chuyen-phien-ban")
    check(page)
    shot(page, "migrations")
    page.get_by_role("link", name="Lập đợt chuyển").click()
    page.locator("#old-drawing[data-drawn]").wait_for()
    page.locator("#new-drawing[data-drawn]").wait_for()
    page.locator("#old-drawing [data-element-id=appraise]").first.click()
    mapping = page.locator("select[data-step=appraise]")
    expect(mapping).to_be_focused()
    page.locator("#new-drawing [data-element-id=examine]").first.click()
    expect(mapping).to_have_value("examine")
    check(page)
    shot(page, "migration-plan")
    page.get_by_label("Căn cứ").fill("Quyết định 12/QĐ-UBND ngày 01/07/2026")
    page.get_by_role("button", name="Chạy thử").click()
    expect(page.get_by_text("Chưa chạy thử").first).to_be_visible()
    desk.work()
    expect(page.get_by_role("button", name="Bắt đầu chuyển")).to_be_visible()
    check(page)
    shot(page, "migration-tried")
