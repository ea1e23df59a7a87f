"""Reports counted by their plans, and the dossiers behind each figure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, case, distinct, func, select, true, union

from engine.errors.reports import FigureUnknown
from engine.model.report import Kind, Report, Row
from engine.reports.asked import Asked, Counting, Figure
from engine.reports.bases import Basis
from engine.reports.dimensions import Path, key_of, path_of
from engine.reports.extent import Extent
from engine.reports.plan import Counted, Plan, Planning, Share
from engine.store.tables import dossier

Sums = dict[Path, dict[str, int]]
"""Numbers by path and column."""


def counting(kind: Kind, planning: Planning) -> Counting:
    """How a kind of report is counted that has a plan."""

    def count(tx: Connection, asked: Asked) -> Report:
        extent = Extent.of(tx, asked)
        return report_of(tx, kind, asked, planning(tx, extent), extent)

    def behind(tx: Connection, asked: Asked, figure: Figure) -> Select[tuple[int]]:
        extent = Extent.of(tx, asked)
        plan = planning(tx, extent)
        column = _column(kind, plan, figure)
        return _behind(plan, extent, column, path_of(figure.row))

    return Counting(count, behind)


def report_of(tx: Connection, kind: Kind, asked: Asked, plan: Plan, extent: Extent) -> Report:
    """The report that a plan makes."""
    sums = _sums(tx, plan, extent)
    total = Row("total", "Tổng cộng", plan.cells(sums.get((), {})))
    rows = tuple(_rows(tx, plan, extent, sums))
    return Report(
        kind=kind,
        title=plan.title,
        form=None,
        agency=extent.scene.body,
        period=asked.period,
        columns=tuple(each.column for each in plan.columns),
        rows=rows,
        total=total,
        checks=tuple(check([*rows, total]) for check in plan.checks),
        notes=tuple(plan.notes),
        counted_at=asked.now,
        level=asked.level,
        field=asked.field,
    )


def _rows(tx: Connection, plan: Plan, extent: Extent, sums: Sums) -> Iterator[Row]:
    counted = {path for path, numbers in sums.items() if any(numbers.values())}
    paths = sorted({*counted, *plan.paths} - {()})
    names = plan.rows.names(tx, extent, paths)
    for path in paths:
        cells = plan.cells(sums.get(path, {}))
        yield Row(key_of(path), names[path], cells, len(path) - 1)


def _sums(tx: Connection, plan: Plan, extent: Extent) -> Sums:
    """What counts for each path and all above it, by column."""
    counted: Sums = defaultdict(lambda: defaultdict(int))
    for basis, columns in _by_basis(plan.counted()):
        keys = plan.rows.keys(basis)
        for row in _grouped(tx, basis, keys, columns, extent):
            path = plan.rows.path(extent, tuple(row)[: len(keys)])
            for each in columns:
                counted[path][each.column.key] += int(row._mapping[each.column.key] or 0)
    return _added_up(plan, counted)


def _grouped(
    tx: Connection, basis: Basis, keys: Sequence[Any], columns: list[Counted], extent: Extent
) -> Iterator[Any]:
    numbers = [_number(each).label(each.column.key) for each in columns]
    for part in basis.parts(extent):
        query = select(*keys, *numbers).select_from(basis.source).where(part, *extent.of_field)
        yield from tx.execute(query.group_by(*keys))


def _added_up(plan: Plan, counted: Sums) -> Sums:
    """What was counted for paths at the bottom, for those above them too."""
    found: Sums = defaultdict(lambda: defaultdict(int))
    for path, sums in counted.items():
        marks = {each.column.key: int(sums[each.of] > 0) for each in plan.leaves()}
        for depth in range(len(path) + 1):
            for key, number in (sums | marks).items():
                found[path[:depth]][key] += number
    return found


def _by_basis(columns: Iterable[Counted]) -> Iterable[tuple[Basis, list[Counted]]]:
    grouped: dict[int, tuple[Basis, list[Counted]]] = {}
    for each in columns:
        for basis in each.bases:
            grouped.setdefault(id(basis), (basis, []))[1].append(each)
    return grouped.values()


def _number(each: Counted) -> Any:
    if each.different is not None:
        return func.count(distinct(each.different))
    amount = each.amount if each.amount is not None else 1
    return func.sum(amount if each.where is None else case((each.where, amount), else_=0))


def _behind(plan: Plan, extent: Extent, column: Counted, path: Path) -> Select[tuple[int]]:
    parts = [
        select(dossier.c.id)
        .select_from(basis.source)
        .where(part, *extent.of_field, *_wanted(column))
        .where(plan.rows.at(extent, basis, path) if path else true())
        for basis in column.bases
        for part in basis.parts(extent)
    ]
    return select(union(*parts).subquery().c.id)


def _wanted(column: Counted) -> Iterator[Any]:
    if column.where is not None:
        yield column.where
    if column.amount is not None:
        yield column.amount > 0


def _column(kind: Kind, plan: Plan, figure: Figure) -> Counted:
    """The column of a figure; for a rate that of its part. Raises `FigureUnknown`."""
    key = figure.column
    for each in plan.columns:
        if each.column.key == key and not isinstance(each, Counted):
            key = each.part if isinstance(each, Share) else each.of
            return _column(kind, plan, Figure(figure.row, key))
    found = next((each for each in plan.counted() if each.column.key == key), None)
    if found is None:
        raise FigureUnknown(kind=kind, row=figure.row, column=figure.column)
    return found
