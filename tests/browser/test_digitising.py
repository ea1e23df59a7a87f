"""Pages are turned, cut, ordered and made into documents: by mouse, finger and keyboard."""

from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, expect

from engine.model.dossier import Dossier
from engine.store.upload_tables import upload
from tests.browser.house import House
from tests.browser.watched import check, shot, sign_in
from tests.papers import jpeg, paper, pdf
from tests.scanned import COMPONENT, Scanner

PDF = "application/pdf"


def _open(page: Page, house: House) -> tuple[Dossier, Scanner]:
    """An officer at the desk: a scan of two sheets and a photograph lie there."""
    scanner, dossier = Scanner(house.lives, house.files), house.lives.accepted()
    sheets = [paper("Tờ một", "GIẤY CHỨNG SINH"), paper("Tờ hai", "Trang sau")]
    scanner.bring(dossier, pdf(*sheets), PDF, pages=2)
    scanner.bring(dossier, jpeg(paper("Ảnh chụp"), orientation=6))
    sign_in(page, "reception1")
    page.goto(f"/ho-so/{dossier.code}/so-hoa")
    expect(page.locator("[data-digitising].ready")).to_be_visible()
    expect(_sheets(page, "")).to_have_count(3)
    expect(page.locator(".sheet.shown")).to_have_count(3)
    return dossier, scanner


def _pile(page: Page, component: str) -> Locator:
    return page.locator(f"[data-pile='{component}']")


def _sheets(page: Page, component: str) -> Locator:
    return _pile(page, component).locator(".sheet")


def _names(page: Page, component: str) -> list[str]:
    """What the pages of a pile are, by the files that they come from."""
    return [str(each.get_attribute("aria-label")) for each in _sheets(page, component).all()]


def _kept(page: Page) -> dict[str, list[dict[str, Any]]]:
    """The arrangement as the tab remembers it."""
    key = page.locator("[data-digitising]").get_attribute("data-key")
    found: dict[str, list[dict[str, Any]]] = page.evaluate(
        "key => JSON.parse(sessionStorage.getItem(key))", key
    )
    return found


def test_a_pile_becomes_a_document(page: Page, house: House) -> None:
    dossier, scanner = _open(page, house)
    shot(page, "digitising-1-loose")
    check(page)
    _pile(page, "").get_by_label("Chuyển cả các trang sau", exact=False).check()
    _sheets(page, "").first.get_by_label("Chuyển trang sang").select_option(COMPONENT)
    expect(_sheets(page, COMPONENT)).to_have_count(3)
    _sheets(page, COMPONENT).nth(2).get_by_label("Xoay trái").click()
    _sheets(page, COMPONENT).nth(1).get_by_label("Bỏ trang").click()
    expect(_sheets(page, COMPONENT)).to_have_count(2)
    shot(page, "digitising-2-arranged")
    check(page)
    page.get_by_role("button", name="Tạo tài liệu").first.click()
    expect(page.get_by_text("Đang chờ tạo tài liệu (2 trang)")).to_be_visible()
    expect(_sheets(page, COMPONENT)).to_have_count(0)
    shot(page, "digitising-3-waiting")
    scanner.work()
    expect(page.get_by_text("Tài liệu 1 · 2 trang")).to_be_visible()
    expect(page.get_by_text("chưa ký số")).to_be_visible()
    expect(page.get_by_role("heading", name="Ký số bản số hóa")).to_be_visible()
    shot(page, "digitising-4-made")
    check(page)
    (document,) = house.lives.now(dossier).documents.values()
    assert document.file.pages == 2
    page.get_by_text("Tài liệu 1 · 2 trang").click()
    expect(page.get_by_role("img", name="Trang 1 của")).to_be_visible()
    page.locator(".reader-page").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Trang 2/2")).to_be_visible()
    page.keyboard.press("+")
    expect(page.get_by_role("link", name="Thu nhỏ")).to_be_visible()
    shot(page, "digitising-5-read")
    check(page)


