"""What the engine refuses where people's addresses and messages to them are concerned."""

from engine.errors import EngineError, Kind


class EmailInvalid(EngineError):
    """Địa chỉ thư điện tử «{email}» không dùng được. Hãy nhập một địa chỉ không dấu, tối đa 254 ký
    tự, ví dụ nguyen.van.an@xa.gov.vn."""

    kind = Kind.INVALID
    code = "email_invalid"


class AccountUnknown(EngineError):
    """Không có người dùng «{user}». Hãy kiểm tra lại trong danh sách người dùng."""

    kind = Kind.NOT_FOUND
    code = "account_unknown"


class MessageUnknown(EngineError):
    """Không có thư số {message} gửi cho người thuộc cơ quan do bạn quản trị."""

    kind = Kind.NOT_FOUND
    code = "message_unknown"


class MessageNotFailed(EngineError):
    """Thư số {message} chưa bị bỏ (đang chờ gửi hoặc đã gửi), nên không gửi lại được."""

    code = "message_not_failed"


class AddresseeUnreachable(EngineError):
    """Người nhận thư số {message} không còn hoạt động hoặc chưa có địa chỉ thư điện tử. Hãy nhập
    địa chỉ rồi gửi lại."""

    code = "addressee_unreachable"
