"""Files on their way in, and documents of dossiers."""

from marshmallow import fields

from api.fields import Choice, Code, In, Moment, Out, Text, Whole
from engine.files.names import MOST as MOST_LETTERS
from engine.model.document import Capacity, DocumentKind, Origin

MOST_BYTES = 1_000_000_000


class UploadIn(In):
    """Tệp sắp gửi: tên, số byte, và hồ sơ mà tệp dành cho, nếu đã có."""

    name = Text(MOST_LETTERS, 1, required=True)
    size = Whole(0, MOST_BYTES, required=True)
    dossier = Code()


class FileFactsOut(Out):
    """Tệp đã nhận: mã băm SHA-256, số byte, số trang, kiểu nội dung thật."""

    digest = fields.String()
    size = fields.Integer()
    pages = fields.Integer(metadata={"description": "0 nếu không tính theo trang."})
    media_type = fields.String()


class UploadOut(Out):
    """Tệp đang gửi; `facts` có khi đã gửi xong và được nhận."""

    id = fields.String()
    name = fields.String()
    size = fields.Integer()
    received = fields.Integer(metadata={"description": "Số byte đã nhận; gửi tiếp từ đó."})
    expires_at = Moment(metadata={"description": "Không đưa vào hồ sơ trước lúc này thì bị bỏ."})
    dossier = fields.String(allow_none=True)
    facts = fields.Nested(FileFactsOut, allow_none=True)
    taken = fields.Boolean(metadata={"description": "Đã đưa vào hồ sơ."})


class UploadListOut(Out):
    """Những tệp bạn đang gửi hoặc đã gửi mà chưa đưa vào hồ sơ."""

    items = fields.List(fields.Nested(UploadOut))


class SignatureOut(Out):
    """Một chữ ký trên tài liệu; `certificate` là dấu vân tay SHA-256 của chứng thư."""

    capacity = Choice(Capacity)
    by = fields.Integer()
    at = Moment()
    certificate = fields.String()


class RegisteredOut(Out):
    """Số, ký hiệu và ngày ban hành trong sổ văn thư."""

    book = fields.String()
    year = fields.Integer()
    number = fields.Integer()
    symbol = fields.String()
    issued_on = fields.Date()


class DocumentOut(Out):
    """Một tài liệu của hồ sơ."""

    number = fields.Integer()
    kind = Choice(DocumentKind)
    component = fields.String(allow_none=True, metadata={"description": "Thành phần hồ sơ nào."})
    origin = Choice(Origin)
    added_by = fields.String()
    added_at = Moment()
    file = fields.Nested(FileFactsOut)
    signatures = fields.List(fields.Nested(SignatureOut))
    registered = fields.Nested(RegisteredOut, allow_none=True)


class DocumentListOut(Out):
    """Tài liệu hồ sơ đang có, theo số."""

    items = fields.List(fields.Nested(DocumentOut))


class DocumentIn(In):
    """Tệp đã gửi xong trở thành tài liệu; dự thảo thì nêu `place` của việc soạn thảo."""

    upload = Code(required=True)
    kind = Choice(DocumentKind, required=True)
    component = Code(metadata={"description": "Bắt buộc với thành phần hồ sơ."})
    place = Whole(1, 2**31 - 1)


class ReplacementIn(In):
    """Tệp khác cho tài liệu; `before` là mã băm của tệp bạn đã xem."""

    upload = Code(required=True)
    before = Code(required=True)
    place = Whole(1, 2**31 - 1)


class RemovalIn(In):
    """Vì sao gỡ tài liệu; `before` là mã băm của tệp bạn đã xem."""

    before = Code(required=True)
    reason = Text(2_000, 5, required=True)
