"""Connectors to other software, and the answers that it sends."""

from marshmallow import fields, validate

from api.fields import MESSAGES, Answers, Choice, Code, Flag, In, Moment, Out, Text, Whole
from api.v1.schemas.requests import MOST_REASON
from engine.commands.connectors import MOST_OPERATIONS, MOST_TITLE, MOST_URL
from engine.commands.requests import Taken
from engine.model.connector import LONGEST_NAME, Replies
from engine.model.request import AnswerOutcome


class TermsIn(In):
    """Phần mềm bên kia: tên gọi, địa chỉ, làm được gì, trả lời bằng cách nào."""

    title = Text(MOST_TITLE, 1, required=True)
    base_url = Text(
        MOST_URL,
        1,
        required=True,
        metadata={"description": "Yêu cầu được gửi tới <base_url>/requests."},
    )
    operations = fields.Dict(
        keys=Text(64, 1),
        values=Text(MOST_TITLE, 1),
        required=True,
        validate=validate.Length(1, MOST_OPERATIONS, error="Phải có từ 1 đến 50 thao tác."),
        error_messages=MESSAGES,
        metadata={"description": "Mã thao tác → tên gọi."},
    )
    replies = Choice(
        Replies, required=True, metadata={"description": "callback: bên kia gọi lại; poll: ta hỏi."}
    )


class ConnectorIn(TermsIn):
    """Đăng ký một bộ kết nối; cơ quan cấp dưới dùng chung nếu không có bộ kết nối riêng."""

    agency = Code(required=True)
    name = Text(LONGEST_NAME, 1, required=True, metadata={"description": "Tên dùng trong bản vẽ."})


class ConnectorChangeIn(TermsIn):
    """Sửa, bật hoặc tắt một bộ kết nối; `revision` là phiên bản đã xem."""

    active = Flag(required=True)
    revision = Whole(1, 2**31 - 1, load_default=None, allow_none=True)


class ConnectorOut(Out):
    """Một bộ kết nối, không có khóa bí mật."""

    id = fields.Integer()
    agency = fields.String()
    agency_name = fields.String()
    name = fields.String()
    title = fields.String()
    base_url = fields.String()
    operations = fields.Dict(keys=fields.String(), values=fields.String())
    replies = Choice(Replies)
    replies_name = fields.String()
    active = fields.Boolean()
    renewed_at = Moment(metadata={"description": "Lúc tạo khóa bí mật đang dùng."})
    revision = fields.Integer()
    waiting = fields.Integer(metadata={"description": "Số yêu cầu đang chờ trả lời."})
    waiting_since = Moment(allow_none=True)


class ConnectorListOut(Out):
    """Các bộ kết nối do bạn quản trị."""

    items = fields.List(fields.Nested(ConnectorOut))


class SecretOut(Out):
    """Khóa bí mật của bộ kết nối; chỉ hiện một lần, hãy lưu ngay."""

    connector = fields.Integer()
    secret = fields.String()


class AnswerIn(In):
    """Trả lời của phần mềm bên kia: `answer` khi làm xong, `reason` khi từ chối."""

    outcome = Choice(AnswerOutcome, required=True)
    answer = Answers(metadata={"description": "Theo biểu mẫu trả lời của thủ tục."})
    reason = Text(MOST_REASON, 1)


class TakenOut(Out):
    """`taken`: hồ sơ đi tiếp; `kept`: đến muộn hoặc khác trả lời trước nên chỉ lưu lại; `repeated`:
    đã nhận rồi."""

    result = Choice(Taken)
