"""What citizens are told, and how they are reached."""

from marshmallow import fields

from api.fields import Choice, In, Moment, Out, Text
from api.paging import page_of
from api.v1.schemas.dossiers import EMAIL, PHONE
from engine.model.channel import Channel
from engine.model.contact import Means, Party
from engine.queries.notices import Fate


class CitizenNoticeOut(Out):
    """Một tin báo cho công dân."""

    id = fields.Integer()
    name = fields.String(metadata={"description": "Báo điều gì."})
    party = Choice(Party)
    means = Choice(Means)
    channel = Choice(Channel, allow_none=True, metadata={"description": "Đã gửi bằng kênh nào."})
    address = fields.String()
    written_at = Moment()
    at = Moment(allow_none=True, metadata={"description": "Đã gửi, hoặc sớm nhất sẽ gửi, lúc nào."})
    fate = Choice(Fate)
    why = fields.String(allow_none=True, metadata={"description": "Vì sao bỏ, hoặc không đến."})


class UnreachedOut(Out):
    """Một liên hệ không dùng được, biết từ lúc nào, qua kênh nào."""

    party = Choice(Party)
    means = Choice(Means)
    channel = Choice(Channel)
    why = fields.String()
    since = Moment()


class ContactOut(Out):
    """Liên hệ của người nộp hoặc chủ hồ sơ, như khai hoặc sửa lần cuối."""

    party = Choice(Party)
    name = fields.String()
    phone = fields.String(allow_none=True, attribute="contact.phone")
    email = fields.String(allow_none=True, attribute="contact.email")
    agreed = fields.List(Choice(Means), metadata={"description": "Đồng ý được báo tin bằng gì."})
    unreached = fields.List(fields.Nested(UnreachedOut))


class NoticesOut(Out):
    """Tin báo, mới nhất trước, và liên hệ."""

    items = fields.List(fields.Nested(CitizenNoticeOut))
    contacts = fields.List(fields.Nested(ContactOut))


class ContactIn(In):
    """Liên hệ đúng; bỏ trống điều người ấy không có."""

    phone = Text(15, pattern=PHONE)
    email = Text(254, pattern=EMAIL)
    note = Text(500)


class UnreachedItemOut(Out):
    """Hồ sơ có liên hệ cần xác minh."""

    dossier = fields.String()
    owner_name = fields.String()
    procedure_name = fields.String()
    since = Moment()
    unreached = fields.List(fields.Nested(UnreachedOut))


UnreachedPage = page_of(UnreachedItemOut)
