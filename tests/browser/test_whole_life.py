"""A birth registration from the counter to the family, by the right people in turn: each signs in,
finds it where they work, and does their part through pages alone."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from api.web.jsonform import read, texts_of
from engine.commands.acting import Target
from engine.commands.documents import AddDocument, add_document
from engine.life.papers import undigitised
from engine.model.document import DocumentKind, FileFacts, Origin
from engine.store import definitions, dossiers
from tests.browser.counter import MOTHER, choose, declare, go_on, scan
from tests.browser.house import House
from tests.browser.watched import check, shot, sign_in, sign_out
from tests.pki import PASSPHRASE, Authority
from tests.samples import answer, shipped
from tests.signing import draft
from tests.signing_office import SigningOffice

BIRTH = shipped("1_001193")
OWNER = "Trần Thị Hà"
PHONE = "0912345678"


@pytest.fixture
def received(page: Page) -> str:
    """Received at the counter; gives the address that the slip's QR code leads to."""
    sign_in(page, "reception1")
    page.goto("/tiep-nhan?tim=khai+sinh")
    page.get_by_role("button", name="Thủ tục đăng ký khai sinh").click()
    expect(page.get_by_label("Quét mã QR trên thẻ căn cước của người nộp")).to_be_focused()
    scan(page, MOTHER)
    page.keyboard.type(PHONE)
    go_on(page)
    page.get_by_label("Giấy chứng sinh").first.check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url("**/to-khai")
    declare(page)
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url("**/quyet-dinh")
    choose(page, "Đã xác thực danh tính người nộp", "Có")
    page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()
    page.wait_for_url("**/phieu-hen/*/**")
    return page.url.split("/phieu-hen/")[1].split("/")[0]


def _work(page: Page, username: str, step: str, **changes: Any) -> None:
    """Someone finds the task in their inbox and completes it."""
    sign_out(page)
    sign_in(page, username)
    page.goto("/viec?view=unit")
    page.get_by_role("link", name=OWNER).first.click()
    _fill(page, step, **changes)
    if page.locator("#signing-passphrase").is_visible():
        page.locator("#signing-passphrase").fill(PASSPHRASE)
    check(page)
    shot(page, f"whole-life-{step}")
    page.get_by_role("button", name=re.compile("^Hoàn thành")).click()
    expect(page.get_by_role("status").first).to_contain_text(re.compile("[Hh]oàn thành|Đã"))


def _fill(page: Page, step: str, **changes: Any) -> None:
    form = BIRTH.form_of(BIRTH.places.steps[step])
    texts = texts_of(read(form.schema), answer(BIRTH, step, **changes))
    for name, text in sorted(texts.items(), key=lambda pair: pair[0] != "form.decision"):
        field = page.locator(f"[name='{name}']")
        kind = field.first.get_attribute("type")
        if kind in ("radio", "checkbox"):
            page.locator(f"[name='{name}'][value='{text}']").check()
        elif field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)


def _digitise(house: House, code: str) -> None:
    """What was handed in lies there as files; pages are photographed in `test_digitising`."""
    actor, now = house.office.actor("reception1"), house.clock()
    with house.database.transaction() as tx:
        dossier = dossiers.lock(tx, code).dossier
        setting = definitions.setting_of(tx, dossier.version, dossier.rulebook)
        for component in list(undigitised(dossier, setting)):
            pdf = draft(2)
            file = FileFacts(house.files.put(pdf).digest, len(pdf), 2, "application/pdf")
            kind, origin = DocumentKind.COMPONENT, Origin.UPLOADED
            adding = AddDocument(Target(code), kind, file, origin, component.code)
            add_document(tx, adding, actor, now)


@pytest.fixture
def keys(house: House, tmp_path: Path) -> None:
    """The leader has a key file, and so has the commune."""
    signing = SigningOffice(house.office, house.clock, tmp_path, Authority())
    with ThreadPoolExecutor(1) as apart_from_the_browser:
        apart_from_the_browser.submit(signing.enrol_all).result()
    signing.authority.publish(house.trust)


@pytest.mark.usefixtures("keys")
def test_from_the_counter_to_the_family(page: Page, house: House, received: str) -> None:
    code = received
    _digitise(house, code)
    _work(page, "reception1", "digitise")
    _work(page, "office1", "appraise", decision="approve")
    _work(page, "office1", "enter_register")
    _work(page, "leader1", "sign", decision="return", reason="Ghi lại quê quán của trẻ")
    house.clock.advance(minutes=20)
    _work(page, "office1", "appraise", decision="approve")
    _work(page, "office1", "enter_register")
    _work(page, "leader1", "sign", decision="approve")
    _work(page, "clerk1", "seal")
    _work(page, "reception1", "deliver")
    _the_family_looks(page, code)
    _the_auditor_proves(page, code)


def _the_family_looks(page: Page, code: str) -> None:
    sign_out(page)
    page.goto("/tra-cuu")
    page.get_by_label("Mã hồ sơ").fill(code)
    page.get_by_label("Số định danh hoặc số điện thoại").fill(PHONE)
    page.get_by_role("button", name="Tra cứu").click()
    expect(page.get_by_role("heading", name="Đã trả kết quả")).to_be_visible()
    check(page)
    shot(page, "whole-life-family")


def _the_auditor_proves(page: Page, code: str) -> None:
    sign_in(page, "auditor")
    page.goto(f"/ho-so/{code}/dien-bien")
    page.keyboard.press("Home")
    expect(page.locator("#moment-title")).to_have_text("Nộp hồ sơ")
    page.get_by_role("link", name="Kiểm chứng").click()
    expect(page.get_by_text("Sổ ghi nguyên vẹn.")).to_be_visible()
    check(page)
    shot(page, "whole-life-proof")
