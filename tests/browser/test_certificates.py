"""An administrator registers certificates; someone looks at the signatures of a document."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine.commands.signing import sign_document
from engine.store.database import Database
from tests.browser.house import SETTINGS, House, served
from tests.browser.watched import check, shot, sign_in
from tests.clock import FakeClock
from tests.office import Office
from tests.pki import PASSPHRASE, Authority
from tests.signing import NOW, picture
from tests.signing_office import LEADER, SECRET, SigningOffice


@pytest.fixture
def signing(office: Office, clock: FakeClock, tmp_path: Path) -> SigningOffice:
    return SigningOffice(office, clock, tmp_path, Authority("Tổ chức chứng thực chuyên dùng"))


@pytest.fixture
def house(database: Database, clock: FakeClock, signing: SigningOffice) -> Iterator[House]:
    """The served office, which knows its roots."""
    installed = signing.house.settings
    settings = replace(
        SETTINGS, trust_roots=installed.trust_roots, storage_url=installed.storage_url
    )
    with served(database, clock, settings) as house:
        signing.deploy()
        yield house


def test_certificates(page: Page, house: House, signing: SigningOffice, tmp_path: Path) -> None:
    signing.enrol_all()
    ending = signing.authority.issue(
        "Công Tằng Tôn Nữ Thị Phượng Thảo Nguyên", until=NOW + timedelta(days=9)
    )
    signing.enrol(ending, "second_leader1")
    (tmp_path / "khoa.p12").write_bytes(signing.authority.issue("Nguyễn Thị Phượng").pkcs12)
    (tmp_path / "anh.png").write_bytes(picture("blue", (300, 150)))
    sign_in(page, "administrator1")
    page.goto("/quan-tri/chung-thu-so")
    check(page)
    shot(page, "certificates")
    page.get_by_text("Đăng ký chứng thư số", exact=True).click()
    page.get_by_label("Người hoặc cơ quan").select_option(label="Người dùng office1")
    page.get_by_label("Tệp khóa PKCS#12 (.p12, .pfx)").set_input_files(tmp_path / "khoa.p12")
    page.get_by_label("Mật khẩu của tệp khóa").fill("sai")
    page.get_by_role("button", name="Kiểm tra và đăng ký").click()
    expect(page.get_by_role("alert")).to_be_focused()
    check(page)
    shot(page, "certificates-refused")
    page.get_by_label("Tệp khóa PKCS#12 (.p12, .pfx)").set_input_files(tmp_path / "khoa.p12")
    page.get_by_label("Mật khẩu của tệp khóa").fill(PASSPHRASE)
    page.get_by_label("Ảnh chữ ký hoặc con dấu").set_input_files(tmp_path / "anh.png")
    page.get_by_role("button", name="Kiểm tra và đăng ký").click()
    expect(page.get_by_text("Đã đăng ký chứng thư số.")).to_be_visible()
    expect(page.get_by_text("Nguyễn Thị Phượng").first).to_be_visible()


def test_signatures_of_a_document(page: Page, house: House, signing: SigningOffice) -> None:
    signing.enrol_all()
    dossier = signing.to_be_signed()
    sign_document(signing.house, signing.wanted(dossier), SECRET, signing.office.actor(LEADER))
    sign_in(page, "office1")
    page.goto(f"/ho-so/{dossier.code}/tai-lieu")
    page.get_by_role("link", name="Xem chữ ký tài liệu số 2").click()
    expect(page.get_by_text("Chữ ký hợp lệ")).to_be_visible()
    check(page)
    shot(page, "signatures")
