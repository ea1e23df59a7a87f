"""What the pages of reports are asked for."""

from api.fields import Choice, Code, Day, In, Text
from api.paging import PageIn
from engine.model.report import Kind


class ReportPageIn(In):
    """Loại báo cáo, cơ quan, kỳ (kể cả hai đầu), cấp, lĩnh vực."""

    kind = Choice(Kind, required=True)
    agency = Code(required=True)
    first = Day(required=True)
    last = Day(required=True)
    level = Code()
    field = Text(500, 1)


class FigurePageIn(ReportPageIn, PageIn):
    """Hồ sơ đứng sau một con số."""

    row = Text(600, 1, required=True)
    column = Code(required=True)
