"""What reports are called, and their tables as pages show them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from api.web.language import gettext as _
from engine.model.report import Cell, Column, Kind, Rate, Report, Row
from engine.queries.recount import DifferentFigure
from engine.reports.flat import denominator
from engine.reports.wording import UNITS, number, percent, said

Link = Callable[[str, str], str | None]


def no_link(row: str, column: str) -> None:
    """Figures that lead nowhere: those of a report that was sent."""


@dataclass(frozen=True)
class Shown:
    """A cell: its words, for a rate the numbers behind it, and where it leads."""

    name: str
    words: str
    ratio: str
    link: str | None
    of_text: bool


@dataclass(frozen=True)
class Line:
    """A row with its cells."""

    label: str
    depth: int
    cells: Sequence[Shown]


@dataclass(frozen=True)
class Group:
    """Heads under one head; a head alone has no title above it."""

    title: str | None
    heads: Sequence[str]


@dataclass(frozen=True)
class Table:
    """A report as a table; `denominators` say of each column of rates what they are of."""

    groups: Sequence[Group]
    numbers: Sequence[str]
    lines: Sequence[Line]
    total: Line
    denominators: Sequence[tuple[str, str]]


def table_of(report: Report, link: Link) -> Table:
    """A report as pages show it; figures lead to the dossiers behind them."""
    columns = report.columns
    return Table(
        groups=list(_groups(columns)),
        numbers=[column.number or "" for column in columns] if report.form else [],
        lines=[_line(columns, row, link) for row in report.rows],
        total=_line(columns, report.total, link),
        denominators=[(c.title, of) for c in columns if (of := denominator(report, c))],
    )


def _groups(columns: Sequence[Column]) -> Iterator[Group]:
    for group, members in groupby(enumerate(columns), lambda each: each[1].group or each[0]):
        heads = [_head(column) for _place, column in members]
        yield Group(group if isinstance(group, str) else None, heads)


def _head(column: Column) -> str:
    unit = UNITS.get(column.kind)
    return f"{column.title} ({unit})" if unit else column.title


def _line(columns: Sequence[Column], row: Row, link: Link) -> Line:
    return Line(row.label, row.depth, [_shown(column, row, link) for column in columns])


def _shown(column: Column, row: Row, link: Link) -> Shown:
    value = row.cells.get(column.key)
    name = _name(column)
    where = link(row.key, column.key)
    if isinstance(value, Rate):
        ratio = f"{number(value.numerator)}/{number(value.denominator)}"
        return Shown(name, percent(value), ratio, where if value.numerator else None, False)
    counts = isinstance(value, int) and value > 0 and column.kind not in _UNLINKED
    return Shown(name, said(column, row), "", where if counts else None, column.kind is Cell.TEXT)


_UNLINKED = (Cell.POINTS, Cell.TEXT)
"""No dossiers are behind cells of these kinds."""


def kind_names() -> Mapping[Kind, str]:
    """What each kind is called in the form."""
    return {
        Kind.II_06A: _("II.06a – Kết quả giải quyết, theo lĩnh vực"),
        Kind.II_06B: _("II.06b – Kết quả giải quyết, theo đơn vị"),
        Kind.II_06C: _("II.06c – Kết quả giải quyết, theo cấp"),
        Kind.OVERDUE_CAUSES: _("Hồ sơ quá hạn theo nguyên nhân"),
        Kind.PAUSES: _("Hồ sơ tạm dừng theo lý do"),
        Kind.RETURNS: _("Hồ sơ bị trả lại, từ chối, yêu cầu bổ sung"),
        Kind.DIGITISATION: _("Số hóa thành phần hồ sơ và kết quả"),
        Kind.REUSE: _("Khai thác, sử dụng lại dữ liệu số hóa"),
        Kind.SIGNATURES: _("Ký số kết quả, văn bản từ chối"),
        Kind.ONLINE: _("Hồ sơ tiếp nhận trực tuyến"),
        Kind.PAYMENTS: _("Thanh toán trực tuyến"),
        Kind.NON_TERRITORIAL: _("Hồ sơ phi địa giới hành chính"),
        Kind.WORKLOAD: _("Khối lượng công việc của cán bộ"),
        Kind.INDEX_766: _("766 – Bộ chỉ số phục vụ người dân, doanh nghiệp"),
    }


@dataclass(frozen=True)
class Changed:
    """A figure that a recount counts otherwise, in words."""

    row: str
    column: str
    sent: str
    now: str


def differing(report: Report, figures: Iterable[DifferentFigure]) -> Iterator[Changed]:
    """What differs between a report and its recount; rates follow from what they are of."""
    rows = {row.key: row.label for row in (*report.rows, report.total)}
    columns = {column.key: column for column in report.columns}
    for each in figures:
        column = columns.get(each.column)
        if column is None or column.kind is not Cell.RATE:
            named = _name(column) if column else each.column
            label = rows.get(each.row, each.row)
            yield Changed(label, named, _plain(each.sent), _plain(each.now))


def _plain(value: Any) -> str:
    return number(value) if isinstance(value, int) else str(value or "—")


def _name(column: Column) -> str:
    return " – ".join(filter(None, (column.group, column.title)))
