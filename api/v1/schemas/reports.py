"""Who had what for how long."""

from marshmallow import fields

from api.fields import Choice, Code, Day, Flag, In, Moment, Out
from api.paging import PageIn, page_of
from engine.model.document import DocumentKind
from engine.queries.responsibility_report import Dimension


class HoldingOut(Out):
    """Một người giữ một việc, hoặc việc nằm chờ trong đơn vị (`holder` null)."""

    place = fields.Integer()
    step = fields.String()
    step_name = fields.String()
    agency = fields.String()
    unit = fields.String(allow_none=True)
    unit_name = fields.String()
    holder = fields.Integer(allow_none=True)
    holder_name = fields.String()
    since = Moment()
    until = Moment(allow_none=True, metadata={"description": "null: đang giữ."})
    limit = fields.String()
    limit_in_words = fields.String()
    hours = fields.Float(metadata={"description": "Số giờ làm việc đã giữ, trừ lúc tạm dừng."})
    late = fields.Float(metadata={"description": "Số giờ vượt hạn của bước."})


class TotalOut(Out):
    """Cộng nhiều lần giữ."""

    key = fields.String(allow_none=True)
    name = fields.String()
    holdings = fields.Integer()
    hours = fields.Float()
    late_holdings = fields.Integer()
    late = fields.Float()


class ResponsibilityOut(Out):
    """Sổ trách nhiệm của một hồ sơ; giờ là giờ làm việc."""

    holdings = fields.List(fields.Nested(HoldingOut))
    by_step = fields.List(fields.Nested(TotalOut))
    by_unit = fields.List(fields.Nested(TotalOut))
    by_person = fields.List(fields.Nested(TotalOut))
    paused = fields.Float(metadata={"description": "Số giờ tạm dừng, không tính cho ai."})


class ReportIn(In):
    """Kỳ báo cáo (kể cả hai đầu, theo giờ Việt Nam), cơ quan, và so theo gì."""

    first = Day(required=True, data_key="from")
    last = Day(required=True, data_key="to")
    agency = Code(metadata={"description": "Bỏ trống: mọi cơ quan bạn giám sát."})
    by = Choice(Dimension, load_default=Dimension.UNIT)


class ReportLineOut(Out):
    """Một đơn vị, người, bước hay thủ tục."""

    agency = fields.String(allow_none=True)
    key = fields.String(allow_none=True)
    name = fields.String()
    holdings = fields.Integer(metadata={"description": "Số lần giữ kết thúc trong kỳ."})
    hours = fields.Float()
    late_holdings = fields.Integer()
    late = fields.Float(metadata={"description": "Số giờ vượt hạn của các bước."})
    open = fields.Integer(metadata={"description": "Số việc đang mở lúc này."})
    open_overdue = fields.Integer(metadata={"description": "Trong đó đã quá hạn."})


class ReportOut(Out):
    """Bảng trách nhiệm của một kỳ, trễ nhiều trước."""

    items = fields.List(fields.Nested(ReportLineOut))


class UnsignedListIn(PageIn):
    """Đầu ra chưa có dấu số của cơ quan."""

    finished = Flag(metadata={"description": "true: hồ sơ đã kết thúc; false: đang xử lý."})


class UnsignedOut(Out):
    """Một kết quả hoặc văn bản từ chối chưa có dấu số của cơ quan."""

    dossier = fields.String()
    document = fields.Integer()
    kind = Choice(DocumentKind)
    agency = fields.String()
    signed = fields.Boolean(metadata={"description": "Người có thẩm quyền đã ký."})
    finished = fields.Boolean(metadata={"description": "Hồ sơ đã kết thúc."})
    added_at = Moment()


UnsignedPage = page_of(UnsignedOut)
