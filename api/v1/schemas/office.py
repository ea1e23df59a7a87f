"""Agencies, their units, and the log of what was changed in them."""

from marshmallow import fields

from api.fields import Choice, Code, In, Moment, Out, Text
from api.paging import PageIn, page_of
from engine.model.office_event import OfficeEventType


class UnitOut(Out):
    """Một đơn vị của cơ quan."""

    code = fields.String()
    name = fields.String()


class AgencyOut(Out):
    """Một cơ quan với các đơn vị."""

    code = fields.String()
    name = fields.String()
    level = fields.String()
    parent = fields.String(allow_none=True)
    units = fields.List(fields.Nested(UnitOut))


AgencyPage = page_of(AgencyOut)


class AgencyIn(In):
    """Một xã, phường mới dưới một cơ quan."""

    code = Code(required=True)
    name = Text(200, 1, required=True)
    parent = Code(required=True)
    code_prefix = Text(
        32,
        1,
        pattern=("[A-Za-z0-9.]+", "Phần đầu mã hồ sơ gồm chữ không dấu, số, dấu chấm."),
        metadata={"description": "Phần đầu của mã hồ sơ; bỏ trống: mã cơ quan."},
    )


class NameIn(In):
    """Tên mới."""

    name = Text(200, 1, required=True)


class UnitIn(NameIn):
    """Một đơn vị mới."""

    code = Code(required=True)


class UnitStateOut(UnitOut):
    """Một đơn vị, đang mở hoặc đã đóng."""

    closed_at = Moment(allow_none=True)


class AgencyStateOut(Out):
    """Một cơ quan với mọi đơn vị, kể cả đơn vị đã đóng."""

    code = fields.String()
    name = fields.String()
    level = fields.String()
    parent = fields.String(allow_none=True)
    revision = fields.Integer(metadata={"description": "Tăng sau mỗi thay đổi; cho If-Match."})
    units = fields.List(fields.Nested(UnitStateOut))


class OfficeEventListIn(PageIn):
    """Những thay đổi nào; bỏ trống: tất cả trong phạm vi của bạn."""

    agency = Code()
    type = Choice(OfficeEventType)
    subject = Text(160, 1, metadata={"description": "Ví dụ user:12, agency:H40, outage:3."})
    actor = Text(32, 1, metadata={"description": "Số của người thực hiện."})


class OfficeEventOut(Out):
    """Một thay đổi: ai, lúc nào, trước và sau."""

    seq = fields.Integer()
    at = Moment()
    type = Choice(OfficeEventType)
    agency = fields.String(allow_none=True, metadata={"description": "null: chung."})
    subject = fields.String()
    actor = fields.String()
    actor_name = fields.String(allow_none=True)
    before = fields.Dict(keys=fields.String())
    after = fields.Dict(keys=fields.String())


OfficeEventPage = page_of(OfficeEventOut)
