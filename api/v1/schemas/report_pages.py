"""What the pages of reports are asked for, and signatures of reports."""

from marshmallow import fields

from api.fields import Choice, Code, Day, In, Moment, Out, Text
from api.paging import PageIn
from api.v1.schemas.means import MeansIn
from engine.model.document import Capacity
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


class ReportSignatureIn(MeansIn):
    """Ký báo cáo với tư cách nào, bằng gì."""

    capacity = Choice(Capacity, required=True)


class ReportSignatureOut(Out):
    """Một chữ ký số của báo cáo; `certificate` là SHA-256 của chứng thư số."""

    capacity = Choice(Capacity)
    by = fields.Integer()
    at = Moment()
    certificate = fields.String()
    file = fields.String()


class ReportPaperOut(Out):
    """Bản PDF của báo cáo đã gửi; `file` là SHA-256 của tệp lúc chưa ký."""

    file = fields.String()
    drawn_at = Moment()
    signatures = fields.List(fields.Nested(ReportSignatureOut))
