"""What the engine refuses where time is concerned: pauses, extensions, causes, alerts."""

from engine.errors import EngineError, Kind


class EditionUnknown(EngineError):
    """Không có phiên bản lịch hoặc bộ quy tắc «{digest}». Hãy kiểm tra lại mã phiên bản."""

    kind = Kind.NOT_FOUND
    code = "edition_unknown"


class RulebookInvalid(EngineError):
    """Bộ quy tắc chưa hợp lệ, chưa có gì thay đổi. Tại «{where}»: {reason}."""

    kind = Kind.INVALID
    code = "rulebook_invalid"


class RulebookChanged(EngineError):
    """Bộ quy tắc của cơ quan {agency} vừa được người khác thay bằng phiên bản mới nên chưa ban hành
    bản của bạn. Hãy xem phiên bản mới rồi sửa lại."""

    kind = Kind.STALE
    code = "rulebook_changed"


class PauseNeedsEvidence(EngineError):
    """Tạm dừng vì «{name}» phải có căn cứ. Hãy ghi số, ngày văn bản hoặc lần gián đoạn hệ
    thống."""

    kind = Kind.INVALID
    code = "pause_needs_evidence"


class PauseNeedsApproval(EngineError):
    """Tạm dừng vì «{name}» phải do {approvers} quyết định. Hãy gửi đề nghị tạm dừng để được
    duyệt."""

    kind = Kind.FORBIDDEN
    code = "pause_needs_approval"


class PauseUntilNeeded(EngineError):
    """Lý do «{name}» không có sẵn thời hạn tạm dừng. Hãy ghi ngày dự kiến tiếp tục."""

    kind = Kind.INVALID
    code = "pause_until_needed"


class PauseUntilInvalid(EngineError):
    """Ngày dự kiến tiếp tục phải sau thời điểm tạm dừng và không quá {latest}. Hãy chọn lại
    ngày."""

    kind = Kind.INVALID
    code = "pause_until_invalid"


class PauseUsedUp(EngineError):
    """Hồ sơ {code} đã tạm dừng vì «{name}» {times} lần, là số lần nhiều nhất được phép. Hãy giải
    quyết tiếp hoặc chọn lý do khác có căn cứ."""

    code = "pause_used_up"


class PauseRequestPending(EngineError):
    """Hồ sơ {code} đang có một đề nghị tạm dừng chờ duyệt. Hãy chờ kết quả duyệt đề nghị đó."""

    code = "pause_request_pending"


class NoPauseRequested(EngineError):
    """Hồ sơ {code} không có đề nghị tạm dừng nào chờ duyệt. Hãy tải lại trang để xem tình trạng
    mới."""

    code = "no_pause_requested"


class ClockNotRunning(EngineError):
    """Thời hạn của hồ sơ {code} không đang chạy (chưa tiếp nhận, đang tạm dừng hoặc đã xong), nên
    không {what} được."""

    code = "clock_not_running"


class ExtensionUsedUp(EngineError):
    """Hồ sơ {code} đã gia hạn {times} lần, là số lần nhiều nhất được phép. Hãy giải quyết xong
    trước hạn hiện tại."""

    code = "extension_used_up"


class ExtensionTooLate(EngineError):
    """Chỉ được xin lỗi và hẹn lại chậm nhất {notice} trước hạn trả ({due}), tức là trước hết ngày
    {latest}. Hồ sơ {code} đã qua thời điểm đó, hạn giữ nguyên."""

    code = "extension_too_late"


class ExtensionDateInvalid(EngineError):
    """Ngày hẹn lại phải là ngày làm việc sau hạn hiện tại ({due}). Ngày {date} không dùng được:
    {why}. Hãy chọn ngày khác."""

    kind = Kind.INVALID
    code = "extension_date_invalid"


class OverdueCauseNeeded(EngineError):
    """Đã quá hạn: {what}, hạn {due}. Hãy chọn nguyên nhân quá hạn rồi gửi lại; dữ liệu đã nhập
    được giữ nguyên."""

    code = "overdue_cause_needed"


class UnknownOverdueCause(EngineError):
    """Không có nguyên nhân quá hạn «{cause}». Hãy chọn một nguyên nhân trong danh mục."""

    kind = Kind.INVALID
    code = "unknown_overdue_cause"


class OutageNeeded(EngineError):
    """Nguyên nhân «{name}» phải gắn với một lần gián đoạn hệ thống đã ghi nhận. Hãy ghi nhận rồi
    chọn lần đó."""

    kind = Kind.INVALID
    code = "outage_needed"


class OutageUnknown(EngineError):
    """Không có lần gián đoạn hệ thống số {outage}. Hãy kiểm tra lại sổ gián đoạn hệ thống."""

    kind = Kind.NOT_FOUND
    code = "outage_unknown"


class NotOverdue(EngineError):
    """Không quá hạn: {what}, nên không có nguyên nhân để ghi. Hãy kiểm tra lại hồ sơ {code}."""

    code = "not_overdue"


class TimerUnknown(EngineError):
    """Hồ sơ {code} không có hẹn giờ hỏng loại {kind} ở vị trí {place}, hoặc bạn không có quyền
    chạy lại. Hãy tải lại danh sách hẹn giờ hỏng."""

    kind = Kind.NOT_FOUND
    code = "timer_unknown"


class AlertUnknown(EngineError):
    """Hồ sơ {code} không có cảnh báo số {alert} đang hiệu lực. Hãy tải lại danh sách cảnh báo."""

    kind = Kind.NOT_FOUND
    code = "alert_unknown"


class PressedLately(EngineError):
    """Việc «{name}» của hồ sơ {code} vừa được đôn đốc lúc {at}. Hãy chờ ít nhất một giờ rồi đôn đốc
    lại."""

    code = "pressed_lately"
