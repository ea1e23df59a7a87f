"""A file is sent from a page over a line that breaks, and what is wrong with it is said there."""

from pathlib import Path

from playwright.sync_api import FilePayload, Page, Route, expect

from tests.browser.house import House
from tests.browser.watched import check, shot, sign_in
from tests.sent import EXECUTABLE, pdf


def test_a_broken_line_costs_one_piece(page: Page, house: House, tmp_path: Path) -> None:
    content = pdf(lambda file: file.Root.update({"/Padding": "x" * 1_300_000}))
    code = house.lives.accepted().code
    sign_in(page, "reception1")
    page.goto(f"/ho-so/{code}/tai-lieu")
    check(page)
    sent: list[str] = []

    def break_once(route: Route) -> None:
        sent.append(route.request.headers["upload-offset"])
        if len(sent) == 2:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/tep/*", lambda route: break_once(route)
               if route.request.method == "PATCH" else route.continue_())  # fmt: skip
    page.get_by_label("Loại tài liệu").select_option("evidence")
    file: FilePayload = {
        "name": "Giấy chứng sinh.pdf",
        "mimeType": "application/pdf",
        "buffer": content,
    }
    page.locator("#u-upload").set_input_files(files=[file])
    expect(page.get_by_text("Mất kết nối.")).to_be_visible()
    shot(page, "upload-broken")
    check(page)
    expect(page.get_by_text("Đã nhận")).to_be_visible()
    assert sent[:2] == ["0", str(1 << 20)]
    assert sent[2] == sent[1], "it goes on from what had arrived"
    shot(page, "upload-kept")
    page.get_by_role("button", name="Đưa vào hồ sơ").click()
    expect(page.get_by_text("Đã đưa tài liệu số 1 vào hồ sơ.")).to_be_visible()
    check(page)
    shot(page, "documents")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải về tài liệu số 1").click()
    assert Path(download.value.path()).read_bytes() == content


def test_what_is_wrong_with_a_file_is_said_beside_it(desk: Page, house: House) -> None:
    code = house.lives.accepted().code
    sign_in(desk, "reception1")
    desk.goto(f"/ho-so/{code}/tai-lieu")
    desk.get_by_role("button", name="Đưa vào hồ sơ").click()
    expect(desk.get_by_text("Hãy chọn tệp.")).to_be_visible()
    file: FilePayload = {
        "name": "Giấy.pdf",
        "mimeType": "application/pdf",
        "buffer": EXECUTABLE,
    }
    desk.locator("#u-upload").set_input_files(files=[file])
    expect(desk.get_by_text("là chương trình Windows")).to_be_visible()
    expect(desk.get_by_text("Hãy chọn tệp.")).to_have_count(0)
    check(desk)
    shot(desk, "upload-refused")
    desk.get_by_role("button", name="Bỏ: Giấy.pdf").click()
    expect(desk.get_by_text("là chương trình Windows")).to_have_count(0)
