"""Log-ins, people and their tokens."""

from typing import Any

from marshmallow import fields

from api.fields import Choice, Code, In, Items, Moment, Out, Part, Text, Whole
from api.paging import page_of
from bpmn.roles import Role
from engine.model.actor import Permission
from engine.model.email import MOST, PATTERN

USERNAME = ("[a-z0-9][a-z0-9._-]*", "Tên đăng nhập gồm chữ thường không dấu, số, . _ -")


class SessionIn(In):
    """Tên đăng nhập và mật khẩu."""

    username = Text(64, 1, required=True)
    password = Text(200, 1, required=True, load_only=True)


class SessionOut(Out):
    """Mã truy cập, gửi trong `Authorization: Bearer`."""

    token = fields.String()
    expires_at = Moment()


class GrantIn(In):
    """Một vai trò tại một cơ quan, có thể chỉ trong một đơn vị."""

    role = Choice(Role, required=True)
    agency = Code(required=True)
    unit = Code(allow_none=True, load_default=None)


class Email(Text):
    """Địa chỉ thư điện tử."""

    def __init__(self, **more: Any) -> None:
        pattern = (PATTERN, "Hãy nhập một địa chỉ thư không dấu, ví dụ nguyen.van.an@xa.gov.vn.")
        super().__init__(MOST, 3, pattern, allow_none=True, **more)


class UserIn(In):
    """Người dùng mới."""

    username = Text(64, 1, pattern=USERNAME, required=True)
    full_name = Text(100, 1, required=True)
    password = Text(200, 10, required=True, load_only=True)
    email = Email(load_default=None)
    grants = Items(Part(GrantIn), 20, least=1, required=True)


class UserChangeIn(In):
    """Phần thông tin được sửa của một người dùng."""

    email = Email(required=True, metadata={"description": "null: không gửi thư cho người này."})


class TokenIn(In):
    """Mã truy cập cho một chương trình."""

    name = Text(100, 1, required=True)
    days = Whole(1, 366, required=True, metadata={"description": "Hiệu lực trong bao nhiêu ngày."})


class TokenOut(Out):
    """Mã truy cập; chỉ hiện một lần này."""

    name = fields.String()
    token = fields.String()
    expires_at = Moment()


class GrantOut(Out):
    """Một vai trò."""

    role = Choice(Role)
    agency = fields.String()
    unit = fields.String(allow_none=True)


class UserOut(Out):
    """Một người dùng với các vai trò."""

    id = fields.Integer()
    username = fields.String()
    full_name = fields.String()
    email = fields.String(allow_none=True)
    active = fields.Boolean()
    grants = fields.List(fields.Nested(GrantOut))


class MeOut(Out):
    """Bạn là ai và được làm gì."""

    id = fields.Integer()
    username = fields.String()
    full_name = fields.String()
    email = fields.String(allow_none=True)
    grants = fields.List(fields.Nested(GrantOut))
    may = fields.List(Choice(Permission), metadata={"description": "Quyền ở ít nhất một nơi."})


UserPage = page_of(UserOut)
