"""A leader signs many results in one act, and one with a USB token: pages that no link leads to."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine.model.certificate import Provider
from engine.store.database import Database
from tests.browser.house import SETTINGS, House, served
from tests.browser.watched import check, shot, sign_in
from tests.clock import FakeClock
from tests.office import Office
from tests.pki import PASSPHRASE, Authority
from tests.signing_office import LEADER, SigningOffice


@pytest.fixture
def signing(office: Office, clock: FakeClock, tmp_path: Path) -> SigningOffice:
    return SigningOffice(office, clock, tmp_path, Authority())


@pytest.fixture
def house(database: Database, clock: FakeClock, signing: SigningOffice) -> Iterator[House]:
    """The served office, which knows its roots."""
    installed = signing.house.settings
    settings = replace(
        SETTINGS, trust_roots=installed.trust_roots, storage_url=installed.storage_url
    )
    with served(database, clock, settings) as house:
        signing.deploy()
        signing.enrol_all()
        yield house


def test_many_in_one_act_and_one_with_a_token(
    page: Page, house: House, signing: SigningOffice
) -> None:
    last = [signing.to_be_signed() for _ in range(3)][-1]
    signing.enrol(signing.authority.issue("Nguyễn Thị Phượng Hoàng"), LEADER, Provider.OUTSIDE)
    sign_in(page, LEADER)
    page.goto(f"/ho-so/{last.code}/viec/{next(iter(last.tasks))}")
    page.get_by_label("Đồng ý").first.check()
    shot(page, "token-task")
    page.get_by_role("button", name="Ký bằng USB Token").click()
    expect(page.get_by_role("heading", name="Bước 1")).to_be_visible()
    page.get_by_text("Phần mềm của token chỉ ký giá trị băm").click()
    page.get_by_text("Dán giá trị chữ ký thay cho tệp").click()
    page.get_by_label("Giá trị chữ ký").fill("không phải")
    page.get_by_role("button", name="Gửi lại chữ ký").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)
    shot(page, "token")

    page.goto("/viec?view=mine")
    for box in page.get_by_role("checkbox", name="Chọn việc").all():
        box.check(force=True)
    page.get_by_role("button", name="Ký, duyệt").click()
    page.get_by_label("Đồng ý").check()
    page.get_by_role("button", name="Xem trước với lựa chọn này").click()
    page.get_by_label("Mật khẩu khóa ký").fill(PASSPHRASE)
    check(page)
    shot(page, "signing-plan")
    page.get_by_role("button", name="3 hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã ký 3 trong 3 kết quả")).to_be_visible()
    check(page)
    shot(page, "signing-done")