def test_by_keyboard_alone(page: Page, house: House) -> None:
    _open(page, house)
    first, _second, third = _names(page, "")
    _sheets(page, "").nth(2).focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("r")
    expect(_sheets(page, "").first).to_be_focused()
    assert [each["rotation"] for each in _kept(page)[""]] == [90, 0, 0]
    page.keyboard.press("c")
    page.get_by_label("Trên", exact=True).fill("20")
    page.get_by_label("Phải", exact=True).fill("10")
    shot(page, "digitising-6-crop")
    check(page)
    page.get_by_role("button", name="Cắt", exact=True).last.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert _kept(page)[""][0]["crop"] == {"left": 0, "top": 0.2, "right": 0.9, "bottom": 1}
    page.reload()
    expect(_sheets(page, "")).to_have_count(3)
    assert _names(page, "")[0].endswith(third.split(", ")[1]), "the order is kept"
    assert _names(page, "")[1].endswith(first.split(", ")[1])
    _sheets(page, "").first.focus()
    page.keyboard.press("Delete")
    expect(_sheets(page, "")).to_have_count(2)


def test_by_mouse(desk: Page, house: House) -> None:
    _open(desk, house)
    from_, over = (_sheets(desk, "").nth(n).locator(".sheet-picture") for n in (2, 0))
    _drag(desk, from_, over)
    assert [each["page"] for each in _kept(desk)[""]] == [0, 0, 1], "the photograph came first"
    desk.evaluate("scrollTo(0, document.body.scrollHeight)")
    _drag(desk, _sheets(desk, "").first.locator("[data-grip]"), _pile(desk, COMPONENT))
    expect(_sheets(desk, COMPONENT)).to_have_count(1)
    _sheets(desk, COMPONENT).get_by_label("Cắt").click()
    corner = desk.locator("[data-corner='right bottom']")
    box, canvas = corner.bounding_box(), desk.locator(".crop-page canvas").bounding_box()
    assert box
    assert canvas
    desk.mouse.move(box["x"] + 22, box["y"] + 22)
    desk.mouse.down()
    desk.mouse.move(box["x"] + 22 - canvas["width"] / 2, box["y"] + 22, steps=4)
    desk.mouse.up()
    desk.get_by_role("button", name="Cắt", exact=True).last.click()
    assert 0.45 < _kept(desk)[COMPONENT][0]["crop"]["right"] < 0.55


def _drag(page: Page, what: Locator, onto: Locator) -> None:
    start, end = what.bounding_box(), onto.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(end["x"] + 30, end["y"] + end["height"] / 2, steps=6)
    page.mouse.up()


def test_by_finger(phone: Page, house: House) -> None:
    _open(phone, house)
    sheets = _sheets(phone, "")
    phone.evaluate("document.querySelector('.sheet').scrollIntoView()")
    phone.evaluate("scrollBy(0, -200)")
    grip, over = sheets.nth(1).locator("[data-grip]").bounding_box(), sheets.first.bounding_box()
    assert grip
    assert over
    touch = phone.context.new_cdp_session(phone)
    x, y = grip["x"] + 20, grip["y"] + 20
    target = over["y"] + 10

    def at(kind: str, where: float | None) -> None:
        points = [] if where is None else [{"x": x, "y": where}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    at("touchStart", y)
    for step in range(1, 7):
        at("touchMove", y + (target - y) * step / 6)
    at("touchEnd", None)
    assert [each["page"] for each in _kept(phone)[""]] == [1, 0, 0]


def test_a_photograph_and_a_scan_are_sent(page: Page, house: House) -> None:
    _open(page, house)
    large = jpeg(paper("Ảnh từ điện thoại", resolution=400), quality=95)
    files: list[FilePayload] = [
        {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": large},
        {"name": "quét.pdf", "mimeType": PDF, "buffer": pdf(paper(), paper())},
    ]
    _pile(page, COMPONENT).locator("input[type=file]").last.set_input_files(files)
    expect(page.get_by_text("Đã nhận 2 tệp.")).to_be_visible()
    expect(_sheets(page, COMPONENT)).to_have_count(3)
    with house.database.reading() as tx:
        sizes = {row.name: row.size for row in tx.execute(upload.select())}
    assert sizes["IMG_0001.jpg"] < len(large), "shrunk before it travelled"
    shot(page, "digitising-7-sent")


def test_an_executable_is_refused_with_a_word(desk: Page, house: House) -> None:
    _open(desk, house)
    file: FilePayload = {"name": "don.pdf", "mimeType": PDF, "buffer": b"MZ\x90\x00" + bytes(500)}
    _pile(desk, COMPONENT).locator("input[type=file]").last.set_input_files([file])
    expect(desk.get_by_text("không phải tệp PDF hoặc ảnh")).to_be_visible()
    expect(_sheets(desk, COMPONENT)).to_have_count(0)
    shot(desk, "digitising-8-refused")
