"""The register as a table that programs read: written page by page, however long it is."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from tempfile import TemporaryFile
from typing import Any

from flask import Response, send_file

from api.report_files import XLSX, Format
from api.sending import Later
from api.services import services
from engine.deadlines.calendar import local
from engine.model.actor import Actor
from engine.queries.register import Entry, Period, entries
from engine.reports.as_csv import MARK, written
from engine.reports.as_xlsx import Sheet

SECONDS = 60.0
"""How long a register of many pages may be drawn."""
PAGE = 500
HEADINGS = (
    "TT", "Mã hồ sơ", "Tên thủ tục hành chính", "Số bộ", "Tên cá nhân, tổ chức", "Địa chỉ",
    "Số điện thoại", "Cơ quan chủ trì giải quyết", "Nhận hồ sơ", "Hẹn trả kết quả",
    "Chuyển hồ sơ", "Nhận kết quả", "Ngày trả", "Phương thức", "Ký nhận", "Ghi chú",
)  # fmt: skip
_WIDTHS = (6, 24, 40, 6, 28, 36, 14, 28, 17, 17, 17, 17, 17, 16, 24, 20)
_NAMES = tuple(field.name for field in fields(Entry))


@dataclass(frozen=True)
class RegisterTable(Later):
    """What a view answers to send the register as a table."""

    period: Period
    actor: Actor
    format: Format = Format.CSV

    def made(self) -> Response:
        """The table; each of its pages is read in a short transaction of its own."""
        name = f"so-theo-doi-{self.period.agency}-{self.period.since}-{self.period.until}"
        if self.format is Format.XLSX:
            return self._sheet(f"{name}.xlsx")
        response = Response(self._text(), mimetype="text/csv")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response

    def _text(self) -> Iterator[str]:
        pages = _pages(self.period, self.actor)

        def text() -> Iterator[str]:
            yield MARK + written([HEADINGS])
            for lines in pages:
                yield written([_cell(value) for value in line] for line in lines)

        return text()

    def _sheet(self, name: str) -> Response:
        sheet = Sheet("Sổ theo dõi hồ sơ", _WIDTHS, "C2")
        sheet.row(HEADINGS, head=True)
        for lines in _pages(self.period, self.actor):
            for line in lines:
                sheet.row(line)
        file = TemporaryFile()  # noqa: SIM115 - closed when it has been sent
        sheet.save(file)
        file.seek(0)
        return send_file(file, XLSX, as_attachment=True, download_name=name)


def _pages(period: Period, actor: Actor) -> Iterator[list[list[Any]]]:
    """The lines of a period, so many at a time."""
    database = services().database

    def pages() -> Iterator[list[list[Any]]]:
        after, there_is_more = 0, True
        while there_is_more:
            with database.reading() as tx:
                found = entries(tx, period, actor, after, PAGE)
            yield [[getattr(each, name) for name in _NAMES] for each in found]
            there_is_more = len(found) == PAGE
            after = found[-1].number if found else after

    return pages()


def _cell(value: Any) -> Any:
    return f"{local(value):%d/%m/%Y %H:%M}" if isinstance(value, datetime) else value
