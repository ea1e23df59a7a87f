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
    """Không có tin số {message} của cơ quan hoặc gửi cho người do bạn quản trị."""

    kind = Kind.NOT_FOUND
    code = "message_unknown"


class MessageNotFailed(EngineError):
    """Tin số {message} chưa bị bỏ (đang chờ gửi hoặc đã gửi), nên không gửi lại được."""

    code = "message_not_failed"


class AddresseeUnreachable(EngineError):
    """Người nhận tin số {message} không còn hoạt động hoặc chưa có địa chỉ thư điện tử. Hãy nhập
    địa chỉ rồi gửi lại."""

    code = "addressee_unreachable"


class AddressFixed(EngineError):
    """Tin số {message} gửi cho phần mềm, không sửa địa chỉ ở đây được. Hãy sửa nơi đăng ký phần mềm
    đó rồi gửi lại."""

    code = "address_fixed"


class TelephoneInvalid(EngineError):
    """Số điện thoại «{number}» không dùng được. Hãy nhập dạng 0912345678."""

    kind = Kind.INVALID
    code = "telephone_invalid"
