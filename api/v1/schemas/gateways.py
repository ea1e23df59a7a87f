"""Paying through a gateway or by transfer."""

from marshmallow import fields

from api.fields import Choice, In, Moment, Out, Text
from engine.model.gateway import OrderState, RefundState


class NoticeReplyOut(Out):
    """Câu trả lời cho IPN, theo tài liệu VNPAY."""

    RspCode = fields.String(
        metadata={
            "description": "00 đã ghi nhận; 01 không có giao dịch; 02 đã ghi nhận trước đó;"
            " 04 sai số tiền; 97 sai chữ ký; 99 lỗi khác, VNPAY sẽ gửi lại."
        }
    )
    Message = fields.String()


class AttemptIn(In):
    """Người nộp bắt đầu thanh toán trực tuyến."""

    address = Text(
        45,
        2,
        required=True,
        pattern=("[0-9A-Fa-f.:]+", "Phải là địa chỉ IP."),
        metadata={"description": "Địa chỉ IP của người nộp."},
    )


class AttemptStartedOut(Out):
    """Nơi người nộp đến để thanh toán."""

    url = fields.String(metadata={"description": "Trang của VNPAY, dùng một lần, có hạn."})


class AttemptOut(Out):
    """Một lần thanh toán trực tuyến."""

    reference = fields.String(metadata={"description": "Mã của hệ thống, `vnp_TxnRef`."})
    amount = fields.Integer(metadata={"description": "Đồng."})
    created_at = Moment()
    expires_at = Moment()
    state = Choice(OrderState)
    state_name = fields.String()
    said = fields.String(allow_none=True, metadata={"description": "Cổng thanh toán nói gì."})
    paid_at = Moment(allow_none=True)


class AttemptsOut(Out):
    """Các lần thanh toán trực tuyến của một khoản, lần sau cùng trước."""

    items = fields.List(fields.Nested(AttemptOut))


class TransferOut(Out):
    """Chuyển khoản bằng mã VietQR: `text` là nội dung mã QR, `purpose` để đối soát."""

    bank_name = fields.String()
    bank = fields.String(metadata={"description": "Mã ngân hàng (BIN) của NAPAS."})
    number = fields.String()
    holder = fields.String()
    amount = fields.Integer(metadata={"description": "Đồng."})
    purpose = fields.String()
    text = fields.String()


class GatewayRefundOut(Out):
    """Kết quả yêu cầu cổng thanh toán hoàn tiền."""

    state = Choice(RefundState)
    state_name = fields.String()
    said = fields.String(allow_none=True, metadata={"description": "Cổng thanh toán nói gì."})


class BankAccountIn(In):
    """Tài khoản nhận tiền của cơ quan."""

    bank = Text(6, 6, required=True, metadata={"description": "Mã ngân hàng (BIN), 6 chữ số."})
    bank_name = Text(100, 1, required=True)
    number = Text(19, 1, required=True)
    holder = Text(100, 1, required=True)


class BankAccountOut(Out):
    """Tài khoản nhận tiền; `agency` là cơ quan đặt, có thể là cơ quan cấp trên."""

    agency = fields.String()
    bank = fields.String()
    bank_name = fields.String()
    number = fields.String()
    holder = fields.String()
