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


class LetterNotDue(EngineError):
    """Hồ sơ {code} chưa có việc nào cần ban hành giấy tờ này. Hãy tải lại hồ sơ."""

    code = "letter_not_due"


class LetterUnknown(EngineError):
    """Hồ sơ {code} không có giấy tờ số {letter}. Hãy xem danh sách giấy tờ của hồ sơ."""

    kind = Kind.NOT_FOUND
    code = "letter_unknown"


class TemplateUnknown(EngineError):
    """Không có phiên bản mẫu giấy tờ «{digest}», hoặc nội dung lưu đã bị sửa. Hãy báo người quản
    trị hệ thống."""

    kind = Kind.NOT_FOUND
    code = "template_unknown"


class LetterErased(EngineError):
    """Thông tin của hồ sơ {code} đã được xóa theo quy định nên không lập lại được giấy tờ này."""

    code = "letter_erased"


class FormNotInForce(EngineError):
    """Mẫu giấy tờ «{form}» không có trong quy định áp dụng cho ngày này. Hãy chọn ngày khác."""

    kind = Kind.INVALID
    code = "form_not_in_force"


class PeriodInvalid(EngineError):
    """Sổ theo dõi mở theo từng năm: ngày đầu và ngày cuối phải trong cùng một năm, ngày cuối không
    trước ngày đầu. Hãy chọn lại."""

    kind = Kind.INVALID
    code = "period_invalid"


class RegisterTooLong(EngineError):
    """Sổ theo dõi của khoảng thời gian này dài hơn {most} dòng. Hãy chọn khoảng ngắn hơn, hoặc tải
    bản CSV."""

    kind = Kind.INVALID
    code = "register_too_long"


class TemplateTooEarly(EngineError):
    """Mẫu giấy tờ chỉ áp dụng được từ hôm nay ({today}) trở đi. Hãy chọn lại ngày áp dụng."""

    kind = Kind.INVALID
    code = "template_too_early"


class TemplateChanged(EngineError):
    """Mẫu giấy tờ của cơ quan {agency} vừa được người khác thay nên chưa áp dụng bản của bạn. Hãy
    xem bản đang dùng rồi sửa lại."""

    kind = Kind.STALE
    code = "template_changed"


class FormUnknown(EngineError):
    """Không có mẫu giấy tờ «{form}». Hãy chọn một mẫu trong danh sách."""

    kind = Kind.NOT_FOUND
    code = "form_unknown"


class LetterNotSigned(EngineError):
    """Giấy tờ «{title}» không phải ký số và đóng dấu của cơ quan. Hãy in và giao ngay."""

    code = "letter_not_signed"


class LetterFiledAlready(EngineError):
    """Giấy tờ này đã được đưa vào hồ sơ {code} để ký, là tài liệu số {document}. Hãy mở tài liệu
    ấy để ký."""

    code = "letter_filed_already"
