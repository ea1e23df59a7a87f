"""What a report is, whatever it counts: columns, rows, a total, and what must hold between them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, cast

_CENT = Decimal("0.01")
_WHOLE = Decimal(100)


class Kind(StrEnum):
    """The kinds of reports, as the forms and the command line name them."""

    II_06A = "II.06a"
    II_06B = "II.06b"
    II_06C = "II.06c"
    OVERDUE_CAUSES = "overdue-causes"
    PAUSES = "pauses"
    RETURNS = "returns"
    DIGITISATION = "digitisation"
    REUSE = "reuse"
    SIGNATURES = "signatures"
    ONLINE = "online"
    PAYMENTS = "payments"
    NON_TERRITORIAL = "non-territorial"
    WORKLOAD = "workload"
    INDEX_766 = "766"


class Cell(StrEnum):
    """What the cells of a column are: words, a number of things, a rate, a length of time in
    working hours, đồng, or hundredths of a point."""

    TEXT = "text"
    COUNT = "count"
    RATE = "rate"
    SPAN = "span"
    MONEY = "money"
    POINTS = "points"


@dataclass(frozen=True)
class Column:
    """One column. `group` is the heading that it shares with its neighbours, `number` the number
    that the form prints under it («(3)»)."""

    key: str
    title: str
    kind: Cell = Cell.COUNT
    group: str | None = None
    number: str | None = None


@dataclass(frozen=True)
class Rate:
    """A part of a whole; `of` says in Vietnamese what the whole is."""

    numerator: int
    denominator: int
    of: str

    @property
    def percent(self) -> Decimal | None:
        """Half up to two decimals; None of nothing.

        Whatever rounding gives, it is 100 only where no one is missing.
        """
        if not self.denominator:
            return None
        exact = _WHOLE * self.numerator / self.denominator
        rounded = exact.quantize(_CENT, ROUND_HALF_UP)
        short = self.numerator < self.denominator
        return min(rounded, _WHOLE - _CENT) if short else rounded


Value = int | str | Rate | None
"""What stands in a cell: a number, words, a rate; None where the question does not arise."""


@dataclass(frozen=True)
class Row:
    """One line: its `key` names it for machines; `depth` says below how many headings it lies."""

    key: str
    label: str
    cells: Mapping[str, Value]
    depth: int = 0


@dataclass(frozen=True)
class Check:
    """Something that must hold between figures, with the figures in words, and whether it does."""

    name: str
    sentence: str
    holds: bool


@dataclass(frozen=True)
class Period:
    """Whole days in Vietnam, from `start` to `end`, both counted."""

    start: date
    end: date


@dataclass(frozen=True)
class Body:
    """Who reports, by code and name at the end of the period, and the one above it."""

    code: str
    name: str
    above: str | None = None


@dataclass(frozen=True)
class Report:
    """A report as it was counted at one moment.

    `form` is the number of the official form where there is one. `level` and `field` say to what
    it was narrowed.
    """

    kind: Kind
    title: str
    form: str | None
    agency: Body
    period: Period
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row
    checks: tuple[Check, ...]
    notes: tuple[str, ...]
    counted_at: datetime
    level: str | None = None
    field: str | None = None


def as_json(report: Report) -> dict[str, Any]:
    """The report for machines: days and moments as ISO 8601, rates with their percentage."""
    return {name: _plain(value) for name, value in vars(report).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Rate):
        percent = value.percent
        return {**asdict(value), "percent": None if percent is None else str(percent)}
    if is_dataclass(value):
        return {name: _plain(each) for name, each in vars(value).items()}
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def from_json(raw: Mapping[str, Any]) -> Report:
    """The report that `as_json` described."""
    return Report(
        **{
            **raw,
            "kind": Kind(raw["kind"]),
            "agency": Body(**raw["agency"]),
            "period": Period(**{k: date.fromisoformat(day) for k, day in raw["period"].items()}),
            "columns": tuple(Column(**{**c, "kind": Cell(c["kind"])}) for c in raw["columns"]),
            "rows": tuple(map(_row, raw["rows"])),
            "total": _row(raw["total"]),
            "checks": tuple(Check(**each) for each in raw["checks"]),
            "notes": tuple(raw["notes"]),
            "counted_at": datetime.fromisoformat(raw["counted_at"]),
        }
    )


def _row(raw: Mapping[str, Any]) -> Row:
    return Row(**{**raw, "cells": {key: _value(cell) for key, cell in raw["cells"].items()}})


def _value(raw: Any) -> Value:
    if isinstance(raw, Mapping):
        return Rate(raw["numerator"], raw["denominator"], raw["of"])
    return cast(Value, raw)
