"""What the engine refuses where dossiers are received: whose turn it is."""

from engine.errors import EngineError, Kind


class UnknownPriorityReason(EngineError):
    """Không có lý do ưu tiên «{reason}». Hãy chọn một lý do trong danh mục của cơ quan."""

    kind = Kind.INVALID
    code = "unknown_priority_reason"


class PriorityNeedsNote(EngineError):
    """Ưu tiên vì «{name}» phải nói rõ vì sao. Hãy ghi thêm vào phần ghi chú."""

    kind = Kind.INVALID
    code = "priority_needs_note"


class NotPrioritised(EngineError):
    """Hồ sơ {code} không được ưu tiên nên không có gì để thôi."""

    code = "not_prioritised"


class ReceptionUnknown(EngineError):
    """Không có hồ sơ đang nhập này. Có thể bạn đã bỏ nó, hoặc nó của người khác. Hãy bắt đầu lại
    ở trang Tiếp nhận."""

    kind = Kind.NOT_FOUND
    code = "reception_unknown"


class ReceptionTooLarge(EngineError):
    """Nội dung đã nhập quá dài, tối đa {most} ký tự. Hãy rút gọn rồi lưu lại."""

    kind = Kind.INVALID
    code = "reception_too_large"
