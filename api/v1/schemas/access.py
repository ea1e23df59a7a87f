"""Where somebody is signed in, and the programs that have access as them."""

from marshmallow import fields

from api.fields import Moment, Out


class WebSessionOut(Out):
    """Một trình duyệt đang đăng nhập."""

    digest = fields.String(metadata={"description": "Để chấm dứt phiên này."})
    created_at = Moment()
    seen_at = Moment(metadata={"description": "Lần dùng gần nhất, chính xác đến phút."})
    expires_at = Moment()
    address = fields.String(metadata={"description": "Địa chỉ mạng khi đăng nhập."})
    agent = fields.String(metadata={"description": "Tên mà trình duyệt tự xưng."})


class WebSessionsOut(Out):
    """Các trình duyệt đang đăng nhập, dùng gần nhất trước."""

    items = fields.List(fields.Nested(WebSessionOut))


class KnownTokenOut(Out):
    """Một mã truy cập còn hiệu lực; bản thân mã không xem lại được."""

    digest = fields.String(metadata={"description": "Để hủy mã này."})
    name = fields.String()
    created_at = Moment()
    expires_at = Moment()


class KnownTokensOut(Out):
    """Các mã truy cập còn hiệu lực, mới nhất trước."""

    items = fields.List(fields.Nested(KnownTokenOut))
