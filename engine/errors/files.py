"""What the engine refuses about files: a store that does not answer, and bytes that are gone."""

from engine.errors import EngineError, Kind


class StorageUnavailable(EngineError):
    """Kho tệp không trả lời nên chưa lưu và chưa thay đổi gì. Hãy thử lại sau ít phút; nếu vẫn lỗi,
    hãy báo người quản trị."""

    kind = Kind.UNAVAILABLE
    code = "storage_unavailable"


class StorageFull(EngineError):
    """Kho tệp đã đầy nên chưa lưu và chưa thay đổi gì. Hãy báo ngay người quản trị để mở rộng chỗ
    chứa."""

    kind = Kind.UNAVAILABLE
    code = "storage_full"


class FileMissing(EngineError):
    """Kho tệp không còn tệp {digest}. Hồ sơ vẫn được giữ nguyên; hãy báo người quản trị khôi phục
    tệp từ bản sao lưu."""

    kind = Kind.FAULT
    code = "file_missing"


class FileAltered(EngineError):
    """Tệp {digest} trong kho đã bị sửa hoặc hỏng nên không được đưa ra. Hãy báo người quản trị khôi
    phục tệp từ bản sao lưu."""

    kind = Kind.FAULT
    code = "file_altered"
