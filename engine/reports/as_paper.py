"""A report on paper: landscape A4 in the layout of the state's forms, drawn by the press.

Over the table stand form, title and period, and who reports to whom; below it what was checked,
what percentages are of, and where the leader signs and the agency seals.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from engine.deadlines.calendar import local
from engine.errors.reports import ReportTooLong
from engine.model.report import Cell, Column, Report, Row
from engine.printing.templates import Source, shipped, source_of
from engine.reports.flat import denominator
from engine.reports.heading import check_in_words, heading_of
from engine.reports.wording import UNITS, said

SECONDS = 60.0
"""How long a report of many rows may be drawn."""
MOST_ROWS = 1_500
"""Of one PDF; longer ones are for spreadsheets."""
_FIRST = 3
"""The number of the first column of figures: before it come number and name of the row."""


@dataclass(frozen=True)
class Signer:
    """Under what title the leader signs, and whose name stands below."""

    title: str = "Thủ trưởng đơn vị"
    name: str = ""


def report_source() -> Source:
    """The template of this release."""
    return source_of(shipped("report"))


def report_values(report: Report, signer: Signer, author: str) -> dict[str, Any]:
    """What the template speaks of; `author` is who made the report.

    Raises `ReportTooLong`.
    """
    if len(report.rows) > MOST_ROWS:
        raise ReportTooLong(most=MOST_ROWS)
    return {
        "form": {"title": report.title, "paper": "A4 landscape", "circular": "", "number": ""},
        "code": None,
        "heading": vars(heading_of(report)),
        "groups": list(_groups(report.columns)),
        "columns": [_head(column) for column in report.columns],
        "numbers": _numbers(report.columns),
        "rows": [_row(report, row, number) for number, row in _numbered(report.rows)],
        "total": _row(report, report.total, ""),
        "checks": [{"words": check_in_words(c), "holds": c.holds} for c in report.checks],
        "notes": [*_denominators(report), *report.notes],
        "counted_at": local(report.counted_at).isoformat(),
        "signer": vars(signer),
        "author": author,
    }


def _groups(columns: Sequence[Column]) -> Iterator[dict[str, Any]]:
    """Columns side by side under one head; one without a head stands for itself."""
    for group, members in groupby(enumerate(columns), lambda each: each[1].group or each[0]):
        inside = [_head(column) for _, column in members]
        yield {"title": group if isinstance(group, str) else None, "columns": inside}


def _head(column: Column) -> dict[str, Any]:
    unit = UNITS.get(column.kind)
    return {"title": column.title, "unit": unit, "text": column.kind is Cell.TEXT}


def _numbers(columns: Sequence[Column]) -> list[str]:
    """The row under the heads: (1), (2), then those of the form, or counted on."""
    counted = (f"({place})" for place in range(_FIRST, _FIRST + len(columns)))
    return ["(1)", "(2)", *(c.number or n for c, n in zip(columns, counted, strict=True))]


def _numbered(rows: Sequence[Row]) -> Iterator[tuple[str, Row]]:
    """Rows with their numbers; those that only break others down have none."""
    number = 0
    for row in rows:
        number += not row.depth
        yield ("" if row.depth else str(number)), row


def _row(report: Report, row: Row, number: str) -> dict[str, Any]:
    cells = [said(column, row) for column in report.columns]
    return {"number": number, "label": _printable(row.label), "depth": row.depth, "cells": cells}


def _printable(name: str) -> str:
    """A name without what no type has a letter for."""
    return "".join(letter for letter in name if letter.isprintable())


def _denominators(report: Report) -> Iterator[str]:
    numbers = _numbers(report.columns)[2:]
    for number, column in zip(numbers, report.columns, strict=True):
        if of := denominator(report, column):
            yield f"Cột {number}: tỷ lệ trên {of}."
