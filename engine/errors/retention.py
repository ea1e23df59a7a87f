"""Why personal data are kept, or cannot be masked."""

from engine.errors import EngineError, Kind


class StillRunning(EngineError):
    """Hồ sơ {code} chưa kết thúc. Chỉ che dữ liệu cá nhân của hồ sơ đã kết thúc."""

    code = "still_running"


class AlreadyMasked(EngineError):
    """Dữ liệu cá nhân của hồ sơ {code} đã được che."""

    code = "already_masked"


class NotIntact(EngineError):
    """Hồ sơ {code} không còn nguyên vẹn: {reason} Phải làm rõ trước khi che, vì sau đó không còn gì
    để đối chiếu."""

    code = "not_intact"


class MaskingImpossible(EngineError):
    """Không che được hồ sơ {code}: không còn chạy lại được từ sự kiện {seq}, vì đường đi của hồ sơ
    dựa vào lời đã khai. Không có gì thay đổi. Hãy báo người vận hành."""

    code = "masking_impossible"


class FileDestroyed(EngineError):
    """Tệp này đã được hủy cùng dữ liệu cá nhân của hồ sơ {code}, theo quy định về lưu trữ."""

    kind = Kind.NOT_FOUND
    code = "file_destroyed"


class RetentionWrong(EngineError):
    """Thời hạn lưu phải từ 1 đến 100 năm, hoặc vĩnh viễn; căn cứ không được để trống."""

    kind = Kind.INVALID
    code = "retention_wrong"
