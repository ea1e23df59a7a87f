"""The register."""

from marshmallow import fields

from api.fields import Code, Day, In, Moment, Out
from api.paging import PageIn, page_of


class PeriodIn(In):
    """Sổ của cơ quan nào, từ ngày nào đến hết ngày nào trong một năm."""

    agency = Code(required=True)
    since = Day(required=True)
    until = Day(required=True)
    procedure = Code(metadata={"description": "Chỉ một thủ tục."})


class RegisterIn(PeriodIn, PageIn):
    """Phần nào của sổ."""


class EntryOut(Out):
    """Một dòng của sổ theo dõi hồ sơ."""

    number = fields.Integer(metadata={"description": "Số thứ tự trong năm."})
    code = fields.String()
    procedure = fields.String()
    sets = fields.Integer(metadata={"description": "Số bộ hồ sơ."})
    owner = fields.String()
    address = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    competent = fields.String(metadata={"description": "Cơ quan chủ trì giải quyết."})
    received_at = Moment()
    due_at = Moment()
    handed_on_at = Moment(allow_none=True, metadata={"description": "Chuyển hồ sơ đi giải quyết."})
    processed_at = Moment(allow_none=True, metadata={"description": "Nhận lại kết quả."})
    delivered_at = Moment(allow_none=True)
    method = fields.String(allow_none=True)
    receiver = fields.String(allow_none=True)
    note = fields.String(allow_none=True)


EntryPage = page_of(EntryOut)
