"""What an officer does at the counter, by keyboard and scanner."""

from playwright.sync_api import Page, expect

MOTHER = "042190001234||Trần Thị Hà|08031990|Nữ|Thôn 3, Xã Hương Sơn, Tỉnh Hà Tĩnh|15062021"
FATHER = "042088004321||Lê Văn Bình|02091988|Nam|Thôn 3, Xã Hương Sơn, Tỉnh Hà Tĩnh|20072021"


def scan(page: Page, card: str) -> None:
    """What a hand scanner types into the field that has the cursor."""
    with page.expect_navigation():
        page.keyboard.insert_text(card)
        page.keyboard.press("Enter")


def type_into(page: Page, label: str, text: str) -> None:
    """Put the cursor into a field and type."""
    page.get_by_label(label, exact=False).first.focus()
    page.keyboard.type(text)


def begin(page: Page) -> None:
    """Choose the household business and wait for the scanner's field."""
    page.get_by_role("button", name="Đăng ký thành lập hộ kinh doanh").click()
    expect(page.get_by_label("Quét mã QR trên thẻ căn cước của người nộp")).to_be_focused()


def choose(page: Page, group: str, answer: str) -> None:
    """Choose by the space bar."""
    page.get_by_role("group", name=group).get_by_label(answer, exact=True).focus()
    page.keyboard.press("Space")


def go_on(page: Page) -> None:
    """To the next page, by the enter key."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def declare(page: Page) -> None:
    """The declaration of a birth: the mother came, the father's card is scanned too."""
    with page.expect_navigation():
        page.get_by_role("button", name="Mẹ", exact=True).press("Enter")
    page.get_by_label("Thẻ của ai").select_option("father")
    page.get_by_label("Quét mã QR").focus()
    scan(page, FATHER)
    page.get_by_label("Giấy tờ về việc sinh").select_option(label="Giấy chứng sinh bản giấy")
    choose(page, "Cha mẹ đã đăng ký kết hôn", "Có")
    page.get_by_label("Quan hệ với người được khai sinh").select_option(label="Mẹ")
    for label, text in {
        "Họ, chữ đệm, tên người được khai sinh": "Lê Minh An",
        "Ngày, tháng, năm sinh": "20062026",
        "Ngày sinh ghi bằng chữ": "Ngày hai mươi tháng sáu năm hai nghìn không trăm hai mươi sáu",
        "Nơi sinh": "Bệnh viện Đa khoa tỉnh Hà Tĩnh",
        "Quê quán": "Xã Hương Sơn, tỉnh Hà Tĩnh",
        "Số bản sao trích lục": "2",
    }.items():
        type_into(page, label, text)
    for name in ("child", "mother", "father"):
        for field, text in (("ethnicity", "Kinh"), ("nationality", "Việt Nam")):
            page.locator(f"[name='form.{name}_{field}']").focus()
            page.keyboard.type(text)
    choose(page, "Giới tính", "Nam")
    choose(page, "Đăng ký quá hạn", "Không")
    page.locator("[name='form.truthful']").focus()
    page.keyboard.press("Space")
