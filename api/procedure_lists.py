"""The list of procedures as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any

from flask import Response, send_file

from api.report_files import CSV, XLSX
from api.sending import Later
from bpmn.catalogue.entry import LEVEL_NAMES
from engine.deadlines.calendar import local
from engine.queries.procedure_list import ProcedureItem
from engine.reports.as_csv import MARK, written
from engine.reports.as_xlsx import Sheet

HEADS = (
    "Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Cấp thực hiện", "Tình trạng", "Áp dụng từ",
    "Bãi bỏ từ", "Thay bằng", "Sắp thay đổi từ", "Phiên bản",
)  # fmt: skip
_WIDTHS = (14, 60, 30, 16, 18, 14, 14, 14, 16, 16)
_LEVELS = {level: name for name, level in LEVEL_NAMES.items()}


class ListFormat(StrEnum):
    """In what a list leaves."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True)
class ProcedureTable(Later):
    """What a view answers to send procedures as a file."""

    items: list[ProcedureItem]
    format: ListFormat

    def made(self) -> Response:
        """The file."""
        rows = [HEADS, *map(_row, self.items)]
        if self.format is ListFormat.CSV:
            content, kind = (MARK + written(rows)).encode(), CSV
        else:
            content, kind = _sheet(rows), XLSX
        name = f"thu-tuc.{self.format}"
        return send_file(BytesIO(content), kind, as_attachment=True, download_name=name)


def _sheet(rows: list[Any]) -> bytes:
    sheet, file = Sheet("Thủ tục", _WIDTHS, "C2"), BytesIO()
    for number, row in enumerate(rows):
        sheet.row(row, head=number == 0)
    sheet.save(file)
    return file.getvalue()


def _row(item: ProcedureItem) -> list[str | None]:
    return [
        item.code,
        item.name,
        item.field,
        next((name for level, name in _LEVELS.items() if level == item.level), item.level),
        _state(item),
        f"{local(item.since):%d/%m/%Y}",
        *_days(item.repealed_on),
        item.replaced_by,
        *_days(item.coming_on),
        item.version[:12],
    ]


def _days(*days: Any) -> Iterator[str | None]:
    for day in days:
        yield f"{day:%d/%m/%Y}" if day else None


def _state(item: ProcedureItem) -> str:
    if item.replaced_by:
        return "Được thay thế"
    return "Bị bãi bỏ" if item.repealed_on else "Đang thực hiện"
