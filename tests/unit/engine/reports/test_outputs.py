"""A report as CSV and XLSX: numbers are numbers, and no name becomes a formula."""

import csv
import json
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from engine.model.report import Rate, as_json, from_json
from engine.reports.as_csv import report_csv
from engine.reports.as_xlsx import report_xlsx
from engine.reports.wording import percent, said
from tests.unit.engine.reports.reported import COLUMNS, HARM, OF, report


def sheet(**chosen: Any) -> Any:
    """The sheet that a spreadsheet opens."""
    return load_workbook(BytesIO(report_xlsx(report(**chosen)))).active


def test_csv_is_a_plain_table() -> None:
    text = report_csv(report(2))
    assert text.startswith("\ufeff")
    heads, harm, deeper, total = csv.reader(StringIO(text.removeprefix("\ufeff")))
    assert heads == [
        "Nội dung",
        "Tiếp nhận – Tổng số (3)",
        "Tiếp nhận – Trực tuyến (4)",
        "Tỷ lệ: tử số",
        f"Tỷ lệ: mẫu số, là {OF}",
        "Tỷ lệ: tỷ lệ %",
        "Số tiền (đồng)",
        "Thời gian (giờ làm việc)",
    ]
    assert total == ["Tổng cộng", "1278", "250", "250", "278", "89.93", "1250000", "12.5"]
    assert harm[0] == f"'{HARM}"
    assert deeper[0] == "\u2003Lĩnh vực 1"


def test_a_sheet_has_numbers_checks_and_what_they_mean() -> None:
    rows = [[cell.value for cell in row] for row in sheet(holds=False)]
    said = [row[0] for row in rows]
    total = rows[said.index("Tổng cộng")]
    assert total[1:] == [1278, 250, 250, 278, 89.93, 1_250_000, 12.5]
    for line in (
        "Kỳ báo cáo: từ ngày 15/12/2022 đến ngày 14/03/2023",
        "Đơn vị báo cáo: Ủy ban nhân dân xã Mai Lâm",
        "Biểu số: II.06a/VPCP/KSTT",
        "SAI: (3) = (7) + (11). 278 = 272 + 6.",
        f"Tỷ lệ: tỷ lệ trên {OF}.",
        "Một ghi chú.",
        "Số liệu tính lúc 08:00 15/03/2023.",
    ):
        assert line in said, line


def test_a_name_on_a_sheet_is_only_text() -> None:
    (cell,) = (row[0] for row in sheet() if str(row[0].value).startswith("=HYPER"))
    assert (cell.data_type, cell.value) == ("s", HARM.replace("\x07", ""))


@pytest.mark.parametrize(
    ("rate", "words"),
    [(Rate(250, 278, OF), "89,93 %"), (Rate(0, 0, OF), "—"), (Rate(5, 5, OF), "100,00 %")],
)
def test_percentages_in_words(rate: Rate, words: str) -> None:
    assert percent(rate) == words


def test_cells_in_words() -> None:
    total = report().total
    words = [said(column, total) for column in COLUMNS]
    assert words == ["1.278", "250", "89,93 % (250/278)", "1.250.000", "12,5"]
    assert Rate(1, 3, OF).percent == Decimal("33.33")


def test_a_report_comes_back_from_json_as_it_was() -> None:
    counted = report(3, holds=False)
    assert from_json(json.loads(json.dumps(as_json(counted)))) == counted
