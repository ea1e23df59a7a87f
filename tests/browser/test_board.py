"""A supervisor's morning: an overdue dossier goes to someone else, another holder is pressed, and
the heat map and the forecast say where to look next."""

import re

import pytest
from playwright.sync_api import Page, expect

from engine.commands.submission import SubmitDossier, submit_dossier
from engine.model.alert import Subject
from engine.model.status import Channel
from engine.queries.alerts import AlertFilter, list_alerts
from engine.queries.hands import in_hands
from engine.queries.paging import Slice
from notifications.tick import tick
from tests.browser.house import House
from tests.browser.watched import check, shot, sign_in
from tests.office import COMMUNE_1
from tests.samples import answer, application, shipped

NOTE = "Xong trước 16 giờ hôm nay."


@pytest.fixture
def morning(house: House) -> list[str]:
    """Two dossiers of commune 1 are overdue, both held by the same officer; others wait, two birth
    registrations among them."""
    late = [house.lives.claimed().code for _ in range(2)]
    house.clock.advance(days=4)
    tick(house.database, house.clock)
    for make in (house.lives.suspended, house.lives.accepted, house.lives.submitted):
        make()
    house.clock.advance(hours=1)
    for _ in range(2):
        _birth(house)
    return late


def _birth(house: House) -> None:
    """A birth registration that was just received."""
    procedure = shipped("1_001193")
    command = SubmitDossier(
        procedure=procedure.facts.code,
        channel=Channel.DIRECT,
        receiving_agency=COMMUNE_1,
        owner={"name": "Nguyễn Thị Ánh Tuyết"},
        application=application(procedure, late_registration=False),
        intake=answer(procedure, "check_papers", decision="accept"),
    )
    house.lives.act(submit_dossier, command, "reception1")


def test_a_supervisors_morning(page: Page, house: House, morning: list[str]) -> None:
    reassigned, pressed = morning
    sign_in(page, "director1")
    page.goto("/dieu-hanh")
    check(page)
    shot(page, "board-overview")
    page.get_by_role("link", name=re.compile("^Quá hạn 2$")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quá hạn: 2 hồ sơ")
    check(page)
    shot(page, "board-list")

    page.get_by_label(f"Chọn hồ sơ {reassigned}").check()
    expect(page.get_by_text("Đã chọn 1 hồ sơ.")).to_be_visible()
    page.get_by_role("button", name="Giao lại…").click()
    check(page)
    shot(page, "board-reassign")
    page.get_by_label("Người dùng second_office1").check()
    page.get_by_role("button", name="Giao 1 việc").click()
    expect(page.get_by_role("status").last).to_contain_text("Đã giao: 1 hồ sơ.")
    check(page)

    page.get_by_role("link", name="Về danh sách").click()
    page.get_by_label(f"Chọn hồ sơ {pressed}").check()
    page.get_by_role("button", name="Đôn đốc…").click()
    expect(page.get_by_role("cell", name=re.compile("office1"))).to_be_visible()
    page.get_by_role("button", name="Đôn đốc 1 hồ sơ").click()
    expect(page.get_by_role("alert")).to_be_focused()
    check(page)
    page.get_by_role("textbox", name="Lời đôn đốc").fill(NOTE)
    shot(page, "board-press")
    page.get_by_role("button", name="Đôn đốc 1 hồ sơ").click()
    expect(page.get_by_role("status").last).to_contain_text("Đã đôn đốc: 1 hồ sơ.")
    shot(page, "board-outcome")
    _expect_told(house, pressed, reassigned)

    page.get_by_role("link", name="Bản đồ nhiệt").click()
    page.get_by_role("link", name="Thủ tục đăng ký khai sinh", exact=True).click()
    expect(page.locator("[data-drawn=yes]")).to_be_visible()
    check(page)
    shot(page, "board-heat")
    page.locator(".djs-element[data-element-id=call_digitisation]").click()
    expect(page).to_have_url(re.compile("drawing=shared.digitisation"))
    page.locator(".djs-element[data-element-id=digitise]").click()
    expect(page.get_by_text("2 hồ sơ đang chờ ở bước này")).to_be_visible()
    expect(page.get_by_text("1 giờ làm việc").first).to_be_visible()
    check(page)
    shot(page, "board-step")
    page.get_by_role("link", name="Dự báo").click()
    expect(page.get_by_text("Ít dữ liệu").first).to_be_visible()
    check(page)
    shot(page, "board-forecast")


def _expect_told(house: House, pressed: str, reassigned: str) -> None:
    """The holder hears of one dossier, and someone else has the other."""
    with house.database.reading() as tx:
        chosen = AlertFilter(subject=Subject.PRESS)
        heard = list_alerts(tx, Slice(9), chosen, house.office.actor("office1")).items
        assert [(alert.dossier, alert.note) for alert in heard] == [(pressed, NOTE)]
        (hand,) = in_hands(tx, [reassigned], house.office.actor("director1"))
        assert hand.holder_name == "Người dùng second_office1"
