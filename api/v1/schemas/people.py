"""Log-ins, people and their tokens."""

from typing import Any

from marshmallow import fields

from api.fields import Choice, Code, Flag, In, Items, Moment, Out, Part, Text, Whole
from api.paging import PageIn, page_of
from bpmn.roles import Role
from engine.model.actor import Permission
from engine.model.email import MOST, PATTERN

MAX_ID = 2**31 - 1
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


class UserListIn(PageIn):
    """Những người dùng nào; bỏ trống: tất cả trong phạm vi bạn quản trị."""

    name = Text(
        100, 1, metadata={"description": "Một phần họ tên hoặc tên đăng nhập; không cần dấu."}
    )
    agency = Code()
    unit = Code()
    role = Choice(Role)
    active = Flag()


class UserIn(In):
    """Người dùng mới."""

    username = Text(64, 1, pattern=USERNAME, required=True)
    full_name = Text(100, 1, required=True)
    password = Text(200, 10, required=True, load_only=True)
    email = Email(load_default=None)
    grants = Items(Part(GrantIn), 20, least=1, required=True)


class UserChangeIn(In):
    """Phần thông tin được sửa của một người dùng."""

    full_name = Text(100, 1)
    email = Email(metadata={"description": "null: không gửi thư cho người này."})
    sign_in_id = Text(
        255,
        1,
        allow_none=True,
        metadata={"description": "Mã định danh của người này ở nơi đăng nhập bên ngoài."},
    )


class HandOverIn(In):
    """Việc mà người này đang giữ: đã thấy bao nhiêu, giao lại cho ai."""

    seen = Whole(0, 200, load_default=0, metadata={"description": "Số việc bạn đã xem."})
    to = Whole(
        1,
        MAX_ID,
        allow_none=True,
        load_default=None,
        metadata={"description": "Giao lại cho người này; null: trả về đơn vị."},
    )


class ActivityIn(In):
    """Cho hoạt động (true) hoặc ngừng hoạt động (false), và việc đang giữ về đâu."""

    active = Flag(required=True)
    tasks = Part(HandOverIn, load_default=dict)


class PasswordIn(In):
    """Mật khẩu mới."""

    password = Text(200, 10, required=True, load_only=True)


class RevokeIn(In):
    """Việc đang giữ nhờ vai trò này về đâu."""

    tasks = Part(HandOverIn, load_default=dict)


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


class HeldGrantOut(GrantOut):
    """Một vai trò, với số để bỏ nó."""

    id = fields.Integer()


class HeldTaskOut(Out):
    """Một việc đang giữ."""

    dossier = fields.String()
    place = fields.Integer()
    name = fields.String()
    agency = fields.String()
    unit = fields.String(allow_none=True)
    role = Choice(Role)
    due_at = Moment()


class HeldTasksOut(Out):
    """Các việc đang giữ, gấp trước; nhiều nhất 201 việc."""

    items = fields.List(fields.Nested(HeldTaskOut))


class OwnGrantOut(GrantOut):
    """Một vai trò của mình, hoặc đang có khi làm thay người khác."""

    lent_by = fields.Integer(
        allow_none=True, metadata={"description": "Người mà bạn đang làm thay; null: của mình."}
    )


class UserOut(Out):
    """Một người dùng với các vai trò."""

    id = fields.Integer()
    username = fields.String()
    full_name = fields.String()
    email = fields.String(allow_none=True)
    sign_in_id = fields.String(allow_none=True)
    active = fields.Boolean()
    revision = fields.Integer(metadata={"description": "Tăng sau mỗi thay đổi; cho If-Match."})
    grants = fields.List(fields.Nested(HeldGrantOut))


class MeOut(Out):
    """Bạn là ai và được làm gì."""

    id = fields.Integer()
    username = fields.String()
    full_name = fields.String()
    email = fields.String(allow_none=True)
    grants = fields.List(fields.Nested(OwnGrantOut))
    may = fields.List(Choice(Permission), metadata={"description": "Quyền ở ít nhất một nơi."})


UserPage = page_of(UserOut)
