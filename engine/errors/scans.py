"""What the engine refuses about scans and photographs."""

from engine.errors import EngineError, Kind


class ScanEmpty(EngineError):
    """Chưa có trang nào trong tài liệu. Hãy thêm ảnh chụp hoặc tệp quét rồi gửi lại."""

    kind = Kind.INVALID
    code = "scan_empty"


class ScanTooLong(EngineError):
    """Một tài liệu có tối đa {most} trang; cách sắp xếp này có {pages} trang. Hãy chia thành nhiều
    tài liệu."""

    kind = Kind.INVALID
    code = "scan_too_long"


class ArrangementInvalid(EngineError):
    """Cách sắp xếp trang không hợp lệ: {reason}. Hãy tải lại trang và sắp xếp lại."""

    kind = Kind.INVALID
    code = "arrangement_invalid"


class ScanUnreadable(EngineError):
    """Không mở được tệp số {number} của tài liệu: {reason}. Hãy chụp hoặc quét lại giấy tờ đó."""

    kind = Kind.INVALID
    code = "scan_unreadable"


class ScanPageMissing(EngineError):
    """Tệp số {number} của tài liệu không có trang {page}. Hãy tải lại trang và sắp xếp lại."""

    kind = Kind.INVALID
    code = "scan_page_missing"


class ScanSigned(EngineError):
    """Tệp số {number} của tài liệu có chữ ký số; xoay, cắt hay ghép sẽ làm chữ ký mất hiệu lực. Hãy
    để riêng tệp này, nguyên các trang, thành một tài liệu."""

    code = "scan_signed"


class ScanNotArchivable(EngineError):
    """Chưa chuyển được tài liệu sang PDF/A: {reason}. Hãy chụp hoặc quét lại từ bản giấy."""

    code = "scan_not_archivable"


class ScanTookTooLong(EngineError):
    """Xử lý tài liệu quá {seconds} giây nên đã dừng. Hãy chia thành nhiều tài liệu ít trang hơn."""

    code = "scan_took_too_long"


class ScanWorkerDied(EngineError):
    """Việc xử lý tài liệu bị dừng giữa chừng (có thể do thiếu bộ nhớ). Hãy chia thành nhiều tài
    liệu ít trang hơn, hoặc quét lại với độ phân giải thấp hơn."""

    kind = Kind.UNAVAILABLE
    code = "scan_worker_died"


class PageUnshowable(EngineError):
    """Không vẽ được trang {page} của tài liệu. Hãy tải tệp về để xem."""

    code = "page_unshowable"


class ScanUnknown(EngineError):
    """Hồ sơ {code} không có việc xử lý tài liệu số {scan}. Có thể người khác vừa bỏ; hãy tải lại
    trang."""

    kind = Kind.NOT_FOUND
    code = "scan_unknown"


class ScansWaiting(EngineError):
    """Hồ sơ {code} đang có {waiting} tài liệu chờ xử lý. Hãy đợi một số tài liệu xong rồi gửi
    tiếp."""

    code = "scans_waiting"


class ScanDone(EngineError):
    """Tài liệu này đã xử lý xong và nằm trong hồ sơ {code}. Nếu sai, hãy thay tệp hoặc gỡ tài
    liệu."""

    code = "scan_done"


class ReplacesAnother(EngineError):
    """Tài liệu số {document} của hồ sơ {code} không phải là bản quét của thành phần này. Hãy tải
    lại trang rồi chọn lại tài liệu cần thay."""

    code = "replaces_another"
