"""Charts of reports: for each kind the questions that it answers, and the bars that answer them.

A chart compares rows, each a bar of columns laid one after the other; or columns of the total,
each a bar of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from api.web.language import gettext as _
from api.web.pages.board.charts import MOST_ROWS, Chart, Part, Row
from engine.model.report import Cell, Kind, Report
from engine.model.report import Row as Line

Link = Callable[[str, str], str | None]
"""Where a figure leads, by the keys of its row and column; None for nowhere."""
Toned = tuple[str, str]
"""The key of a column and its tone."""


@dataclass(frozen=True)
class Question:
    """A question, and which columns answer it, in which tones; `across`: as bars of the total.

    Rows are ordered by the first column, the largest first.
    """

    id: str
    words: str
    columns: Sequence[Toned]
    across: bool = False


def charts(report: Report, link: Link) -> list[Chart]:
    """The charts of a report; none that would be empty."""
    found = (
        _across(report, each, link) if each.across else _compared(report, each, link)
        for each in _questions(report)
    )
    return [chart for chart in found if chart.rows]


def _compared(report: Report, question: Question, link: Link) -> Chart:
    keys = [key for key, _tone in question.columns]
    lines = [line for line in _level(report.rows) if any(_number(line, key) for key in keys)]
    order = sorted(lines, key=lambda each: [-_number(each, key) for key in keys])
    longest = max((sum(_number(line, key) for key in keys) for line in order), default=1)
    rows = [_row(report, line, question, longest, link) for line in order[:MOST_ROWS]]
    return _chart(report, question, rows, max(len(order) - MOST_ROWS, 0))


def _level(rows: Sequence[Line]) -> list[Line]:
    """The rows to compare: the highest that are several, else the lowest."""
    depths = sorted({row.depth for row in rows})
    for depth in depths:
        found = [row for row in rows if row.depth == depth]
        if len(found) > 1 or depth == depths[-1]:
            return found
    return []


def _row(report: Report, line: Line, question: Question, longest: int, link: Link) -> Row:
    parts, start, names = [], 0.0, _titles(report)
    for key, tone in question.columns:
        if number := _number(line, key):
            length = 100 * number / longest
            parts.append(Part(tone, names[key], number, start, length, link(line.key, key)))
            start += length
    return Row(line.label, sum(part.number for part in parts), parts)


def _across(report: Report, question: Question, link: Link) -> Chart:
    """Each column of the total as a bar, the largest first."""
    numbers = [(_number(report.total, key), key, tone) for key, tone in question.columns]
    longest, names = max((n for n, _key, _tone in numbers), default=0), _titles(report)
    rows = []
    for number, key, tone in sorted(numbers, key=lambda each: -each[0]):
        if number:
            where = link(report.total.key, key)
            part = Part(tone, names[key], number, 0.0, 100 * number / longest, where)
            rows.append(Row(names[key], number, [part]))
    return _chart(report, question, rows, 0)


def _chart(report: Report, question: Question, rows: list[Row], more: int) -> Chart:
    names = _titles(report)
    columns = [(tone, names[key]) for key, tone in question.columns]
    if question.across:
        columns = [(question.columns[0][1], _("Số hồ sơ"))]
    return Chart(question.id, question.words, _("Nội dung"), columns, rows, more)


def _titles(report: Report) -> Mapping[str, str]:
    return {column.key: column.title for column in report.columns}


def _number(line: Line, key: str) -> int:
    value = line.cells.get(key)
    return value if isinstance(value, int) else 0


def _questions(report: Report) -> list[Question]:
    known = {column.key for column in report.columns if column.kind in (Cell.COUNT, Cell.MONEY)}
    asked = _ASKED[report.kind](sorted(known)) if report.kind in _ASKED else []
    return [each for each in asked if {key for key, _tone in each.columns} <= known]


def _resolution(keys: Sequence[str]) -> list[Question]:
    return [
        Question(
            "da-giai-quyet",
            _("Nơi nào giải quyết quá hạn?"),
            [("late", "overdue"), ("on_time", "near_due"), ("early", "on_track")],
        ),
        Question(
            "dang-giai-quyet",
            _("Nơi nào đang giữ hồ sơ quá hạn?"),
            [("overdue", "overdue"), ("in_time", "on_track")],
        ),
    ]


def _causes(keys: Sequence[str]) -> list[Question]:
    causes = [(key, "overdue") for key in keys if key.startswith("cause_")]
    return [
        Question("nguyen-nhan", _("Vì sao hồ sơ quá hạn?"), [*causes, ("unexplained", "overdue")],
                 across=True),
        Question("o-dau", _("Hồ sơ quá hạn nằm ở đâu?"),
                 [("open_late", "overdue"), ("done_late", "near_due")]),
    ]  # fmt: skip


def _pauses(keys: Sequence[str]) -> list[Question]:
    words = _("Hồ sơ tạm dừng vì lý do gì, có quá thời hạn không?")
    return [Question("ly-do", words, [("over", "paused_overdue"), ("within", "paused")])]


def _returns(keys: Sequence[str]) -> list[Question]:
    why = ("papers", "identity", "other", "refused", "asked_before", "asked_after")
    words = _("Hồ sơ bị trả lại, yêu cầu bổ sung vì sao?")
    return [Question("vi-sao", words, [(key, "near_due") for key in why], across=True)]


def _digitisation(keys: Sequence[str]) -> list[Question]:
    return [
        Question("dau-vao", _("Nơi nào chưa số hóa đủ thành phần hồ sơ?"),
                 [("missing", "overdue"), ("digitised", "on_track")]),
        Question("ket-qua", _("Nơi nào còn trả kết quả chỉ bằng giấy?"),
                 [("on_paper", "overdue"), ("electronic", "on_track")]),
    ]  # fmt: skip


def _reuse(keys: Sequence[str]) -> list[Question]:
    words = _("Nơi nào khai thác, dùng lại dữ liệu nhiều?")
    return [Question("dung-lai", words, [("reusing", "on_track"), ("looking_up", "intake")])]


def _signatures(keys: Sequence[str]) -> list[Question]:
    tones = [("unsigned", "overdue"), ("unsealed", "near_due"), ("signed", "on_track")]
    return [Question("ky-so", _("Nơi nào còn văn bản chưa đủ chữ ký số?"), tones)]


def _online(keys: Sequence[str]) -> list[Question]:
    tones = [("online", "on_track"), ("postal", "intake"), ("counter", "paused")]
    return [Question("cach-nop", _("Lĩnh vực nào nộp trực tuyến nhiều?"), tones)]


def _payments(keys: Sequence[str]) -> list[Question]:
    return [
        Question("so-tien", _("Lĩnh vực nào thu trực tuyến được nhiều?"),
                 [("amount_online", "on_track"), ("amount_else", "paused")]),
    ]  # fmt: skip


def _non_territorial(keys: Sequence[str]) -> list[Question]:
    tones = [("for_others", "intake"), ("by_others", "paused")]
    words = _("Cơ quan nào tiếp nhận hộ, được tiếp nhận hộ nhiều?")
    return [Question("tiep-nhan-ho", words, tones)]


def _workload(keys: Sequence[str]) -> list[Question]:
    return [
        Question("khoi-luong", _("Việc dồn vào ai nhiều nhất?"), [("done", "intake")]),
        Question("qua-han-buoc", _("Ai giữ việc quá hạn bước nhiều?"), [("late", "overdue")]),
    ]


_ASKED: Mapping[Kind, Callable[[Sequence[str]], list[Question]]] = {
    Kind.II_06A: _resolution,
    Kind.II_06B: _resolution,
    Kind.II_06C: _resolution,
    Kind.OVERDUE_CAUSES: _causes,
    Kind.PAUSES: _pauses,
    Kind.RETURNS: _returns,
    Kind.DIGITISATION: _digitisation,
    Kind.REUSE: _reuse,
    Kind.SIGNATURES: _signatures,
    Kind.ONLINE: _online,
    Kind.PAYMENTS: _payments,
    Kind.NON_TERRITORIAL: _non_territorial,
    Kind.WORKLOAD: _workload,
    Kind.INDEX_766: lambda keys: [],
}
