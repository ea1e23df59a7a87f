"""Tables as XLSX: numbers as numbers, text as text whatever it begins with."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from engine.deadlines.calendar import local
from engine.model.report import Report
from engine.reports.flat import denominator, laid
from engine.reports.heading import check_in_words, heading_of

_LONGEST = 32_000
"""Characters of one cell; the format holds few more."""
_BOLD = Font(bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="center", horizontal="center")
_FORMATS = {int: "#,##0", float: "#,##0.00", Decimal: "0.00", datetime: "dd/mm/yyyy hh:mm"}
_FIRST_WIDTH, _WIDTH = 46, 15


class Sheet:
    """One sheet that is written row by row, however many there are."""

    def __init__(self, title: str, widths: Sequence[int], frozen: str) -> None:
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet(title)
        for place, width in enumerate(widths, start=1):
            self._sheet.column_dimensions[get_column_letter(place)].width = width
        self._sheet.freeze_panes = frozen

    def row(self, values: Iterable[Any], bold: bool = False, head: bool = False) -> None:
        """One row more."""
        self._sheet.append([_cell(self._sheet, value, bold or head, head) for value in values])

    def save(self, to: IO[bytes]) -> None:
        """Write the file."""
        self._book.save(to)


def report_xlsx(report: Report) -> bytes:
    """A report on a sheet: what it is, its table, what was checked, and what its figures mean."""
    table, top = laid(report), heading_of(report).lines
    widths = [_FIRST_WIDTH, *(_WIDTH for _ in table.heads[1:])]
    sheet = Sheet("Báo cáo", widths, f"B{len(top) + 2}")
    for line in top:
        sheet.row([line], bold=line == report.title)
    sheet.row(table.heads, head=True)
    for values in table.rows:
        sheet.row(values, bold=values is table.rows[-1])
    for line in _below(report):
        sheet.row([line])
    file = BytesIO()
    sheet.save(file)
    return file.getvalue()


def _below(report: Report) -> Iterator[str]:
    yield ""
    yield from (check_in_words(check) for check in report.checks)
    for column in report.columns:
        if of := denominator(report, column):
            yield f"{column.title}: tỷ lệ trên {of}."
    yield from report.notes
    yield f"Số liệu tính lúc {local(report.counted_at):%H:%M %d/%m/%Y}."


def _cell(sheet: Any, value: Any, bold: bool, head: bool) -> Any:
    if value is None:
        return None
    if isinstance(value, datetime):
        value = local(value).replace(tzinfo=None)
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST]
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
    cell.number_format = _FORMATS.get(type(value), "General")
    if bold:
        cell.font = _BOLD
    if head:
        cell.alignment = _WRAPPED
    return cell
