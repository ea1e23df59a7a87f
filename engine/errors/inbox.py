"""What is refused about the lists that people keep for themselves."""

from engine.errors import EngineError, Kind


class SavedViewUnknown(EngineError):
    """Không có danh sách đã lưu số {view} của bạn. Có thể bạn đã xóa; hãy tải lại trang."""

    kind = Kind.NOT_FOUND
    code = "saved_view_unknown"


class TooManySavedViews(EngineError):
    """Bạn đã lưu {most} danh sách, là số nhiều nhất. Hãy xóa bớt rồi lưu lại."""

    code = "too_many_saved_views"
