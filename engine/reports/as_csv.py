"""Tables as CSV: UTF-8 with a byte order mark, commas between cells, points in numbers.

The mark lets spreadsheets read Vietnamese; what people typed never begins a formula there.
"""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

from engine.model.report import Report
from engine.reports.flat import laid

MARK = "\ufeff"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def report_csv(report: Report) -> str:
    """A report as a table: its heads, its rows, its total."""
    table = laid(report)
    return MARK + written([table.heads, *table.rows])


def written(rows: Iterable[Iterable[Any]]) -> str:
    """Rows as CSV has them; None is an empty cell."""
    text = StringIO()
    csv.writer(text).writerows([_harmless(value) for value in row] for row in rows)
    return text.getvalue()


def _harmless(value: Any) -> Any:
    if isinstance(value, str) and value.lstrip().startswith(_FORMULAS):
        return f"'{value}"
    return value
