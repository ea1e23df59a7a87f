"""What the engine refuses where a draft is tried out."""

from engine.errors import EngineError, Kind


class TrialNotBegun(EngineError):
    """Chưa có hồ sơ thử nào. Hãy nộp hồ sơ thử trước."""

    code = "trial_not_begun"


class TrialBegun(EngineError):
    """Hồ sơ thử đã nộp rồi. Muốn nộp lại thì hãy bắt đầu lượt thử mới."""

    code = "trial_begun"


class TrialPersonUnknown(EngineError):
    """Lượt thử không có ai là «{person}». Hãy chọn một người trong danh sách."""

    kind = Kind.INVALID
    code = "trial_person_unknown"


class TrialTooLong(EngineError):
    """Lượt thử chỉ được {most} bước. Hãy bắt đầu lượt thử mới."""

    kind = Kind.INVALID
    code = "trial_too_long"


class TrialTimeInvalid(EngineError):
    """Thời gian của lượt thử chỉ đi tới, và không quá {years} năm kể từ lúc nộp. Hãy chọn thời điểm
    sau {now}."""

    kind = Kind.INVALID
    code = "trial_time_invalid"
