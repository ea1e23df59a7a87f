"""How a report is made up: what its rows are, and for each column what is counted.

Counting and the way back to the dossiers behind a figure read the same plan, so that they agree.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection

from engine.model.report import Check, Column, Rate, Row, Value
from engine.reports.bases import Basis
from engine.reports.dimensions import Dimension, Path
from engine.reports.extent import Extent
from engine.reports.wording import number

Sums = Mapping[str, int]


@dataclass(frozen=True)
class Counted:
    """A column that counts rows of bases for which `where` holds: how many they are, their
    `amount` in all, or how many `different` values they have."""

    column: Column
    bases: tuple[Basis, ...]
    where: ColumnElement[bool] | None = None
    amount: ColumnElement[int] | None = None
    different: ColumnElement[Any] | None = None


@dataclass(frozen=True)
class Leaves:
    """A column that counts the rows at the bottom for which the column `of` counts something."""

    column: Column
    of: str


@dataclass(frozen=True)
class Share:
    """A column of rates: one counted column as a part of another, or of several; `of` says in
    Vietnamese what those are."""

    column: Column
    part: str
    whole: tuple[str, ...]
    of: str


@dataclass(frozen=True)
class Plan:
    """A report before it is counted. `notes` say what its figures mean, `checks` what must hold
    of every row. `paths` are rows that are there even where nothing counts for them."""

    title: str
    rows: Dimension
    columns: Sequence[Counted | Leaves | Share]
    notes: Sequence[str] = ()
    checks: Sequence[Callable[[Sequence[Row]], Check]] = ()
    paths: Sequence[Path] = ()

    def counted(self) -> list[Counted]:
        """The columns that count."""
        return [each for each in self.columns if isinstance(each, Counted)]

    def leaves(self) -> list[Leaves]:
        """The columns that count rows."""
        return [each for each in self.columns if isinstance(each, Leaves)]

    def cells(self, sums: Sums) -> dict[str, Value]:
        """The cells of a row for which so much was counted."""
        return {each.column.key: _cell(each, sums) for each in self.columns}


Planning = Callable[[Connection, Extent], Plan]
"""Makes the plan of a kind for what is asked: some columns depend on the rules of the office."""


def adds_up(name: str, whole: str, parts: Sequence[str]) -> Callable[[Sequence[Row]], Check]:
    """That a column is the sum of others, in every row; says the total, or the first that is
    wrong."""

    def check(rows: Sequence[Row]) -> Check:
        wrong = (row for row in rows if _figure(row, whole) != sum(_figure(row, p) for p in parts))
        row = next(wrong, None)
        shown = row or rows[-1]
        added = " + ".join(number(_figure(shown, part)) for part in parts)
        sign = "=" if row is None else "≠"
        sentence = f"{shown.label}: {number(_figure(shown, whole))} {sign} {added}."
        return Check(name, sentence, row is None)

    return check


def _figure(row: Row, key: str) -> int:
    value = row.cells[key]
    return value if isinstance(value, int) else 0


def _cell(each: Counted | Leaves | Share, sums: Sums) -> Value:
    if not isinstance(each, Share):
        return sums.get(each.column.key, 0)
    whole = sum(sums.get(key, 0) for key in each.whole)
    return Rate(sums.get(each.part, 0), whole, each.of)
