"""Letters, the register and templates, as people see them."""

from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.watched import check, shot, sign_in


def test_a_slip_to_be_printed(page: Page, house: House) -> None:
    dossier = house.lives.accepted()
    sign_in(page, "reception1")
    page.goto(f"/phieu-hen/{dossier.code}?moi=1")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Giấy tiếp nhận hồ sơ")
    pictures = page.get_by_role("img", name="Giấy tiếp nhận hồ sơ")
    expect(pictures).to_have_count(2)
    for picture in pictures.all():
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 1000
    shot(page, "letter")
    check(page)


def test_the_letters_of_a_dossier(page: Page, house: House) -> None:
    dossier = house.lives.accepted()
    sign_in(page, "office1")
    page.goto(f"/ho-so/{dossier.code}/giay-to")
    expect(page.get_by_role("link", name="Giấy tiếp nhận hồ sơ")).to_be_visible()
    shot(page, "letters-of-a-dossier")
    check(page)


def test_the_register(page: Page, house: House) -> None:
    dossier = house.lives.accepted()
    sign_in(page, "clerk1")
    page.goto("/so-theo-doi")
    expect(page.get_by_text(dossier.code)).to_be_visible()
    shot(page, "register")
    check(page)


def test_a_template_is_tried(page: Page, house: House) -> None:
    sign_in(page, "administrator1")
    page.goto("/quan-tri/mau-giay-to")
    shot(page, "templates")
    check(page)
    page.get_by_role("link", name="Giấy tiếp nhận hồ sơ").click()
    page.get_by_role("button", name="Xem thử", exact=True).click()
    expect(page.get_by_role("heading", name="Xem thử với hồ sơ ví dụ")).to_be_visible()
    shot(page, "template-tried")
    check(page)
