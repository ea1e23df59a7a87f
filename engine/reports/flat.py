"""A report laid flat: one value to a cell, as spreadsheets and programs want it.

A rate becomes three cells: numerator, denominator (with what it is), percentage.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from engine.model.report import Cell, Column, Rate, Report, Row
from engine.reports.wording import UNITS, hours

Flat = str | int | float | Decimal | None
_INDENT = "\u2003"


@dataclass(frozen=True)
class Laid:
    """The heads, then the rows with the total last; each begins with its name, indented by its
    depth."""

    heads: list[str]
    rows: list[list[Flat]]


def laid(report: Report) -> Laid:
    """A report as a plain table."""
    heads = [head for column in report.columns for head in _heads(report, column)]
    rows = [_line(report, row) for row in (*report.rows, report.total)]
    return Laid(["Nội dung", *heads], rows)


def denominator(report: Report, column: Column) -> str:
    """What the rates of a column are shares of; empty for a column without rates."""
    cells = (row.cells.get(column.key) for row in (report.total, *report.rows))
    return next((cell.of for cell in cells if isinstance(cell, Rate)), "")


def _heads(report: Report, column: Column) -> Iterator[str]:
    named = " – ".join(filter(None, (column.group, column.title)))
    unit = UNITS.get(column.kind)
    name = " ".join(filter(None, (named, unit and f"({unit})", column.number)))
    if column.kind is not Cell.RATE:
        yield name
        return
    yield f"{name}: tử số"
    yield f"{name}: mẫu số, là {denominator(report, column)}"
    yield f"{name}: tỷ lệ %"


def _line(report: Report, row: Row) -> list[Flat]:
    cells = (value for column in report.columns for value in _flat(column, row))
    return [_INDENT * row.depth + row.label, *cells]


def _flat(column: Column, row: Row) -> tuple[Flat, ...]:
    value = row.cells.get(column.key)
    if isinstance(value, Rate):
        return value.numerator, value.denominator, value.percent
    if column.kind is Cell.RATE:
        return None, None, None
    if column.kind is Cell.POINTS and isinstance(value, int):
        return (Decimal(value) / 100,)
    is_span = column.kind is Cell.SPAN and isinstance(value, int)
    return (hours(value) if is_span else value,)  # type: ignore[arg-type]
