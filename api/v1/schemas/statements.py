"""Statements of banks and gateways, and differences from the books."""

from marshmallow import fields

from api.fields import Choice, Code, Day, Flag, In, Moment, Out, Text, Whole
from api.paging import PageIn, page_of
from api.transfer import Base64
from engine.model.gateway import DifferenceAct, DifferenceKind, LinePlace

MOST_STATEMENT = 3_500_000
MOST_NOTE = 1_000


class StatementIn(In):
    """Một tệp sao kê; không nêu ngày thì lấy theo dòng đầu và dòng cuối."""

    agency = Code(required=True)
    format = Code(required=True, metadata={"description": "Mẫu, xem GET /statements/formats."})
    file_name = Text(200, 1, required=True)
    content = Base64(MOST_STATEMENT, required=True, metadata={"description": "CSV hoặc XLSX."})
    first_day = Day(load_default=None, allow_none=True)
    last_day = Day(load_default=None, allow_none=True)


class SumOut(Out):
    """Bao nhiêu dòng, bao nhiêu đồng."""

    lines = fields.Integer()
    amount = fields.Integer()


class StatementOut(Out):
    """Một sao kê đã nhận; `repeated` là số dòng đã có từ sao kê trước."""

    id = fields.Integer()
    agency = fields.String()
    format = fields.String()
    file_name = fields.String()
    first_day = fields.Date()
    last_day = fields.Date()
    lines = fields.Integer()
    repeated = fields.Integer()
    imported_at = Moment()
    imported_by = fields.String(allow_none=True)


StatementPage = page_of(StatementOut)


class TakenInOut(Out):
    """Kết quả nhận sao kê: từng dòng ở đúng một nơi, và số khoản đã ghi nộp mà sao kê không có."""

    statement = fields.Integer()
    matched = fields.Nested(SumOut)
    settled = fields.Nested(SumOut)
    difference = fields.Nested(SumOut)
    repeated = fields.Nested(SumOut)
    missing = fields.Integer()


class FormatOut(Out):
    """Một mẫu sao kê."""

    code = fields.String()
    name = fields.String()
    gateway = fields.Boolean(metadata={"description": "true: tệp đối soát của cổng thanh toán."})


class FormatsOut(Out):
    """Các mẫu sao kê đọc được."""

    items = fields.List(fields.Nested(FormatOut))


class StatementDaysIn(In):
    """Những ngày nào của cơ quan nào; nhiều nhất 62 ngày, không nêu là 14 ngày gần nhất."""

    agency = Code(required=True)
    first = Day()
    last = Day()


class StatementDayOut(Out):
    """Số liệu một ngày: số dòng và số tiền theo nơi đến, số chênh lệch chưa giải quyết."""

    day = fields.Date()
    lines = fields.Dict(keys=Choice(LinePlace), values=fields.Integer())
    amounts = fields.Dict(keys=Choice(LinePlace), values=fields.Integer())
    open = fields.Integer()


class StatementDaysOut(Out):
    """Số liệu từng ngày, ngày sau trước."""

    items = fields.List(fields.Nested(StatementDayOut))


class PaymentDifferenceListIn(PageIn):
    """Những chênh lệch nào."""

    agency = Code()
    open = Flag(metadata={"description": "true: chưa giải quyết; false: đã giải quyết."})


class PaymentDifferenceOut(Out):
    """Một chênh lệch giữa sao kê và sổ."""

    id = fields.Integer()
    agency = fields.String()
    kind = Choice(DifferenceKind)
    kind_name = fields.String()
    at = Moment()
    amount = fields.Integer()
    expected = fields.Integer(allow_none=True)
    text = fields.String()
    dossier = fields.String(allow_none=True)
    obligation = fields.Integer(allow_none=True)
    payment = fields.Integer(allow_none=True)
    can_assign = fields.Boolean()
    can_reverse = fields.Boolean()
    closed_at = Moment(allow_none=True)
    closed_by = fields.String(allow_none=True)
    act = Choice(DifferenceAct, allow_none=True)
    act_name = fields.String(allow_none=True)
    note = fields.String(allow_none=True)


PaymentDifferencePage = page_of(PaymentDifferenceOut)


class PaymentDifferenceNoteIn(In):
    """Vì sao giải quyết như vậy."""

    note = Text(MOST_NOTE, 1, required=True)


class PaymentDifferenceAssignIn(PaymentDifferenceNoteIn):
    """Tiền là của khoản nào."""

    code = Code(required=True, metadata={"description": "Mã hồ sơ."})
    obligation = Whole(1, 63, required=True)
