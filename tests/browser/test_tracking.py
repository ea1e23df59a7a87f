"""A citizen looks up a dossier, by number and by slip, and says how it went."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from engine.commands.acting import Target
from engine.commands.lateness import ExtendDueDate, extend_due_date
from engine.model.slip_link import slip_path
from tests.browser.conftest import opened
from tests.browser.house import House
from tests.browser.watched import check, shot
from tests.integration.tracking.people import SECRET, led
from tests.processes.walker import Walker

SUPPLEMENT = "digitise appraise=supplement send_supplement_request"
DELIVERED = "digitise appraise=approve enter_register collect_fee sign=approve seal deliver"


@pytest.fixture(params=["phone", pytest.param("desk", marks=pytest.mark.soak)])
def page(request: pytest.FixtureRequest, browser: Browser, house: House) -> Iterator[Page]:
    """Citizens look on their phones."""
    yield from opened(browser, house, request.param)


def brought(house: House, way: str, folder: str = "1_001193") -> Walker:
    """A dossier brought along a way."""
    more = {"late_registration": True} if folder == "1_001193" else {}
    return led(house.office, house.clock, way, folder, **more)


def test_by_code_and_phone(page: Page, house: House) -> None:
    code = brought(house, SUPPLEMENT).dossier.code
    page.goto("/tra-cuu")
    check(page)
    shot(page, "tracking-form")
    page.get_by_label("Mã hồ sơ").fill(code)
    page.get_by_label("Số định danh hoặc số điện thoại").fill("0912 345 670")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Không tìm thấy hồ sơ")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Mã hồ sơ")).to_have_value(code)
    check(page)
    shot(page, "tracking-refused")
    page.get_by_label("Số định danh hoặc số điện thoại").fill("0912 345 678")
    page.get_by_role("button", name="Tra cứu").click()
    expect(page.get_by_role("heading", name="Cần bổ sung giấy tờ")).to_be_visible()
    expect(page.get_by_role("region", name="Bạn cần làm")).to_contain_text("Chậm nhất")
    assert code not in page.url
    check(page)
    shot(page, "tracking-supplement")


@pytest.mark.parametrize(
    ("name", "folder", "way", "headline"),
    [
        ("processing", "1_001612", "digitise", "Đang giải quyết"),
        ("fee", "1_001193", "digitise appraise=approve enter_register", "Đang giải quyết"),
        ("posting", "1_013978", "digitise appraise=approve survey confirm_status", "Đang tạm dừng"),
        ("result", "1_001612",
         "digitise appraise=approve draft_certificate collect_fee sign=approve seal",
         "Đã có kết quả, mời bạn đến nhận"),
        ("withdrawn", "1_001612", "digitise +withdrawal return_papers", "Đã rút hồ sơ"),
    ],
)  # fmt: skip
def test_by_slip(page: Page, house: House, name: str, folder: str, way: str, headline: str) -> None:
    walker = brought(house, way, folder)
    page.goto(slip_path(SECRET, walker.dossier.code))
    expect(page.get_by_role("heading", name=headline, exact=True)).to_be_visible()
    check(page)
    shot(page, f"tracking-{name}")


def test_put_off_and_overdue(page: Page, house: House) -> None:
    walker = brought(house, "digitise", "1_013978")
    due = walker.dossier.due_at
    assert due
    later = due.date().replace(year=due.year + 1)
    while later.weekday() != due.weekday():
        later = later.replace(day=later.day + 1)
    command = ExtendDueDate(
        Target(walker.dossier.code), later, "vu_viec_phuc_tap",
        "Thửa đất giáp ranh hai xã, phải mời cơ quan đo đạc của tỉnh xác định lại mốc giới",
    )  # fmt: skip
    walker.do(extend_due_date, command, walker.someone("leader1"))
    page.emulate_media(color_scheme="dark")
    page.goto(slip_path(SECRET, walker.dossier.code))
    expect(page.get_by_role("region", name="Ngày hẹn trả đã thay đổi")).to_contain_text("mốc giới")
    check(page)
    shot(page, "tracking-put-off-dark")


def test_a_wrong_link(page: Page, house: House) -> None:
    walker = brought(house, "")
    page.goto(f"/tra-cuu/{walker.dossier.code}?k=AAAAAAAAAAAAAAAAAAAAAA")
    expect(page.get_by_role("alert")).to_contain_text("Liên kết không đúng")
    check(page)


def test_rating_after_delivery(page: Page, house: House) -> None:
    code = brought(house, DELIVERED).dossier.code
    page.goto(slip_path(SECRET, code))
    shot(page, "tracking-delivered")
    page.get_by_role("button", name="Gửi đánh giá").click()
    expect(page.get_by_role("alert")).to_be_focused()
    check(page)
    page.get_by_label("Rất hài lòng").check()
    page.get_by_label("Điều bạn muốn nói").fill("Cán bộ hướng dẫn tận tình.")
    page.get_by_role("button", name="Gửi đánh giá").click()
    expect(page.get_by_text("Cảm ơn bạn đã đánh giá.")).to_be_visible()
    expect(page.get_by_role("region", name=re.compile("hài lòng"))).to_contain_text("5/5")
    assert code not in page.url
    check(page)
    shot(page, "tracking-rated")
