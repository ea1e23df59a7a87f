"""What everybody may know of procedures, without an account."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import update

from engine.store.tables import procedure
from tests.office import Office
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]


@pytest.mark.parametrize("words", ["khai sinh", "KHAI SINH", "sinh dang ky", "1.001193", "dkks"])
def test_found_by_words(visit: Visit, office: Office, words: str) -> None:
    answer = visit(None).get("/thu-tuc", query_string={"q": words})
    assert answer.status_code == 200
    assert 'href="/thu-tuc/1.001193"' in answer.text


def test_nothing_found_says_what_to_do(visit: Visit, office: Office) -> None:
    assert "Hãy gõ ít chữ hơn" in visit(None).get("/thu-tuc?q=xyzxyz").text
    assert "Tìm thấy" not in visit(None).get("/thu-tuc").text
    assert visit(None).get("/thu-tuc", query_string={"q": "a" * 100_000}).status_code in (200, 414)


def test_papers_time_fees_and_steps(visit: Visit, office: Office) -> None:
    text = visit(None).get("/thu-tuc/1.001193").text
    for told in (
        "trong ngày",
        "Giấy khai sinh",
        "Chỉ xuất trình, không phải nộp.",
        "Không phải nộp nếu đã có dữ liệu trong: Cơ sở dữ liệu quốc gia về dân cư.",
        "5.000",
        "miễn phí",
        "Ký số kết quả",
    ):
        assert told in text
    drawing = visit(None).get("/thu-tuc/1.001193/ban-ve/procedure")
    assert drawing.mimetype == "application/xml"
    assert b"bpmn" in drawing.data


def test_a_repealed_procedure_says_so(visit: Visit, office: Office) -> None:
    with office.database.transaction() as tx:
        gone = update(procedure).where(procedure.c.code == "1.001612")
        tx.execute(gone.values(repealed_on=date(2026, 7, 1)))
    assert "bị bãi bỏ từ ngày 01/07/2026" in visit(None).get("/thu-tuc/1.001612").text


@pytest.mark.parametrize("path", ["/thu-tuc/9.999999", "/thu-tuc/1.001193/ban-ve/facts"])
def test_what_is_not_there(visit: Visit, office: Office, path: str) -> None:
    answer = visit(None).get(path)
    assert answer.status_code == 404
    assert "Thủ tục" in answer.text or "Không" in answer.text
