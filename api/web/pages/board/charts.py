"""Charts of the board, each an answer to a question: bars that lead to the dossiers behind them.

A bar is a share of the longest one, in percent; the numbers stand beside it and in a table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from api.web.language import gettext as _
from api.web.pages.board.asking import address
from api.web.words import day
from engine.model.standing import STANDING_NAMES, Standing
from engine.queries.supervision_counts import By, Group
from engine.queries.weeks import Figure, Week

MOST_ROWS = 40
SHOWN = (
    Standing.OVERDUE,
    Standing.PAUSED_OVERDUE,
    Standing.NEAR_DUE,
    Standing.INTAKE,
    Standing.ON_TRACK,
    Standing.PAUSED,
)
"""The groups of open dossiers, the worst first."""


@dataclass(frozen=True)
class Part:
    """A piece of a bar: where it begins and how long it is, in percent; its number and where it
    leads, if anywhere."""

    tone: str
    name: str
    number: int
    start: float
    length: float
    link: str | None


@dataclass(frozen=True)
class Row:
    """A bar with its name; `parts` without those that are empty."""

    name: str
    total: int
    parts: list[Part]

    def number(self, tone: str) -> int:
        """Of one part, 0 where it is empty."""
        return sum(part.number for part in self.parts if part.tone == tone)


@dataclass(frozen=True)
class Chart:
    """A question with its bars; `columns` are tones and names of the parts, `more` how many rows
    are left out."""

    id: str
    question: str
    first: str
    columns: list[tuple[str, str]]
    rows: list[Row]
    more: int = 0


@dataclass(frozen=True)
class Breakdown:
    """Open dossiers by something, and by what else one may look at them."""

    chart: Chart
    choices: list[tuple[str, str, bool]]


def breakdown(by: By, groups: Sequence[Group], agency: str | None) -> Breakdown:
    """Who or what has how many open dossiers; those with most overdue first."""
    open_ = [g for g in groups if _total(g) and (g.key is not None or by not in _IF_ANY)]
    order = sorted(open_, key=lambda g: (-g.counts[Standing.OVERDUE], -_total(g), g.name))
    longest = max(map(_total, order), default=1)
    rows = [_row(by, group, longest, agency) for group in order[:MOST_ROWS]]
    columns = [(s.value, _(STANDING_NAMES[s])) for s in SHOWN]
    more = max(len(order) - MOST_ROWS, 0)
    chart = Chart("phan-bo", _questions()[by], _heads()[by], columns, rows, more)
    choices = [
        (_heads()[each], address("", by=each.value, agency=agency) + "#phan-bo", each is by)
        for each in _heads()
    ]
    return Breakdown(chart, choices)


_IF_ANY = (By.PAUSE_REASON, By.OVERDUE_CAUSE)
"""Those without one are most dossiers, and no answer to the question."""


def _total(group: Group) -> int:
    return sum(group.counts[standing] for standing in SHOWN)


def _row(by: By, group: Group, longest: int, agency: str | None) -> Row:
    parts, start = [], 0.0
    for standing in SHOWN:
        if number := group.counts[standing]:
            length = 100 * number / longest
            asked = {"agency": agency, **_asked(by, group.key)}
            link = address("/ho-so", asked, standing=standing.value)
            name = _(STANDING_NAMES[standing])
            parts.append(Part(standing.value, name, number, start, length, link))
            start += length
    name = group.name if group.key is not None else _nobody(by)
    return Row(name, _total(group), parts)


def _asked(by: By, key: str | None) -> Mapping[str, str]:
    """The query for the dossiers of one group; of those without anything in common only nobody's
    can be asked for."""
    if key is not None:
        return {by.value: key}
    return {"unassigned": "true"} if by is By.HOLDER else {"lacking": by.value}


def _nobody(by: By) -> str:
    """What dossiers are called that have no key."""
    said = {By.HOLDER: _("Chưa ai nhận"), By.UNIT: _("Không thuộc đơn vị nào")}
    return said.get(by, _("Không có"))


def _questions() -> Mapping[By, str]:
    return {
        By.AGENCY: _("Cơ quan nào đang giữ hồ sơ quá hạn?"),
        By.UNIT: _("Đơn vị nào đang giữ hồ sơ quá hạn?"),
        By.HOLDER: _("Ai đang giữ nhiều hồ sơ, ai có hồ sơ quá hạn?"),
        By.PROCEDURE: _("Thủ tục nào có hồ sơ quá hạn?"),
        By.STAGE: _("Hồ sơ đang dừng ở giai đoạn nào?"),
        By.PAUSE_REASON: _("Hồ sơ đang tạm dừng vì lý do gì?"),
        By.OVERDUE_CAUSE: _("Vì sao hồ sơ đang mở bị trễ?"),
    }


def _heads() -> Mapping[By, str]:
    return {
        By.AGENCY: _("Cơ quan"),
        By.UNIT: _("Đơn vị"),
        By.HOLDER: _("Người giữ"),
        By.PROCEDURE: _("Thủ tục"),
        By.STAGE: _("Giai đoạn"),
        By.PAUSE_REASON: _("Lý do tạm dừng"),
        By.OVERDUE_CAUSE: _("Nguyên nhân trễ"),
    }


def week_charts(weeks: Sequence[Week], agency: str | None) -> list[Chart]:
    """What came in and went out, and what was left standing, week by week; the latest first."""
    return [
        _weeks("ra-vao", _("Mỗi tuần nhận bao nhiêu, xong bao nhiêu?"), weeks, agency,
               (Figure.RECEIVED, Figure.FINISHED, Figure.FINISHED_LATE)),
        _weeks("ton-dong", _("Cuối mỗi tuần còn bao nhiêu hồ sơ quá hạn, tạm dừng?"), weeks, agency,
               (Figure.OVERDUE, Figure.PAUSED)),
    ]  # fmt: skip


def figure_names() -> Mapping[Figure, str]:
    """What the figures of a week are called."""
    return {
        Figure.RECEIVED: _("Tiếp nhận"),
        Figure.FINISHED: _("Đã xong"),
        Figure.FINISHED_LATE: _("Xong trễ hạn"),
        Figure.OVERDUE: _("Quá hạn"),
        Figure.PAUSED: _("Tạm dừng"),
    }


def _weeks(
    id_: str, question: str, weeks: Sequence[Week], agency: str | None, figures: Sequence[Figure]
) -> Chart:
    numbers = [getattr(week, figure) for week in weeks for figure in figures]
    longest = max(numbers, default=0) or 1
    names = figure_names()
    rows = []
    for week in reversed(weeks):
        parts = []
        for figure in figures:
            number = getattr(week, figure)
            link = address("/tuan", monday=week.monday, figure=figure.value, agency=agency)
            length = 100 * number / longest
            parts.append(Part(figure.value, names[figure], number, 0.0, length, link))
        last = week.monday + timedelta(days=6)
        name = f"{week.monday:%d/%m} – {day(last)}"
        rows.append(Row(name, 0, parts))
    columns = [(figure.value, names[figure]) for figure in figures]
    return Chart(id_, question, _("Tuần"), columns, rows)
