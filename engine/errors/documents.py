"""What is refused about a dossier's documents."""

from engine.errors import EngineError, Kind


class DocumentUnknown(EngineError):
    """Hồ sơ {code} không có tài liệu số {document}. Có thể tài liệu vừa được gỡ; hãy tải lại
    trang."""

    kind = Kind.NOT_FOUND
    code = "document_unknown"


class DocumentChanged(EngineError):
    """Tài liệu số {document} của hồ sơ {code} vừa được thay bằng tệp khác. Hãy tải lại trang, đọc
    lại rồi làm tiếp."""

    kind = Kind.STALE
    code = "document_changed"


class DocumentSigned(EngineError):
    """Tài liệu số {document} của hồ sơ {code} đã được ký số nên không thể thay tệp. Nếu sai, hãy
    gỡ tài liệu với lý do rồi đưa tệp khác vào."""

    code = "document_signed"


class DocumentNotRemovable(EngineError):
    """Không gỡ được tài liệu số {document} của hồ sơ {code}: kết quả, văn bản và phiếu đã ban hành
    phải được giữ nguyên."""

    code = "document_not_removable"


class LetterNotUploaded(EngineError):
    """Phiếu, thông báo do phần mềm lập nên không đưa vào bằng tệp. Hãy chọn loại tài liệu khác."""

    kind = Kind.INVALID
    code = "letter_not_uploaded"


class DraftExists(EngineError):
    """Hồ sơ {code} đã có dự thảo «{name}» (tài liệu số {document}). Hãy thay tệp của dự thảo ấy
    thay vì thêm bản thứ hai."""

    code = "draft_exists"


class NotDraftedHere(EngineError):
    """Việc đang mở của hồ sơ {code} không phải là bước soạn «{name}». Hãy mở đúng việc soạn thảo
    rồi đưa dự thảo vào."""

    code = "not_drafted_here"


class NoTemplate(EngineError):
    """Thủ tục chưa có mẫu «{name}» để hệ thống soạn. Hãy tải lên tệp PDF của dự thảo."""

    code = "no_template"


class DraftNotPdf(EngineError):
    """Tệp «{name}» không dùng làm dự thảo được: dự thảo phải là tệp PDF đã gửi xong. Hãy xuất văn
    bản ra PDF rồi gửi lại."""

    kind = Kind.INVALID
    code = "draft_not_pdf"


class DraftNotUploaded(EngineError):
    """Dự thảo «{name}» được đưa vào ở việc soạn thảo, nơi tệp được chuẩn bị chỗ ký và đóng dấu. Hãy
    mở việc soạn thảo của hồ sơ."""

    code = "draft_not_uploaded"


class ComponentMissing(EngineError):
    """Tài liệu là thành phần hồ sơ thì phải nêu mã thành phần. Hãy chọn một thành phần trong danh
    mục của thủ tục."""

    kind = Kind.INVALID
    code = "component_missing"


class DraftMissing(EngineError):
    """Việc «{task}» của hồ sơ {code} chưa có dự thảo «{name}». Hãy soạn hoặc đưa tệp dự thảo vào
    rồi hoàn thành việc."""

    code = "draft_missing"


class SignatureMissing(EngineError):
    """Tài liệu «{name}» của hồ sơ {code} chưa có chữ ký số của bạn trên bản hiện tại. Hãy ký số
    rồi hoàn thành việc «{task}»."""

    code = "signature_missing"


class SealMissing(EngineError):
    """Tài liệu «{name}» của hồ sơ {code} chưa được cấp số và đóng dấu số của cơ quan. Hãy cấp số,
    đóng dấu rồi hoàn thành việc «{task}»."""

    code = "seal_missing"


class NotDigitised(EngineError):
    """Hồ sơ {code} còn thành phần chưa có bản điện tử được ký số: {names}. Hãy quét và ký số, hoặc
    ghi nguồn dữ liệu đã khai thác, rồi hoàn thành việc «{task}»."""

    code = "not_digitised"


class SignedAlready(EngineError):
    """Tài liệu số {document} của hồ sơ {code} đã có chữ ký «{capacity}». Không ký lần thứ hai."""

    code = "signed_already"


class SignedOutOfOrder(EngineError):
    """Chưa thể ký tài liệu số {document} của hồ sơ {code}: phải theo thứ tự người có thẩm quyền ký
    số, văn thư cấp số và ngày, rồi mới đóng dấu số của cơ quan."""

    code = "signed_out_of_order"


class NotSignedHere(EngineError):
    """Tài liệu số {document} của hồ sơ {code} không được ký ở việc đang mở. Hãy mở đúng việc ký
    duyệt hoặc đóng dấu của hồ sơ."""

    code = "not_signed_here"


class ComponentNotObtainable(EngineError):
    """Thủ tục không nêu cơ sở dữ liệu nào có «{name}» nên không ghi khai thác được. Hãy nhận giấy
    tờ này từ người nộp."""

    kind = Kind.INVALID
    code = "component_not_obtainable"


class LookUpUnsaid(EngineError):
    """Hãy ghi đã tra cứu được gì cho «{name}» (từ {least} đến {most} ký tự), ví dụ số, ngày của
    giấy tờ trong cơ sở dữ liệu."""

    kind = Kind.INVALID
    code = "look_up_unsaid"


class DemandNeedsReason(EngineError):
    """Không yêu cầu người dân nộp «{name}»: giấy tờ này khai thác được từ {source}. Hãy tra cứu;
    nếu buộc phải yêu cầu, ghi lý do riêng cho giấy tờ này."""

    kind = Kind.INVALID
    code = "demand_needs_reason"


class NumberTaken(EngineError):
    """Số {number} vừa được cấp cho văn bản khác. Chưa có gì thay đổi; hãy bấm lại để lấy số kế
    tiếp."""

    code = "number_taken"
