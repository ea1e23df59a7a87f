"""«Tình hình, kết quả giải quyết TTHC» (Biểu II.06, circular 02/2017/TT-VPCP as amended).

Biểu II.06a is that of a body that resolves dossiers itself, b and c those of bodies that add up
what others report. All three are counted of an agency with all below it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, Select

from engine.errors.reports import FigureUnknown
from engine.model.report import Kind, Period, Report, Row
from engine.reports.asked import Asked, Counting, Figure, Members
from engine.reports.resolution_checks import checks
from engine.reports.resolution_columns import COLUMNS, NARROWINGS, cells, columns_of, figures
from engine.reports.resolution_lines import BY_AGENCIES, BY_FIELDS, BY_LEVELS, Division
from engine.reports.scene import scene_of
from engine.reports.standing_then import Tally, dossiers, placed

TOTAL = "total"
_TITLE = "Tình hình, kết quả giải quyết thủ tục hành chính"
_NOTES = (
    "Hồ sơ tính cho cơ quan có thẩm quyền giải quyết, từ ngày tiếp nhận; hồ sơ không được tiếp "
    "nhận không tính.",
    "So theo ngày: trước hạn là xong trước ngày hẹn đang có hiệu lực, đúng hạn là xong đúng ngày "
    "ấy; đang giải quyết quá hạn là ngày hẹn ở trước ngày cuối kỳ, hoặc trước ngày tạm dừng.",
    "Hồ sơ tạm dừng vẫn nằm trong cột (11); các cột ngoài biểu cho biết bao nhiêu trong số đó.",
)


@dataclass(frozen=True)
class _Form:
    """One of the three forms."""

    kind: Kind
    form: str
    title: str
    division: Division

    def count(self, tx: Connection, asked: Asked) -> Report:
        """The report as `Counting.count` gives it."""
        scene = scene_of(tx, asked)
        lines = [*self.division.lines(tx, scene)]
        whole: Tally = sum((line.tally for line in lines if not line.depth), Counter())
        return Report(
            kind=self.kind,
            title=self.title,
            form=self.form,
            agency=scene.body,
            period=asked.period,
            columns=COLUMNS,
            rows=tuple(Row(each.key, each.label, cells(each.tally), each.depth) for each in lines),
            total=Row(TOTAL, "Tổng cộng", cells(whole)),
            checks=checks(tx, scene.scope, figures(whole)),
            notes=(*_NOTES, *_unfinished(asked.period, scene.scope.period)),
            counted_at=asked.now,
            level=asked.level,
            field=asked.field,
        )

    def behind(self, tx: Connection, asked: Asked, figure: Figure) -> Select[tuple[int]]:
        """The dossiers behind a figure as `Counting.behind` selects them."""
        scene = scene_of(tx, asked)
        whole = figure.row == TOTAL
        scope = scene.scope if whole else self.division.scope_of(scene, figure.row)
        narrowing = NARROWINGS.get(figure.column)
        if scope is None or narrowing is None:
            raise FigureUnknown(kind=self.kind.value, row=figure.row, column=figure.column)
        return dossiers(scope, narrowing)

    def members(self, tx: Connection, asked: Asked) -> Members:
        """The dossiers behind all figures of the lowest lines, sums left out."""
        scene = scene_of(tx, asked)
        found: dict[Figure, list[int]] = {}
        columns = cache(columns_of)
        for id_, agency, procedure, place in placed(tx, scene.scope):
            row = self.division.key_of(scene, agency, procedure)
            for column in columns(place):
                found.setdefault(Figure(row, column), []).append(id_)
        return found


def _unfinished(asked: Period, counted: Period) -> Iterator[str]:
    if counted.end < asked.end:
        yield f"Kỳ chưa kết thúc: số liệu tính đến ngày {counted.end:%d/%m/%Y}."


_FORMS = (
    _Form(Kind.II_06A, "II.06a/VPCP/KSTT", f"{_TITLE} theo lĩnh vực", BY_FIELDS),
    _Form(Kind.II_06B, "II.06b/VPCP/KSTT", f"{_TITLE} theo đơn vị", BY_AGENCIES),
    _Form(Kind.II_06C, "II.06c/VPCP/KSTT", f"{_TITLE} theo cấp", BY_LEVELS),
)
RESOLUTION = {form.kind: Counting(form.count, form.behind, form.members) for form in _FORMS}
"""The three forms."""
