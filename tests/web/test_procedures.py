"""Procedures are maintained in the browser, from the first search to the day a version holds."""

import re
from io import BytesIO

from openpyxl import load_workbook

from tests.office import COMMUNE_1
from tests.web.test_admin import Visit
from tests.web.visitor import Visitor

BIRTH, OTHER = "1.001193", "1.001612"
HERE, ONE = "/quan-tri/thu-tuc", f"/quan-tri/thu-tuc/{BIRTH}"
DECISION = {"decision": "12/QĐ-UBND"}
_REVISION = re.compile(r'name="revision" value="(\d+)"')
_TEXT = re.compile(r"<textarea[^>]*>(.*?)</textarea>", re.DOTALL)


def opened(visitor: Visitor, code: str = BIRTH, **more: str) -> str:
    """A new draft; gives its address."""
    visitor.get(f"{HERE}/{code}")
    answer = visitor.post(f"{HERE}/{code}/ban-thao", more)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def changed(visitor: Visitor, draft: str, file: str, old: str, new: str, act: str = "check") -> str:
    """Write a file of a draft with a text in the place of another; gives what is shown then."""
    page = visitor.get(f"{draft}?tep={file}").text
    found = _TEXT.search(page)
    assert found
    text = found[1].replace("&#34;", '"').replace("&#39;", "'").replace("&lt;", "<")
    text = text.replace("&gt;", ">").replace("&amp;", "&")
    assert old in text
    body = {"revision": revision(page), "name": file, "text": text.replace(old, new, 1), "act": act}
    return visitor.said(visitor.post(f"{draft}/tep", body)).text


def revision(page: str) -> str:
    """The revision that a page was made from."""
    found = _REVISION.search(page)
    assert found
    return found[1]


def test_procedures_are_found_as_one_types(visit: Visit) -> None:
    visitor = visit("control1")
    for query, found in (("khai%20sinh", True), ("KHAI+SINH", True), ("xyzxyz", False)):
        for part in ("", "&phan=1"):
            assert (ONE in visitor.get(f"{HERE}?q={query}{part}").text) is found
    assert "<!doctype" not in visitor.get(f"{HERE}?q=khai&phan=1").text.lower()
    assert ONE not in visitor.get(f"{HERE}?level=province").text
    assert ONE not in visitor.get(f"{HERE}?state=ended").text
    assert visitor.get(f"{HERE}?state=lạ&level=3&q={'a' * 300}").status_code == 200
    assert visit("leader1").get(HERE).status_code == 403


def test_the_list_is_taken_along(visit: Visit) -> None:
    visitor = visit("administrator")
    table = visitor.get(f"{HERE}/xuat?dang=csv&q=khai%20sinh")
    assert table.text.startswith("\ufeffMã thủ tục,")
    assert BIRTH in table.text
    assert OTHER not in table.text
    book = load_workbook(BytesIO(visitor.get(f"{HERE}/xuat?dang=xlsx").data))
    codes = [row[0].value for row in book["Thủ tục"].iter_rows()]
    assert {"Mã thủ tục", BIRTH, OTHER} <= set(codes)


def test_a_version_is_drafted_checked_compared_and_published(visit: Visit) -> None:
    writer, chief = visit("control"), visit("administrator")
    draft = opened(writer)
    name = "đăng ký khai sinh"
    page = changed(writer, draft, "facts.toml", name, f"{name} (mới)", act="save")
    assert "Chưa kiểm tra lần nào" in page
    assert "Ban hành" not in page
    writer.post(f"{draft}/kiem-tra", revision=revision(page))
    assert "Đã kiểm tra" in writer.get(draft).text
    compared = chief.get(f"{draft}/so-sanh").text
    assert "Tên thủ tục" in compared
    assert f"<ins>Thủ tục {name} (mới)</ins>" in compared
    body = {"revision": revision(chief.get(draft).text), **DECISION}
    late = chief.post(f"{draft}/ban-hanh", {**body, "effective_from": "01/01/2020"})
    assert late.status_code == 422
    assert "đã qua" in late.text
    shown = chief.said(chief.post(f"{draft}/ban-hanh", body)).text
    assert "12/QĐ-UBND" in shown
    assert "Người dùng administrator" in shown
    assert "So với bản đang dùng" in shown
    link = re.search(rf"{ONE}/so-sanh\?[^\"]+", shown)
    assert link
    assert "(mới)" in chief.get(link[0].replace("&amp;", "&")).text


