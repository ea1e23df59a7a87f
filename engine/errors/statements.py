"""What the engine refuses about statements of banks, and about the differences they show."""

from engine.errors import EngineError, Kind


class StatementFormatUnknown(EngineError):
    """Không có mẫu sao kê «{format}». Hãy chọn một trong: {known}."""

    kind = Kind.INVALID
    code = "statement_format_unknown"


class StatementUnreadable(EngineError):
    """Không nhận được tệp sao kê: {reason} Chưa ghi nhận dòng nào; hãy kiểm tra tệp hoặc chọn đúng
    mẫu của ngân hàng rồi gửi lại."""

    kind = Kind.INVALID
    code = "statement_unreadable"


class StatementLineUnreadable(EngineError):
    """Dòng {line} của tệp sao kê không đọc được: {reason}. Chưa ghi nhận dòng nào; hãy sửa tệp rồi
    gửi lại."""

    kind = Kind.INVALID
    code = "statement_line_unreadable"


class DifferenceUnknown(EngineError):
    """Không có chênh lệch số {difference}, hoặc bạn không có quyền xem."""

    kind = Kind.NOT_FOUND
    code = "difference_unknown"


class DifferenceSettled(EngineError):
    """Chênh lệch số {difference} đã được giải quyết rồi. Hãy tải lại trang để xem."""

    code = "difference_settled"


class DifferenceActImpossible(EngineError):
    """Không giải quyết chênh lệch này theo cách đó được: {reason}. Hãy chọn cách khác."""

    code = "difference_act_impossible"


class StatementDaysWrong(EngineError):
    """Các dòng của sao kê từ ngày {first} đến ngày {last}, nằm ngoài những ngày đã nhập. Hãy nhập
    lại ngày đầu và ngày cuối của sao kê."""

    kind = Kind.INVALID
    code = "statement_days_wrong"
