"""What the engine refuses about payment gateways and bank statements."""

from engine.errors import EngineError, Kind


class SignatureForged(EngineError):
    """Thông báo thanh toán không do cổng thanh toán ký, nên không được ghi nhận."""

    kind = Kind.FORBIDDEN
    code = "gateway_signature_forged"


class GatewayAnswerUnreadable(EngineError):
    """Cổng thanh toán trả lời không đúng định dạng. Chưa ghi nhận gì; hệ thống sẽ tự hỏi lại."""

    kind = Kind.UNAVAILABLE
    code = "gateway_answer_unreadable"


class GatewayUnreachable(EngineError):
    """Không hỏi được cổng thanh toán {gateway} lúc này. Chưa có gì thay đổi; hệ thống sẽ tự hỏi
    lại, hãy xem lại sau ít phút."""

    kind = Kind.UNAVAILABLE
    code = "gateway_unreachable"


class GatewayNotUsed(EngineError):
    """Đơn vị chưa dùng cổng thanh toán trực tuyến. Hãy chuyển khoản theo mã VietQR hoặc nộp tại
    quầy."""

    code = "gateway_not_used"


class NothingDue(EngineError):
    """Khoản này của hồ sơ {code} không còn phải nộp: đã nộp đủ, được miễn hoặc không có. Hãy tải
    lại trang để xem."""

    code = "nothing_due"


class AmountNotPayable(EngineError):
    """Cổng thanh toán chỉ nhận từ {least} đến {most} đồng mỗi lần. Hãy chuyển khoản theo mã VietQR
    hoặc nộp tại quầy."""

    code = "amount_not_payable"


class VietQrImpossible(EngineError):
    """Không lập được mã VietQR: mã ngân hàng (BIN) phải có 6 chữ số, số tài khoản 1 đến 19 chữ số
    hoặc chữ không dấu, nội dung không dấu và không quá 25 ký tự."""

    kind = Kind.INVALID
    code = "vietqr_impossible"


class NoGatewayPayment(EngineError):
    """Khoản tiền số {payment} của hồ sơ {code} không nộp qua cổng thanh toán nên không hoàn qua đó
    được. Hãy hoàn bằng tiền mặt hoặc chuyển khoản."""

    code = "no_gateway_payment"


class RefundUnderWay(EngineError):
    """Khoản tiền số {payment} của hồ sơ {code} đang có một yêu cầu hoàn qua cổng thanh toán chưa rõ
    kết quả. Hệ thống đang hỏi lại; đừng hoàn lần nữa."""

    code = "refund_under_way"


class BankAccountIncomplete(EngineError):
    """Tài khoản nhận tiền còn thiếu tên ngân hàng hoặc tên chủ tài khoản. Hãy nhập đủ như ngân hàng
    ghi."""

    kind = Kind.INVALID
    code = "bank_account_incomplete"


class NoBankAccount(EngineError):
    """Cơ quan {agency} chưa có tài khoản nhận tiền nên chưa lập được mã VietQR. Hãy nhờ người quản
    trị đặt tài khoản, hoặc nộp cách khác."""

    code = "no_bank_account"
