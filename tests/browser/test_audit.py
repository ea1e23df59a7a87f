"""An auditor finds a dossier, steps to a moment by keyboard, verifies; what was altered is seen."""

from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import update

from engine.model.status import Channel
from engine.store.tables import event
from tests.browser.house import House
from tests.browser.watched import check, shot, sign_in
from tests.integration.lives.tampering import drop_triggers
from tests.processes.walker import Walker
from tests.samples import shipped


class _Empty(Walker):
    """Walks with a dossier for which nothing was handed in on paper, so that no file is read."""

    def papers(self) -> tuple[dict[str, Any], ...]:
        return ()


def _lived(house: House) -> str:
    """A birth registration that needed a supplement; gives its code."""
    walker = _Empty(house.office, house.clock, shipped("1_001193"))
    walker.walk(Channel.ONLINE, {}, "check_papers=accept digitise")
    house.clock.advance(days=3)
    walker.take("appraise=supplement!")
    walker.take("send_supplement_request")
    house.clock.advance(days=2)
    walker.take("+supplement")
    return walker.dossier.code


def test_an_auditor_steps_through_a_life_and_verifies(page: Page, house: House) -> None:
    code = _lived(house)
    sign_in(page, "auditor")
    page.goto("/kiem-tra")
    check(page)
    shot(page, "audit-search")
    page.get_by_role("link", name=code).click()
    expect(page.locator("#moment-title")).to_contain_text("Nhận bổ sung")
    page.wait_for_selector("#drawing[data-drawn]")
    page.keyboard.press("Home")
    expect(page.locator("#moment-title")).to_have_text("Nộp hồ sơ")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#moment-title")).to_contain_text("Kiểm tra, tiếp nhận hồ sơ – Tiếp nhận")
    page.wait_for_url(f"**/ho-so/{code}/dien-bien?buoc=3")
    expect(page.get_by_role("table")).to_contain_text("Nơi nhận kết quả")
    page.locator("#stages .diagram:not([hidden])").scroll_into_view_if_needed()
    page.wait_for_selector("#stages .diagram[data-drawn]:not([hidden])")
    check(page)
    shot(page, "audit-replay")
    page.get_by_role("link", name="Kiểm chứng").click()
    expect(page.get_by_text("Sổ ghi nguyên vẹn.")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Ai đã xem").click()
    expect(page.get_by_role("table")).to_contain_text("Người dùng auditor")
    check(page)
    shot(page, "audit-readers")


def test_what_was_altered_is_shown_where_it_is(page: Page, house: House) -> None:
    code = _lived(house)
    with house.database.transaction() as tx:
        drop_triggers(tx, house.database)
        tx.execute(update(event).where(event.c.seq == 3).values(actor="1"))
    sign_in(page, "auditor")
    page.goto(f"/ho-so/{code}/dien-bien")
    page.get_by_role("link", name="Kiểm chứng").first.click()
    expect(page.get_by_text("Sổ ghi không đúng.")).to_be_visible()
    check(page)
    shot(page, "audit-altered")
    page.get_by_role("link", name="số 3").first.click()
    expect(page.locator("#moment-title")).to_contain_text("Nhận việc")
    check(page)
