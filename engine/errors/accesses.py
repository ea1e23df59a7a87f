"""What the engine refuses to those who look at dossiers."""

from engine.errors import EngineError, Kind


class ReadingNotRecorded(EngineError):
    """Chưa ghi được việc xem hồ sơ vào sổ, nên hồ sơ chưa được hiển thị. Hãy thử lại sau ít
    giây; nếu vẫn không được, hãy báo người quản trị."""

    kind = Kind.UNAVAILABLE
    code = "reading_not_recorded"


class RecordUnreadable(EngineError):
    """Không đọc được sổ sự kiện của hồ sơ {code} nên không chạy lại được. Hãy bấm «Kiểm chứng» để
    xem sai ở đâu."""

    code = "record_unreadable"


class MomentAhead(EngineError):
    """Thời điểm này chưa đến. Hãy chọn một thời điểm đã qua."""

    kind = Kind.INVALID
    code = "moment_ahead"


class TooManyThen(EngineError):
    """Lúc đó có hơn {most} hồ sơ nên không dựng lại được trong một lần. Hãy hỏi một cơ quan nhỏ hơn
    hoặc một thời điểm gần hơn."""

    kind = Kind.INVALID
    code = "too_many_then"
