"""A citizen pays from the page of the slip: to the gateway under the strict policy, and back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from engine.model.obligation import ObligationStatus
from engine.model.slip_link import slip_path
from engine.store.database import Database
from tests.api.gateway_routes import with_account
from tests.browser.conftest import PATIENCE, WIDTHS
from tests.browser.house import SETTINGS, House, served
from tests.browser.watched import check, shot
from tests.clock import FakeClock
from tests.office import Office
from tests.paying import obligation
from tests.smtp import free_port
from tests.vnpay import Vnpay, running_vnpay


@pytest.fixture(scope="module")
def vnpay() -> Iterator[Vnpay]:
    """The simulated gateway."""
    with running_vnpay() as vnpay:
        yield vnpay


@pytest.fixture
def paying(database: Database, office: Office, clock: FakeClock, vnpay: Vnpay) -> Iterator[House]:
    """The served office, where one pays through the gateway and comes back."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = vnpay.settings(secret_key=SETTINGS.secret_key, base_url=address)
    with served(database, clock, settings, port) as house:
        vnpay.behave(ipn_url=f"{house.url}/api/v1/vnpay/ipn")
        yield house


@pytest.fixture
def citizen(browser: Browser, paying: House) -> Iterator[Page]:
    """Someone with a phone. The page may go to the gateway; nothing may break its policy."""
    width, height = WIDTHS["phone"]
    context = browser.new_context(
        base_url=paying.url, viewport={"width": width, "height": height}, locale="vi-VN"
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    broken: list[str] = []
    page.on(
        "console",
        lambda said: broken.append(said.text) if "Content Security" in said.text else None,
    )
    yield page
    context.close()
    assert broken == []


def test_from_the_slip_to_paid(citizen: Page, paying: House) -> None:
    dossier = with_account(paying.lives)
    citizen.goto(slip_path(SETTINGS.secret_key, dossier.code))
    citizen.get_by_text("Chuyển khoản bằng mã VietQR").click()
    expect(citizen.get_by_role("img", name="Mã VietQR")).to_be_visible()
    check(citizen)
    shot(citizen, "paying-ways")
    citizen.get_by_role("button", name="Thanh toán trực tuyến").click()
    citizen.get_by_role("button", name="Thanh toán thành công").click()
    expect(citizen.get_by_role("heading", name="Đã nhận tiền")).to_be_visible()
    assert obligation(paying.lives, dossier).status is ObligationStatus.PAID
    check(citizen)
    shot(citizen, "paying-paid")
    citizen.get_by_role("link", name="Xem hồ sơ").click()
    expect(citizen.get_by_role("button", name="Thanh toán trực tuyến")).to_have_count(0)
    shot(citizen, "paying-after")
