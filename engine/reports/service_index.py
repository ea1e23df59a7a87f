"""Index 766: the points of an agency over a period, and what would raise them most."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Select

from engine.errors.reports import FigureUnknown
from engine.model.report import Cell, Check, Column, Kind, Report, Row, Value
from engine.model.service_index import Group, IndexDay, IndexEdition, Indicator, Share, edition_on
from engine.reports.asked import Asked, Counting, Figure
from engine.reports.extent import Extent
from engine.reports.index_figures import DOSSIER_FIGURES
from engine.reports.index_others import OTHER_FIGURES
from engine.reports.wording import number, points
from engine.store import portal_link

Shares = Mapping[str, Share | None]
"""What was counted for each figure; None where the house does not know it."""

MISSING = "missing"
_LIKELIEST = 5
COLUMNS = (
    Column("points", "Điểm đạt", Cell.POINTS, number="(3)"),
    Column("most", "Điểm tối đa", Cell.POINTS, number="(4)"),
    Column("gap", "Điểm còn có thể thêm", Cell.POINTS, number="(5)"),
    Column("part", "Tử số", Cell.TEXT, number="(6)"),
    Column("whole", "Mẫu số", Cell.TEXT, number="(7)"),
    Column(MISSING, "Hồ sơ chưa đạt", Cell.COUNT, number="(8)"),
    Column("meaning", "Cách tính", Cell.TEXT, number="(9)"),
)


@dataclass(frozen=True)
class Scored:
    """An indicator with what was counted and its points in hundredths (None: they stay open)."""

    indicator: Indicator
    share: Share | None
    points: int | None

    @property
    def gap(self) -> int | None:
        """The points that could still be had."""
        return None if self.points is None else self.indicator.most - self.points

    @property
    def missing(self) -> int | None:
        """The dossiers that keep it from all its points; None where it is not about dossiers."""
        figure = DOSSIER_FIGURES.get(self.indicator.figure or "")
        if self.share is None or figure is None or figure.of_procedures:
            return None
        return self.share.whole - self.share.part


def scores(tx: Connection, asked: Asked) -> list[Scored]:
    """All indicators, in order, on the formulas of the last day of the period.

    Raises `AgencyUnknown`, `ReportPeriodInvalid`.
    """
    extent = Extent.of(tx, asked)
    indicators = edition_on(asked.period.end).indicators
    shares = {each.figure: _share(tx, extent, each.figure) for each in indicators if each.figure}
    return [_scored(each, shares) for each in indicators]


def _share(tx: Connection, extent: Extent, figure: str) -> Share | None:
    if figure == "synced" and portal_link.since(tx) is None:
        return None
    if figure in DOSSIER_FIGURES:
        return DOSSIER_FIGURES[figure].count(tx, extent)
    return OTHER_FIGURES[figure](tx, extent)


def _scored(indicator: Indicator, shares: Shares) -> Scored:
    share = shares[indicator.figure] if indicator.figure else None
    factor = shares[indicator.times] if indicator.times else None
    return Scored(indicator, share, indicator.score(share, factor))


def index_day(tx: Connection, asked: Asked) -> IndexDay:
    """The points at the end of a period, by groups; raises as `scores`."""
    found = scores(tx, asked)
    groups = dict.fromkeys((each.indicator.group for each in found), 0)
    for each in found:
        groups[each.indicator.group] += each.points or 0
    return IndexDay(
        agency=asked.agency,
        day=asked.period.end,
        since=asked.period.start,
        points=sum(groups.values()),
        open=sum(each.indicator.most for each in found if each.points is None),
        groups=groups,
        counted_at=asked.now,
    )


def _count(tx: Connection, asked: Asked) -> Report:
    extent, edition = Extent.of(tx, asked), edition_on(asked.period.end)
    found = scores(tx, asked)
    rows = [row for group in edition.groups for row in _rows(group, found)]
    total = Row("total", "Tổng điểm", _sum(found))
    return Report(
        kind=Kind.INDEX_766,
        title="Bộ chỉ số phục vụ người dân, doanh nghiệp (QĐ 766/QĐ-TTg)",
        form=None,
        agency=extent.scene.body,
        period=asked.period,
        columns=COLUMNS,
        rows=tuple(rows),
        total=total,
        checks=tuple(_checks(edition, found)),
        notes=tuple(_notes(edition, found)),
        counted_at=asked.now,
        level=asked.level,
        field=asked.field,
    )


def _rows(group: Group, found: list[Scored]) -> Iterator[Row]:
    ours = [each for each in found if each.indicator.group == group.key]
    yield Row(group.key, group.name, _sum(ours))
    for each in ours:
        yield Row(each.indicator.key, each.indicator.name, _cells(each), 1)


def _sum(found: list[Scored]) -> dict[str, Value]:
    """Of a group or of all: what is open earns nothing, and cannot be had by work here."""
    known = [each for each in found if each.points is not None]
    return {
        "points": sum(each.points or 0 for each in known),
        "most": sum(each.indicator.most for each in found),
        "gap": sum(each.gap or 0 for each in known),
        "part": None,
        "whole": None,
        MISSING: None,
        "meaning": None,
    }


def _cells(each: Scored) -> dict[str, Value]:
    share, indicator = each.share, each.indicator
    meaning = f"{indicator.part} / {indicator.of}" if indicator.figure else indicator.open
    return {
        "points": each.points,
        "most": indicator.most,
        "gap": each.gap,
        "part": share.part if share else None,
        "whole": share.whole if share else None,
        MISSING: each.missing,
        "meaning": meaning,
    }


def _checks(edition: IndexEdition, found: list[Scored]) -> Iterator[Check]:
    most = sum(each.most for each in edition.indicators)
    yield Check("Điểm tối đa là 100", f"Cộng các nhóm: {points(most)}.", most == 100 * 100)
    over = [e.indicator.name for e in found if e.points is not None and e.gap and e.gap < 0]
    said = ", ".join(over) or "Không có chỉ tiêu nào vượt"
    yield Check("Không chỉ tiêu nào vượt điểm tối đa", f"{said}.", not over)


def _notes(edition: IndexEdition, found: list[Scored]) -> Iterator[str]:
    yield f"Công thức: {edition.source}."
    unknown = [each for each in found if each.points is None]
    if unknown:
        most = points(sum(each.indicator.most for each in unknown))
        names = "; ".join(each.indicator.name for each in unknown)
        yield f"Để ngỏ {most} điểm mà hệ thống không biết được, không đoán: {names}."
    for each in raising(found):
        behind = f", {number(each.missing)} hồ sơ chưa đạt" if each.missing else ""
        gap = points(each.gap or 0)
        yield f"Tăng điểm nhiều nhất: {each.indicator.name}, còn {gap} điểm{behind}."


def raising(found: list[Scored]) -> list[Scored]:
    """What would raise the points most, the most first."""
    open_ones = [each for each in found if each.gap]
    return sorted(open_ones, key=lambda each: -(each.gap or 0))[:_LIKELIEST]


def _behind(tx: Connection, asked: Asked, figure: Figure) -> Select[tuple[int]]:
    by_key = {each.key: each for each in edition_on(asked.period.end).indicators}
    indicator = by_key.get(figure.row)
    found = DOSSIER_FIGURES.get((indicator and indicator.figure) or "")
    if found is None or figure.column != MISSING:
        raise FigureUnknown(kind=Kind.INDEX_766, row=figure.row, column=figure.column)
    return found.missing(Extent.of(tx, asked))


COUNTING = Counting(_count, _behind)
