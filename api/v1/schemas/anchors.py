"""Anchors."""

from marshmallow import fields

from api.fields import Moment, Out
from api.paging import page_of


class AnchorItemOut(Out):
    """Một mốc neo; chưa đóng dấu thì `signed_at`, `stamped_at` là null."""

    number = fields.Integer()
    taken_at = Moment()
    leaves = fields.Integer(metadata={"description": "Số sổ đã thay đổi từ mốc neo trước."})
    digest = fields.String(metadata={"description": "SHA-256 của nội dung mốc neo."})
    short = fields.String(metadata={"description": "Nửa đầu của mã ấy, để niêm yết."})
    signed_at = Moment(allow_none=True)
    stamped_at = Moment(allow_none=True)


class TroubleOut(Out):
    """Một bước chưa làm được."""

    name = fields.String()
    since = Moment()
    reason = fields.String()


class AnchorOut(AnchorItemOut):
    """Một mốc neo, và những gì các mốc neo đang chờ."""

    troubles = fields.List(fields.Nested(TroubleOut))


AnchorItemPage = page_of(AnchorItemOut)
