"""A paper of the vault spares the citizen a paper; the figures say so."""

import pytest
from playwright.sync_api import Page, expect

from tests.api.vault_routes import papers_of
from tests.browser.house import House
from tests.browser.watched import check, shot, sign_in
from tests.vaulted import Papers


@pytest.fixture
def here(house: House) -> Papers:
    return papers_of(house.lives)


def test_a_paper_is_taken_over_at_the_desk(page: Page, house: House, here: Papers) -> None:
    first = here.finished()
    here.finished()
    code = here.submit(components=("PROOF",))
    result = here.shelf(code)[2]
    here.withdraw(first, result.document or 0)
    sign_in(page, "reception1")
    page.goto(f"/ho-so/{code}/giay-to")
    check(page)
    page.get_by_role("link", name="Kho giấy tờ của chủ hồ sơ").click()
    expect(page.get_by_role("heading", name="Kho giấy tờ của chủ hồ sơ")).to_be_visible()
    expect(page.get_by_text("Đã thu hồi")).to_be_visible()
    check(page)
    shot(page, "vault")
    with page.expect_download():
        page.get_by_role("link", name="Mở xem Giấy chứng minh").first.click()
    page.get_by_role("button", name="Lấy vào hồ sơ Giấy chứng minh").first.click()
    page.get_by_label("Tôi đã đối chiếu và xác nhận giấy tờ này dùng được").check()
    page.get_by_role("button", name="Lấy vào hồ sơ Giấy chứng minh").first.click()
    expect(page.get_by_text("thành tài liệu số 1. Không cần thu bản giấy.")).to_be_visible()
    expect(page.get_by_text("Hồ sơ đã lấy")).to_be_visible()
    check(page)
    shot(page, "vault-taken")


def test_figures_of_papers(page: Page, house: House, here: Papers) -> None:
    here.finished()
    code = here.submit(components=("PROOF",))
    here.take(code, here.shelf(code)[1], "PROOF")
    here.submit()
    sign_in(page, "control")
    page.goto("/dieu-hanh/giay-to")
    expect(page.get_by_text("66,67 %").first).to_be_visible()
    check(page)
    shot(page, "papers-figures")
    page.get_by_role("link", name="Thủ tục thử").or_(
        page.get_by_role("link", name="Ủy ban nhân dân xã số 1")
    ).first.click()
    check(page)
    page.goto("/dieu-hanh/giay-to/ho-so?figure=reusing")
    expect(page.get_by_role("link", name=code)).to_be_visible()
    check(page)
    shot(page, "papers-of")
