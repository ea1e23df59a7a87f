"""Procedures are searched as one types, and two versions are seen side by side."""

from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.watched import check, shot, sign_in
from tests.web.furnishing import furnish


def test_procedures_are_searched_and_compared(page: Page, house: House) -> None:
    furnish(house.office, house.clock, house.lives)
    sign_in(page, "administrator")
    page.goto("/quan-tri/thu-tuc")
    page.get_by_label("Chữ cần tìm").fill("ho kinh doanh")
    found = page.get_by_role("link", name="hộ kinh doanh")
    expect(found).to_have_count(1)
    expect(page.get_by_role("link", name="khai sinh")).to_have_count(0)
    assert "q=ho+kinh+doanh" in page.url
    check(page)
    shot(page, "procedures")
    found.click()
    check(page)
    shot(page, "procedure")
    page.get_by_role("link", name="So với bản đang dùng").click()
    expect(page.locator("figure[data-drawn=yes]")).to_have_count(2)
    expect(page.locator(".djs-element.mark-changed")).to_have_count(2)
    check(page)
    shot(page, "procedure-compared")
    page.goto("/quan-tri/thu-tuc/1.001612")
    page.get_by_role("button", name="Mở bản thảo").click()
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.get_by_role("heading", name="Tình trạng")).to_contain_text("Đã kiểm tra")
    expect(page.locator("figure[data-drawn=yes]")).to_have_count(1)
    check(page)
    shot(page, "procedure-draft")
