"""The page of reports: counted, drawn, taken along, and followed to the dossiers."""

import csv
import io
import re
from html import unescape
from typing import Any

import pytest

from engine.model.report import Kind
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.office import COMMUNE_1
from tests.reading import text_of
from tests.web.test_board import Visit, codes_in

PAGE = "/dieu-hanh/bao-cao"
JULY = f"agency={COMMUNE_1}&first=2026-07-01&last=2026-07-31"


@pytest.fixture
def asked(lives: Lives, clock: FakeClock) -> str:
    """A late dossier whose procedure has a hostile name for a field; gives its code."""
    code = lives.late().code
    lives.suspended()
    clock.set("2026-07-31 09:00")
    return code


def test_every_kind_is_shown_with_its_files(visit: Visit, asked: str) -> None:
    leader = visit("leader1")
    for kind in Kind:
        answer = leader.get(f"{PAGE}?kind={kind}&{JULY}")
        assert answer.status_code == 200, kind
        assert f'<option value="{kind}" selected>' in answer.text
        assert ("Tổng điểm" if kind is Kind.INDEX_766 else "Tổng cộng") in answer.text
    for ending, begins in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        assert leader.get(f"{PAGE}/tep.{ending}?kind=II.06a&{JULY}").data.startswith(begins)


def test_a_figure_leads_to_its_dossiers(visit: Visit, asked: str) -> None:
    leader = visit("leader1")
    page = leader.get(f"{PAGE}?kind=overdue-causes&{JULY}").text
    links = {
        unescape(link) for link in re.findall(r'href="(/dieu-hanh/bao-cao/ho-so\?[^"]+)"', page)
    }
    found = {codes for link in links for codes in codes_in(leader.get(link).text)}
    assert found == {asked}
    page = leader.get(f"{PAGE}?kind=pauses&{JULY}").text
    assert "Hồ sơ tạm dừng vì lý do gì, có quá thời hạn không?" in page


def test_who_may_look(visit: Visit, asked: str) -> None:
    for path in (f"{PAGE}?kind=II.06a&{JULY}", f"{PAGE}/tep.csv?kind=II.06a&{JULY}"):
        assert visit("administrator1").get(path).status_code == 200
        assert visit("leader2").get(path).status_code in (403, 422)
        assert visit("office1").get(path).status_code == 403
        assert visit(None).get(path).status_code == 303


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kind=rubbish&" + JULY, "báo cáo"),
        ("kind=II.06a&agency=H99&first=2026-07-01&last=2026-07-31", "H99"),
        (f"kind=II.06a&agency={COMMUNE_1}&first=2026-07-31&last=2026-07-01", "ngày"),
        (f"kind=II.06a&agency={COMMUNE_1}&first=hôm nay&last=2026-07-01", "ngày"),
        (f"kind=II.06a&agency={COMMUNE_1}&first=2026-09-01&last=2026-09-30", "chưa bắt đầu"),
    ],
)
def test_what_cannot_be_counted_is_said(visit: Visit, query: str, said: str) -> None:
    answer = visit("leader1").get(f"{PAGE}?{query}")
    assert answer.status_code == 422
    assert said in answer.text
    assert visit("leader1").get(f"{PAGE}/tep.pdf?{query}").status_code in (403, 404, 422)


def test_figures_that_there_are_not(visit: Visit, asked: str) -> None:
    for figure in ("row=total&column=rubbish", "row=x%7Cy&column=late", "column=late", ""):
        answer = visit("leader1").get(f"{PAGE}/ho-so?kind=overdue-causes&{JULY}&{figure}")
        assert answer.status_code in (200, 404, 422), figure
        assert not codes_in(answer.text)


def rows(data: bytes) -> list[Any]:
    """A table as a spreadsheet reads it."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_page_and_files_say_the_same(visit: Visit, asked: str) -> None:
    leader = visit("leader1")
    heads, *_lines, total = rows(leader.get(f"{PAGE}/tep.csv?kind=overdue-causes&{JULY}").data)
    assert dict(zip(heads, total, strict=True))["Hồ sơ quá hạn – Tổng số"] == "1"
    said = text_of(leader.get(f"{PAGE}/tep.pdf?kind=overdue-causes&{JULY}").data)
    assert "HỒ SƠ QUÁ HẠN THEO NGUYÊN NHÂN" in said


def test_a_report_is_sent_kept_and_compared(visit: Visit, asked: str, clock: FakeClock) -> None:
    clock.set("2026-08-03 08:00")
    leader = visit("leader1")
    page = leader.get(f"{PAGE}?kind=overdue-causes&{JULY}")
    form = {"kind": "overdue-causes", "agency": COMMUNE_1, "first": "2026-07-01"}
    assert "Chốt số liệu và gửi" in page.text
    assert "Chốt số liệu và gửi" not in visit("auditor1").get(f"{PAGE}?kind=pauses&{JULY}").text
    answer = leader.post(f"{PAGE}/gui", form | {"last": "2026-07-31"})
    one = answer.headers["Location"]
    assert re.fullmatch(rf"{PAGE}/da-gui/\d+", one)
    shown = leader.get(one).text
    assert "Chưa có chứng thư số nào để ký" in shown
    assert shown.count("Chưa ký</span>") == 2
    assert "Ký với tư cách" not in visit("auditor1").get(one).text
    assert one in leader.get(f"{PAGE}/da-gui").text
    assert "Tính lại ra đúng như báo cáo đã gửi" in leader.get(f"{one}/so-sanh").text
    first, again = (leader.get(f"{one}/tep.pdf").data for _ in range(2))
    assert first == again
    assert leader.get(f"{one}/tep.xlsx").data.startswith(b"PK")
    for path in (one, f"{one}/so-sanh", f"{one}/tep.pdf"):
        assert visit("leader2").get(path).status_code == 404


def test_what_is_not_sent(visit: Visit, asked: str) -> None:
    form = {"kind": "pauses", "agency": COMMUNE_1, "first": "2026-07-01", "last": "2026-08-31"}
    for who, changed in (
        ("leader1", {}),
        ("leader1", {"kind": "rubbish"}),
        ("leader1", {"first": ""}),
        ("auditor1", {"last": "2026-07-31"}),
        ("leader2", {"last": "2026-07-31"}),
    ):
        visitor = visit(who)
        visitor.get(PAGE)
        answer = visitor.post(f"{PAGE}/gui", form | changed)
        assert answer.status_code in (303, 403)
    assert "Chưa gửi báo cáo nào" in visit("control").get(f"{PAGE}/da-gui").text
