"""What the engine refuses where somebody is to stand in for somebody away."""

from engine.errors import EngineError, Kind


class SubstituteIsOneself(EngineError):
    """Không thể tự làm thay chính mình. Hãy chọn một đồng nghiệp."""

    kind = Kind.INVALID
    code = "substitute_is_oneself"


class SubstitutionPeriodInvalid(EngineError):
    """Thời gian làm thay không hợp lý: {why}. Hãy kiểm tra lại ngày."""

    kind = Kind.INVALID
    code = "substitution_period_invalid"


class SubstitutionUnexplained(EngineError):
    """Hãy ghi lý do làm thay, từ 1 đến {most} ký tự."""

    kind = Kind.INVALID
    code = "substitution_unexplained"


class SubstituteUnfit(EngineError):
    """Người làm thay phải đang hoạt động và có vai trò xử lý hồ sơ tại cùng cơ quan với {absent}.
    Hãy chọn người khác."""

    kind = Kind.INVALID
    code = "substitute_unfit"


class SubstitutionOverlaps(EngineError):
    """Đã có {substitute} làm thay {absent} từ {first_day} đến {last_day}. Hãy chọn thời gian khác,
    hoặc kết thúc lần làm thay đó trước."""

    code = "substitution_overlaps"


class SubstituteAbsent(EngineError):
    """Người được chọn, {substitute}, cũng nghỉ từ {first_day} đến {last_day} và có người khác làm
    thay; việc nhận làm thay không chuyển tiếp được. Hãy chọn người khác."""

    code = "substitute_absent"


class SubstitutionUnknown(EngineError):
    """Không có lần làm thay số {substitution}, hoặc bạn không được xem lần làm thay này."""

    kind = Kind.NOT_FOUND
    code = "substitution_unknown"


class SubstitutionOver(EngineError):
    """Lần làm thay này đã kết thúc rồi. Hãy tải lại trang."""

    code = "substitution_over"
