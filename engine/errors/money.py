"""What the engine refuses where money is concerned."""

from engine.errors import EngineError, Kind


class ObligationUnknown(EngineError):
    """Hồ sơ {code} không có khoản phải nộp số {obligation}. Hãy tải lại trang Phí, lệ phí."""

    kind = Kind.NOT_FOUND
    code = "obligation_unknown"


class ObligationChanged(EngineError):
    """Các khoản phải nộp của hồ sơ {code} vừa thay đổi. Hãy tải lại trang rồi làm lại."""

    kind = Kind.STALE
    code = "obligation_changed"


class ObligationTooEarly(EngineError):
    """Hồ sơ {code} chưa được tiếp nhận nên chưa ghi được nghĩa vụ tài chính. Hãy tiếp nhận
    trước."""

    code = "obligation_too_early"


class ObligationClosed(EngineError):
    """Khoản phải nộp số {obligation} của hồ sơ {code} không còn phải thu ({status}). Không có gì
    để sửa, hủy hoặc ghi nợ nữa."""

    code = "obligation_closed"


class ObligationInvalid(EngineError):
    """Khoản phải nộp chưa hợp lệ: {reason}. Hãy sửa rồi gửi lại."""

    kind = Kind.INVALID
    code = "obligation_invalid"


class MoneyMissing(EngineError):
    """Hồ sơ {code} còn {amount} đồng chưa nộp. Khi nộp đủ, việc này tự hoàn thành; không hoàn thành
    bằng tay được."""

    code = "money_missing"


class AmountInvalid(EngineError):
    """Số tiền phải là số đồng nguyên lớn hơn 0 và không quá {most} đồng (đang là {amount}). Hãy
    nhập lại."""

    kind = Kind.INVALID
    code = "amount_invalid"


class ReferenceInvalid(EngineError):
    """Thiếu số chứng từ của khoản tiền, hoặc số chứng từ dài quá {most} ký tự. Hãy ghi số biên lai,
    mã giao dịch hoặc số giấy nộp tiền."""

    kind = Kind.INVALID
    code = "reference_invalid"


class ReferenceUsed(EngineError):
    """Chứng từ {reference} đã được ghi cho khoản tiền khác (hồ sơ {code}, {amount} đồng). Mỗi chứng
    từ chỉ ghi một lần; hãy kiểm tra lại số chứng từ."""

    code = "reference_used"


class PaymentUnknown(EngineError):
    """Hồ sơ {code} không có khoản tiền số {payment}. Hãy tải lại trang Phí, lệ phí."""

    kind = Kind.NOT_FOUND
    code = "payment_unknown"


class ReversedAlready(EngineError):
    """Khoản tiền số {payment} của hồ sơ {code} đã bị thu hồi hoặc hủy biên lai rồi."""

    code = "reversed_already"


class RefundTooMuch(EngineError):
    """Khoản tiền số {payment} chỉ còn {amount} đồng để hoàn trả. Hãy nhập số tiền không quá số
    này."""

    kind = Kind.INVALID
    code = "refund_too_much"


class RefundUnknown(EngineError):
    """Khoản tiền số {payment} của hồ sơ {code} không có quyết định hoàn trả số {refund} đang chờ
    chi."""

    kind = Kind.NOT_FOUND
    code = "refund_unknown"


class NoReceipt(EngineError):
    """Khoản tiền số {payment} của hồ sơ {code} không có biên lai thu tiền mặt để in hoặc hủy."""

    code = "no_receipt"


class CategoryUnknown(EngineError):
    """Không có đối tượng miễn, giảm «{category}» đang áp dụng. Hãy chọn một đối tượng trong danh
    mục."""

    kind = Kind.INVALID
    code = "category_unknown"


class CategoryNeedsEvidence(EngineError):
    """Ghi đối tượng miễn, giảm phải có giấy tờ chứng minh. Hãy ghi tên, số giấy tờ đã xem."""

    kind = Kind.INVALID
    code = "category_needs_evidence"


class CashTooMuch(EngineError):
    """Khoản này chỉ còn phải thu {amount} đồng. Hãy thu không quá số đó và trả lại tiền thừa ngay
    tại quầy."""

    kind = Kind.INVALID
    code = "cash_too_much"


class NotCollectedHere(EngineError):
    """Khoản phải nộp số {obligation} nộp vào ngân sách theo thông báo của cơ quan khác, không thu
    tại quầy. Hãy ghi chứng từ nộp tiền của công dân."""

    code = "not_collected_here"


class CollectedHere(EngineError):
    """Khoản phải nộp số {obligation} là phí, lệ phí do cơ quan thu. Hãy thu tại quầy hoặc chờ cổng
    thanh toán, ngân hàng báo có; không ghi bằng chứng từ."""

    code = "collected_here"
