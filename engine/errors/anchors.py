"""What the engine refuses about anchors: seals that cannot be had, anchors that are not there."""

from engine.errors import EngineError, Kind


class AnchorUnknown(EngineError):
    """Không có mốc neo số {number}. Hãy xem lại số trong danh sách mốc neo."""

    kind = Kind.NOT_FOUND
    code = "anchor_unknown"


class AnchorSealNotSet(EngineError):
    """Chưa cài đặt cơ quan đóng dấu mốc neo. Hãy đặt MOTCUA_ANCHOR_AGENCY và đăng ký con dấu của cơ
    quan ấy."""

    code = "anchor_seal_not_set"


class AnchorSealMissing(EngineError):
    """Cơ quan {agency} chưa đăng ký con dấu dùng được trên máy chủ nên mốc neo chưa đóng dấu được.
    Hãy đăng ký chứng thư số của cơ quan (tệp khóa, thiết bị trên máy chủ hoặc ký số từ xa)."""

    code = "anchor_seal_missing"


class AnchorStampNotSet(EngineError):
    """Chưa cài đặt dịch vụ cấp dấu thời gian. Hãy đặt MOTCUA_TSA_URL."""

    code = "anchor_stamp_not_set"


class AnchorFileUnreadable(EngineError):
    """Không đọc được {name} như tệp mốc neo. Hãy dùng tệp đã tải về từ trang Mốc neo hoặc thư mục
    giữ mốc neo."""

    kind = Kind.INVALID
    code = "anchor_file_unreadable"
