"""Files of the catalogue, good and hostile."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from bpmn.catalogue.entry import Reading
from bpmn.catalogue.files import read_catalogue
from bpmn.catalogue.lines import LONGEST_ROW
from bpmn.catalogue.tables import NoTable
from bpmn.time_limit import TimeLimit
from tests.catalogue import SAMPLE, row, write

TITLES = (
    "Mã thủ tục", "Tên thủ tục", "Số quyết định", "Cấp thực hiện", "Lĩnh vực", "Hình thức nộp",
    "Thời hạn giải quyết", "Phí, lệ phí", "Giấy tờ", "Bản chính", "Bản sao", "Kết quả",
    "Mã kết quả",
)  # fmt: skip
FIRST = (
    "1.999001", "Cấp giấy xác nhận", "163/QĐ-BTP", "Cấp tỉnh; Cấp xã", "Hộ tịch", "Trực tiếp",
    "5 Ngày làm việc", "Miễn phí", "Tờ khai", 1, 0, "Giấy xác nhận", "KQ.G15.000031",
)  # fmt: skip
MORE = (
    None, None, None, None, None, "Trực tuyến", "5 Ngày làm việc", "Miễn phí", "Bản sao", 0, 1,
)  # fmt: skip


def only(path: Path) -> Reading:
    """The one row of a file."""
    (reading,) = read_catalogue([path])
    return reading


def as_csv(path: Path, *lines: tuple[object, ...], delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(lines)
    return path


def as_xlsx(path: Path, *lines: tuple[object, ...]) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in lines:
        sheet.append(list(line))
    book.save(path)
    return path


def test_the_sample_is_understood_as_far_as_it_can_be() -> None:
    readings = read_catalogue([SAMPLE])
    assert len(readings) == len(SAMPLE.read_text(encoding="utf-8").splitlines())
    assert 20 < sum(reading.entry is not None for reading in readings) < len(readings)
    assert all(reading.entry or reading.remarks for reading in readings)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "{}",
        "null",
        '"chữ"',
        '{"code": NaN}',
        '{"code": "1.999001", "code": "1.999002"}',
        "[" * 100_000,
        '{"a": ' + "9" * 5_000 + "}",
        json.dumps({"name": "x" * LONGEST_ROW}),
    ],
)
def test_a_bad_line_is_left_and_the_next_is_read(tmp_path: Path, line: str) -> None:
    bad, good = read_catalogue([write(tmp_path / "a.jsonl", line, row())])
    assert bad.entry is None
    assert [remark.field for remark in bad.remarks] == ["dòng 1"]
    assert good.entry is not None


def test_a_line_in_another_encoding_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"name": "T\xean"}\n' + json.dumps(row()).encode())
    bad, good = read_catalogue([path])
    assert bad.entry is None
    assert "UTF-8" in bad.remarks[0].reason
    assert good.entry is not None


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_takes_several_lines_a_procedure(tmp_path: Path, delimiter: str) -> None:
    reading = only(as_csv(tmp_path / "a.csv", TITLES, FIRST, MORE, delimiter=delimiter))
    assert reading.entry is not None
    assert not reading.remarks
    assert reading.entry.time_limit == TimeLimit.parse("5 working_days")
    counts = [(sheet.originals, sheet.copies) for sheet in reading.entry.sheets]
    assert counts == [(1, 0), (0, 1)]


def test_a_spreadsheet_is_read_like_any_table(tmp_path: Path) -> None:
    xlsx = only(as_xlsx(tmp_path / "a.xlsx", TITLES, FIRST, MORE))
    assert xlsx.entry == only(as_csv(tmp_path / "a.csv", TITLES, FIRST, MORE)).entry


def test_cells_may_hold_lists_as_the_catalogue_has_them(tmp_path: Path) -> None:
    values = row()
    cells = [
        v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in values.values()
    ]
    reading = only(as_csv(tmp_path / "a.csv", tuple(values), tuple(cells)))
    assert reading.entry == only(write(tmp_path / "a.jsonl", values)).entry


def test_lines_that_contradict_each_other_are_told(tmp_path: Path) -> None:
    other = (FIRST[0], "Tên khác", *FIRST[2:])
    reading = only(as_csv(tmp_path / "a.csv", TITLES, FIRST, other))
    assert [remark.field for remark in reading.remarks] == ["name", "results"]


def test_a_formula_is_never_computed(tmp_path: Path) -> None:
    line = ("=CONCAT(1)", "=HYPERLINK(1)", *FIRST[2:6], '="5 Ngày làm việc"', *FIRST[7:])
    reading = only(as_xlsx(tmp_path / "a.xlsx", TITLES, line))
    assert reading.entry is None
    assert {"code", "name", "time"} <= {remark.field for remark in reading.remarks}


def test_a_number_in_a_cell_has_no_unit(tmp_path: Path) -> None:
    reading = only(as_xlsx(tmp_path / "a.xlsx", TITLES, (*FIRST[:6], 5, *FIRST[7:])))
    assert reading.entry is None
    assert [(remark.field, remark.text) for remark in reading.remarks] == [("time", "5")]


def zipped(**parts: bytes) -> bytes:
    """A ZIP file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("_", "/") + ".xml", content)
    return packed.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0 an old .xls",
        zipped(xl_workbook=b"<nothing/>"),
        zipped(bomb=b"0" * 301_000_000),
        zipped(xl_workbook=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        zipped(xl_workbook='<?xml version="1.0"?><!DOCTYPE a><a/>'.encode("utf-16")),
    ],
)
def test_a_hostile_spreadsheet_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(NoTable):
        read_catalogue([path])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.csv", b"code;code;name\n"),
        ("a.csv", b"a,b\n1,2\n"),
        ("a.csv", "Mã thủ tục,Tên thủ tục\n1,Tên".encode("cp1258", "replace") + b"\xff\xfe\x80"),
        ("a.csv", b'code,name\n"1.999001,unfinished'),
        ("a.pdf", b"%PDF"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(NoTable):
        read_catalogue([path])


def test_a_code_twice_with_other_words_is_left_twice(tmp_path: Path) -> None:
    one = write(tmp_path / "a.jsonl", row(), row("1.999002"))
    other = write(tmp_path / "b.jsonl", row(name="Tên khác"))
    first, between, second = read_catalogue([one, other])
    assert (first.entry, second.entry) == (None, None)
    assert between.entry is not None


def test_the_same_row_twice_counts_once(tmp_path: Path) -> None:
    first, second = read_catalogue([write(tmp_path / "a.jsonl", row(), row())])
    assert first.entry is not None
    assert second.entry is None
    assert second.remarks
