"""CSV and XLSX files, from people's spreadsheets: bounded, no formulas, no outside entities."""

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from bpmn.catalogue.tables import Line, NoTable
from bpmn.catalogue.texts import Formula

MOST_BYTES = 50_000_000
MOST_UNPACKED = 300_000_000
MOST_PARTS = 2_000
MOST_COLUMNS = 60
_BYTE_ORDER = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_FORMULA = "f"


def read_csv(content: bytes) -> Iterator[Line]:
    """Lines of a CSV file in UTF-8 or UTF-16, separated by comma, semicolon or tab.

    Raises `NoTable`.
    """
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells[:MOST_COLUMNS]
    except csv.Error as error:
        raise NoTable(f"Dòng {reader.line_num} không đúng định dạng CSV: {error}") from error


def read_xlsx(packed: bytes) -> Iterator[Line]:
    """Lines of the first sheet of an XLSX file; a formula is told, never computed.

    Raises `NoTable`.
    """
    _require_harmless(packed)
    try:
        book = load_workbook(io.BytesIO(packed), read_only=True, data_only=False, keep_links=False)
        for number, cells in enumerate(book.worksheets[0].iter_rows(max_col=MOST_COLUMNS), 1):
            yield number, [_said(cell) for cell in cells]
    except Exception as error:  # the library raises whatever a broken file makes it stumble over
        raise NoTable(f"Không đọc được bảng tính: {error}") from error


def _said(cell: Any) -> Any:
    return Formula(cell.value) if cell.data_type == _FORMULA else cell.value


def content_of(path: Path) -> bytes:
    """A file of people's, unless it is too large; raises `NoTable`."""
    with path.open("rb") as file:
        found = file.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise NoTable(f"Tệp lớn hơn {MOST_BYTES // 1_000_000} MB; hãy chia nhỏ.")
    return found


def _decoded(found: bytes) -> str:
    encoding = _BYTE_ORDER.get(found[:2], "utf-8-sig")
    try:
        return found.decode(encoding)
    except UnicodeDecodeError as error:
        message = "Tệp không phải mã hóa UTF-8; hãy lưu lại dạng «CSV UTF-8»."
        raise NoTable(message) from error


def _require_harmless(packed: bytes) -> None:
    """Look at everything that the library would unpack before it does."""
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as parts:
            listed = parts.infolist()
            if len(listed) > MOST_PARTS or sum(p.file_size for p in listed) > MOST_UNPACKED:
                raise NoTable("Bảng tính giải nén ra quá lớn; hãy chia nhỏ.")
            for part in listed:
                _require_plain_xml(parts, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise NoTable("Tệp không phải bảng tính XLSX.") from error


def _require_plain_xml(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No document types, so no entities; no other encoding that could hide one."""
    if part.filename.endswith((".xml", ".rels", ".vml")):
        with parts.open(part) as file:
            head = file.read(4_096)
        if b"\x00" in head or b"<!DOCTYPE" in head.upper():
            raise NoTable(f"Phần «{part.filename}» của bảng tính không an toàn.")
