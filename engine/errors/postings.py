"""Why nothing can be posted."""

from engine.errors import EngineError, Kind


class NothingToPost(EngineError):
    """Có thủ tục đã chọn không thuộc cấp của cơ quan, hoặc đã có quyết định mới hơn. Hãy tải lại
    danh sách rồi chọn lại."""

    kind = Kind.INVALID
    code = "nothing_to_post"