def test_what_lint_says_stands_beside_the_file_with_the_elements_name(visit: Visit) -> None:
    writer = visit("control")
    draft = opened(writer)
    page = changed(writer, draft, "forms/appraise.json", "{", "{,")
    assert "không phải JSON hợp lệ" in page
    draft = opened(writer)
    limit = 'name="limit" value="2 hours"'
    page = changed(writer, draft, "procedure.bpmn", limit, 'name="limit" value="900 hours"')
    assert "Thẩm tra, tra cứu dữ liệu hộ tịch" in page
    assert "lỗi phải sửa" in page


def test_two_people_do_not_overwrite_each_other(visit: Visit) -> None:
    writer = visit("control")
    draft = opened(writer)
    before = revision(writer.get(draft).text)
    body = {"revision": before, "name": "forms/x.json", "text": "{}"}
    assert writer.post(f"{draft}/tep", body).status_code == 303
    late = writer.post(f"{draft}/tep", {**body, "text": '{"mine": 1}'})
    assert late.status_code == 422
    assert "vừa được người khác sửa" in late.text
    assert "mine" in late.text
    named = writer.post(f"{draft}/tep", {**body, "name": "../x.json"})
    assert named.status_code == 422


def test_a_procedure_is_replaced_and_restored(visit: Visit) -> None:
    chief, counter = visit("administrator"), visit("reception1")
    chief.get(ONE)
    wrong = chief.post(f"{ONE}/bai-bo", {**DECISION, "replaced_by": "9.999999"})
    assert wrong.status_code == 422
    gone = chief.said(chief.post(f"{ONE}/bai-bo", {**DECISION, "replaced_by": OTHER})).text
    assert "hồ sơ mới nộp theo" in gone
    assert ONE in chief.get(f"{HERE}?state=ended").text
    counter.get("/tiep-nhan")
    begun = counter.post("/tiep-nhan", {"procedure": BIRTH, "counter": COMMUNE_1})
    assert "hộ kinh doanh" in counter.said(begun).text
    assert "Khôi phục" in gone
    back = chief.said(chief.post(f"{ONE}/khoi-phuc", DECISION)).text
    assert "Đã khôi phục" in back


def test_a_commune_has_its_own_process_and_nobody_elses(visit: Visit) -> None:
    local = visit("administrator1")
    page = local.get(ONE).text
    assert "Danh mục chung</option>" not in page
    assert local.post(f"{ONE}/bai-bo", DECISION).status_code == 422
    draft = opened(local, agency=COMMUNE_1)
    changed(local, draft, "procedure.bpmn", 'name="Tiếp nhận hồ sơ"', 'name="Nhận hồ sơ"')
    body = {"revision": revision(local.get(draft).text), **DECISION}
    assert local.post(f"{draft}/ban-hanh", body).status_code == 303
    assert "Quy trình nội bộ" in local.get(f"{HERE}?state=own").text
    assert visit("administrator2").get(draft).status_code == 404


def test_a_procedure_that_is_new_begins_on_the_standard_process(visit: Visit) -> None:
    chief = visit("administrator")
    chief.get(HERE)
    said = {
        "code": "9.123456", "name": "Thủ tục mới của tỉnh", "field": "Hộ tịch", "level": "commune",
        "amount": "5", "unit": "working_days", "result_name": "Giấy xác nhận", **DECISION,
    }  # fmt: skip
    for wrong in ({"amount": "900", "unit": "months"}, {"code": BIRTH}, {"name": ""}):
        assert chief.post(HERE, {**said, **wrong}).status_code == 422
    begun = chief.post(HERE, said)
    draft = str(begun.headers["Location"])
    page = chief.said(begun).text
    assert "9.123456" in page
    chief.post(f"{draft}/kiem-tra", revision=revision(page))
    body = {"revision": revision(chief.get(draft).text), **DECISION}
    assert chief.post(f"{draft}/ban-hanh", body).status_code == 303
    assert "Thủ tục mới của tỉnh" in chief.get(f"{HERE}?q=moi+cua+tinh").text
