"""What the engine refuses where other software is asked, told, or answers."""

from engine.errors import EngineError, Kind


class RequestUnknown(EngineError):
    """Hồ sơ {code} không có yêu cầu liên thông số {number}."""

    kind = Kind.NOT_FOUND
    code = "request_unknown"


class RequestSettled(EngineError):
    """Yêu cầu liên thông số {number} của hồ sơ {code} không còn chờ trả lời: đã có trả lời, hoặc hồ
    sơ đã đi tiếp. Hãy tải lại trang."""

    code = "request_settled"


class NothingAsked(EngineError):
    """Thông tin số {number} chỉ gửi để biết, không hỏi gì nên không nhận trả lời."""

    code = "nothing_asked"


class AnswerKept(EngineError):
    """Trả lời này cho yêu cầu số {number} của hồ sơ {code} đã được ghi nhận rồi."""

    code = "answer_kept"


class AnswersTooMany(EngineError):
    """Yêu cầu số {number} của hồ sơ {code} đã nhận {most} trả lời khác nhau; không nhận thêm. Hãy
    liên hệ cơ quan bên kia để thống nhất."""

    code = "answers_too_many"


class RefusalNeedsReason(EngineError):
    """Trả lời từ chối phải nêu lý do (reason)."""

    kind = Kind.INVALID
    code = "refusal_needs_reason"


class ConnectorUnknown(EngineError):
    """Không có bộ kết nối số {connector} tại cơ quan do bạn quản trị."""

    kind = Kind.NOT_FOUND
    code = "connector_unknown"


class ConnectorTaken(EngineError):
    """Cơ quan {agency} đã đăng ký bộ kết nối «{name}» rồi. Hãy sửa bộ kết nối đó."""

    code = "connector_taken"


class ConnectorInvalid(EngineError):
    """Chưa lưu được bộ kết nối: {why}."""

    kind = Kind.INVALID
    code = "connector_invalid"


class ConnectorChanged(EngineError):
    """Người khác vừa sửa bộ kết nối «{name}». Hãy tải lại trang rồi sửa tiếp."""

    kind = Kind.STALE
    code = "connector_changed"


class AnswerForged(EngineError):
    """Chữ ký của câu trả lời không đúng, đã quá 5 phút, hoặc không có yêu cầu này. Hãy kiểm tra
    khóa bí mật, đồng hồ máy và mã yêu cầu."""

    kind = Kind.UNAUTHENTICATED
    code = "answer_forged"


class EvidenceMissing(EngineError):
    """Nhập trả lời thay phải ghi căn cứ (số, ngày văn bản của cơ quan trả lời)."""

    kind = Kind.INVALID
    code = "evidence_missing"


class RequestUnconnected(EngineError):
    """Cơ quan giải quyết hồ sơ chưa nối với «{connector}», hoặc đã tắt kết nối, nên không gửi được.
    Hãy bật kết nối, hoặc làm thủ công."""

    code = "request_unconnected"


class AnswerMalformed(EngineError):
    """Câu trả lời không đúng dạng: {why}."""

    kind = Kind.INVALID
    code = "answer_malformed"
