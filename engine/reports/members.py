"""The dossiers behind every figure of a report, whatever its kind."""

from collections.abc import Iterator
from contextlib import suppress

from sqlalchemy import Connection

from engine.errors.reports import FigureUnknown
from engine.model.report import Cell, Kind, Report
from engine.reports.asked import Asked, Figure, Members
from engine.reports.kinds import COUNTINGS


def members(tx: Connection, kind: Kind, asked: Asked, report: Report) -> Members:
    """The dossiers behind all figures of a report that was counted of the same."""
    counting = COUNTINGS[kind]
    if counting.members is not None:
        return counting.members(tx, asked)
    return dict(_one_by_one(tx, kind, asked, report))


def _one_by_one(
    tx: Connection, kind: Kind, asked: Asked, report: Report
) -> Iterator[tuple[Figure, list[int]]]:
    """Columns that count something else than dossiers have nothing behind them."""
    columns = [column.key for column in report.columns if column.kind is Cell.COUNT]
    for row in report.rows:
        for column in columns:
            if row.cells[column]:
                figure = Figure(row.key, column)
                with suppress(FigureUnknown):
                    found = tx.execute(COUNTINGS[kind].behind(tx, asked, figure))
                    yield figure, sorted({row.id for row in found})
