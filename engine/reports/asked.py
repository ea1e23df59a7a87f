"""What is asked of a report, and what every kind of report owes whoever asks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select

from engine.model.report import Period, Report


@dataclass(frozen=True)
class Asked:
    """An agency with all below it, over a period; perhaps only the agencies of one level, or the
    procedures of one field. `now` is the moment at which it is counted."""

    agency: str
    period: Period
    now: datetime
    level: str | None = None
    field: str | None = None


@dataclass(frozen=True)
class Figure:
    """A figure of a report by the keys of its row and its column."""

    row: str
    column: str


Members = Mapping[Figure, Iterable[int]]
"""The ids of the dossiers behind each figure."""


@dataclass(frozen=True)
class Counting:
    """How one kind of report is counted.

    `count` gives the report. `behind` selects the ids of the dossiers that a figure counts, one
    column, in no order; it raises `FigureUnknown` where the report has no such figure. Neither
    asks who may see it: `engine.queries.reports` does. `members` gives the dossiers behind all
    figures at once, where there is a quicker way than one after the other.
    """

    count: Callable[[Connection, Asked], Report]
    behind: Callable[[Connection, Asked, Figure], Select[tuple[int]]]
    members: Callable[[Connection, Asked], Members] | None = None
