"""What the engine refuses about petitions."""

from engine.errors import EngineError, Kind


class PetitionUnknown(EngineError):
    """Không tìm thấy phản ánh, kiến nghị {code} trong phạm vi bạn được xem. Hãy kiểm tra lại mã."""

    kind = Kind.NOT_FOUND
    code = "petition_unknown"


class PetitionNotTracked(EngineError):
    """Không tìm thấy phản ánh khớp với thông tin đã nhập. Hãy xem lại mã phản ánh, và nhập mã bí
    mật được cấp lúc gửi, hoặc số điện thoại, thư điện tử bạn đã ghi."""

    kind = Kind.NOT_FOUND
    code = "petition_not_tracked"


class PetitionInvalid(EngineError):
    """Phản ánh, kiến nghị chưa ghi được: {reason}."""

    kind = Kind.INVALID
    code = "petition_invalid"


class PetitionActNotOpen(EngineError):
    """Phản ánh {code} đang ở trạng thái «{state}» nên không thể {act}. Hãy tải lại trang để xem
    phản ánh đã được xử lý đến đâu."""

    code = "petition_act_not_open"


class PetitionChanged(EngineError):
    """Phản ánh {code} vừa được người khác xử lý. Hãy tải lại trang rồi làm lại nếu vẫn cần."""

    kind = Kind.STALE
    code = "petition_changed"


class ConflictOfInterest(EngineError):
    """Phản ánh {code} nói về chính {name} nên người này không được xử lý. Hãy giao người khác, hoặc
    chuyển lên cơ quan cấp trên."""

    kind = Kind.FORBIDDEN
    code = "conflict_of_interest"


class HandlerNotEligible(EngineError):
    """Người được chọn ({name}) không có quyền xử lý phản ánh, kiến nghị tại cơ quan này. Hãy chọn
    người khác."""

    kind = Kind.INVALID
    code = "handler_not_eligible"


class PersonalDataLeft(EngineError):
    """Nội dung công khai còn thông tin cá nhân: {found}. Hãy xóa hoặc thay bằng «…» rồi công khai
    lại; chưa có gì được công khai."""

    kind = Kind.INVALID
    code = "personal_data_left"


class PetitionImported(EngineError):
    """Phản ánh có mã {external} đã được nhập rồi, là {code}. Hãy mở phản ánh đó."""

    code = "petition_imported"
