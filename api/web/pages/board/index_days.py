"""Index 766 over time: for the total and each group a row of columns, and the table of the days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.edge import Call
from api.web.language import gettext as _
from api.web.pages.board.charts import MOST_ROWS
from api.web.pages.board.report_asking import Wanted
from engine.model.report import Kind
from engine.model.service_index import IndexDay, edition_on
from engine.queries.index_days import list_index_days
from engine.reports.wording import points

FEWEST = 14
"""For so many days there is room at least, so that few make no broad blocks."""


@dataclass(frozen=True)
class Over:
    """Points over time, in words; `heights` are shares of the most, in percent. `change` is what
    came or went up to the last day, 0 for nothing."""

    name: str
    heights: Sequence[float]
    words: Sequence[str]
    most: str
    change: int
    changed: str


@dataclass(frozen=True)
class OverTime:
    """The rows, with the days that they are of; `room` is for how many days. `open` says for each
    day how many points stayed open; `ends`: only the last day of each month of reports. `since` is
    the day with which the last one is compared, None where there is no other."""

    days: Sequence[date]
    rows: Sequence[Over]
    open: Sequence[str]
    room: int
    ends: bool
    since: date | None


def over_time(call: Call, wanted: Wanted) -> OverTime | None:
    """What the page of a report shows; nothing where nothing was kept, as of parts of agencies."""
    asked = wanted.asked
    if wanted.kind is not Kind.INDEX_766 or asked.level or asked.field:
        return None
    kept = list_index_days(call.tx, asked, call.actor)
    ends = len(kept) > MOST_ROWS
    shown = _ends(kept) if ends else kept
    if not shown:
        return None
    first = shown[0] if ends else next(each for each in shown if each.since == shown[-1].since)
    return OverTime(
        days=[each.day for each in shown],
        rows=_rows(shown, first),
        open=[points(each.open) for each in shown],
        room=max(len(shown), FEWEST),
        ends=ends,
        since=None if first is shown[-1] else first.day,
    )


def _ends(kept: Sequence[IndexDay]) -> list[IndexDay]:
    """The last day of each month of reports."""
    return list({each.since: each for each in kept}.values())


def _rows(shown: Sequence[IndexDay], first: IndexDay) -> list[Over]:
    place, groups = shown.index(first), edition_on(shown[-1].day).groups
    most = sum(group.most for group in groups)
    total = _row(_("Tổng điểm"), [each.points for each in shown], most, place)
    return [total] + [
        _row(group.name, [each.groups.get(group.key, 0) for each in shown], group.most, place)
        for group in groups
    ]


def _row(name: str, numbers: Sequence[int], most: int, first: int) -> Over:
    change = numbers[-1] - numbers[first]
    return Over(
        name=name,
        heights=[100 * number / most for number in numbers],
        words=[points(number) for number in numbers],
        most=points(most),
        change=change,
        changed=points(abs(change)),
    )
