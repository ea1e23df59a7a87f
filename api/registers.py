"""The register as a table that programs read: written out page by page, however long it is."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from io import StringIO
from typing import Any

from flask import Response

from api.sending import Later
from api.services import services
from engine.deadlines.calendar import local
from engine.model.actor import Actor
from engine.queries.register import Entry, Period, entries

SECONDS = 60.0
"""How long a register of many pages may be drawn."""
PAGE = 500
HEADINGS = (
    "TT", "Mã hồ sơ", "Tên thủ tục hành chính", "Số bộ", "Tên cá nhân, tổ chức", "Địa chỉ",
    "Số điện thoại", "Cơ quan chủ trì giải quyết", "Nhận hồ sơ", "Hẹn trả kết quả",
    "Chuyển hồ sơ", "Nhận kết quả", "Ngày trả", "Phương thức", "Ký nhận", "Ghi chú",
)  # fmt: skip
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_NAMES = tuple(field.name for field in fields(Entry))


@dataclass(frozen=True)
class RegisterTable(Later):
    """What a view answers to send the register as CSV."""

    period: Period
    actor: Actor

    def made(self) -> Response:
        """The table; each of its pages is read in a short transaction of its own."""
        name = f"so-theo-doi-{self.period.agency}-{self.period.since}-{self.period.until}.csv"
        response = Response(_written(self.period, self.actor), mimetype="text/csv")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def _written(period: Period, actor: Actor) -> Iterator[str]:
    database = services().database

    def pages() -> Iterator[str]:
        yield "\ufeff" + _lines([HEADINGS])
        after = 0
        while True:
            with database.reading() as tx:
                found = entries(tx, period, actor, after, PAGE)
            yield _lines([[_cell(getattr(each, name)) for name in _NAMES] for each in found])
            if len(found) < PAGE:
                return
            after = found[-1].number

    return pages()


def _lines(rows: Any) -> str:
    written = StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()


def _cell(value: Any) -> str:
    """A value as a cell: what people typed never begins a formula."""
    if isinstance(value, datetime):
        return f"{local(value):%d/%m/%Y %H:%M}"
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULAS) else text
