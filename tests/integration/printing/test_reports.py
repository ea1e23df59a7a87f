"""Reports on paper: the layout of the state's forms, archival, with room for signature and seal."""

import io

import pikepdf
import pytest

from engine.printing.press import Press
from engine.reports.as_paper import SECONDS, Signer, report_source, report_values
from engine.signatures.preparing import ISSUING, prepare
from tests.reading import text_of
from tests.unit.engine.reports.reported import report


@pytest.fixture(scope="module")
def paper(press: Press) -> bytes:
    """Two pages, with a check that fails."""
    values = report_values(report(40, holds=False), Signer(name="Phạm Đức Thịnh"), "Lê Thị Ánh")
    return press.draw(report_source(), values, SECONDS)


def test_the_official_layout(paper: bytes) -> None:
    said = " ".join(text_of(paper).split())
    for part in (
        "Biểu số: II.06a/VPCP/KSTT",
        "Kỳ báo cáo: từ ngày 15/12/2022 đến ngày 14/03/2023",
        "Đơn vị báo cáo: Ủy ban nhân dân xã Mai Lâm",
        "Đơn vị nhận báo cáo: Ủy ban nhân dân tỉnh",
        "(1) (2) (3) (4) (5)",
        "89,93 % (250/278)",
        "SAI: (3) = (7) + (11). 278 = 272 + 6.",
        "Cột (5): tỷ lệ trên hồ sơ tiếp nhận trong kỳ.",
        "Mai Lâm, ngày 15 tháng 3 năm 2023",
        "THỦ TRƯỞNG ĐƠN VỊ",
    ):
        assert part in said, part


def test_landscape_and_archival(paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        findings = pikepdf.pdfa.check(pdf, "3b").findings
        width, height = (float(edge) for edge in pdf.pages[0].MediaBox[2:])
    assert [str(each) for each in findings if each.kind == "violation"] == []
    assert width > height


def test_it_can_be_signed(paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(prepare(paper, ISSUING))) as pdf:
        names = {str(field.T) for field in pdf.Root.AcroForm.Fields}
    assert {"NguoiCoThamQuyen", "CoQuan"} <= names
