"""What the engine refuses about looking at dossiers."""

from engine.errors import EngineError, Kind


class ReadingNotRecorded(EngineError):
    """Chưa ghi được việc xem hồ sơ vào sổ, nên hồ sơ chưa được hiển thị. Hãy thử lại sau ít
    giây; nếu vẫn không được, hãy báo người quản trị."""

    kind = Kind.UNAVAILABLE
    code = "reading_not_recorded"
