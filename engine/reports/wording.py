"""Figures of reports as Vietnamese papers write them."""

from engine.model.report import Cell, Column, Rate, Row

NOTHING = "—"
UNITS = {Cell.MONEY: "đồng", Cell.SPAN: "giờ làm việc", Cell.POINTS: "điểm"}
"""What stands behind a column's title where its figures are no numbers of dossiers."""
_SWAPPED = str.maketrans(",.", ".,")
_HOUR = 3600


def number(value: float) -> str:
    """«1.250.000», «12,5»."""
    return f"{value:,}".translate(_SWAPPED)


def percent(rate: Rate) -> str:
    """«89,93 %»; nothing is a share of nothing."""
    return NOTHING if rate.percent is None else f"{rate.percent:.2f}".replace(".", ",") + " %"


def hours(seconds: int) -> float:
    """A span in hours, to two decimals."""
    return round(seconds / _HOUR, 2)


def points(hundredths: int) -> str:
    """«19,96»."""
    return f"{hundredths / 100:.2f}".replace(".", ",")


def said(column: Column, row: Row) -> str:
    """A cell in words: «1.204», «89,93 % (250/278)», «12,5»."""
    value = row.cells.get(column.key)
    if isinstance(value, Rate):
        return f"{percent(value)} ({number(value.numerator)}/{number(value.denominator)})"
    if isinstance(value, int) and column.kind is Cell.POINTS:
        return points(value)
    if isinstance(value, int):
        return number(hours(value) if column.kind is Cell.SPAN else value)
    return value or NOTHING
