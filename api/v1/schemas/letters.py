"""Letters and slips."""

from marshmallow import fields

from api.fields import Choice, Moment, Out
from engine.model.letter_forms import LetterForm


class LetterOut(Out):
    """Một giấy tờ đã ban hành."""

    seq = fields.Integer(metadata={"description": "Số của sự kiện ban hành; dùng để tải tệp."})
    form = Choice(LetterForm)
    form_number = fields.String(metadata={"description": "Số của mẫu theo thông tư lúc ấy."})
    title = fields.String()
    number = fields.String(metadata={"description": "Số và ký hiệu, ví dụ 07/TNHS."})
    agency = fields.String()
    issued_at = Moment()
    to_be_signed = fields.Boolean()
    signed = fields.Boolean(metadata={"description": "Đã có chữ ký lãnh đạo và dấu cơ quan."})
    document = fields.Integer(
        allow_none=True, metadata={"description": "Số tài liệu của hồ sơ, khi đã đưa vào để ký."}
    )


class LettersOut(Out):
    """Các giấy tờ đã ban hành."""

    items = fields.List(fields.Nested(LetterOut))
