"""What the engine refuses where letters and slips are concerned."""

from engine.errors import EngineError, Kind


class TemplateFaulty(EngineError):
    """Mẫu giấy tờ có lỗi{where}: {reason}. Chưa có gì thay đổi; hãy sửa mẫu rồi thử lại."""

    kind = Kind.INVALID
    code = "template_faulty"


class PressUnavailable(EngineError):
    """Máy chủ chưa in được giấy tờ lúc này. Không có gì bị mất; hãy thử lại sau ít phút, nếu vẫn
    không được thì báo người quản trị hệ thống."""

    kind = Kind.UNAVAILABLE
    code = "press_unavailable"
