"""Money: what is to be paid, what was paid, what goes back."""

from marshmallow import fields

from api.fields import Choice, Code, Day, In, Items, Moment, Out, Part, Text, Whole
from api.paging import PageIn, page_of
from bpmn.fees import MOST
from engine.commands.payments import LONGEST_REFERENCE
from engine.model.obligation import ObligationKind, ObligationStatus
from engine.model.payment import Means

MOST_NUMBER = 10_000


class ItemIn(In):
    """Một khoản: tên và số đồng."""

    name = Text(300, 1, required=True)
    amount = Whole(0, MOST, required=True)


class NoticeIn(In):
    """Thông báo của cơ quan khác; `document` là số tài liệu của hồ sơ."""

    number = Text(100, 1, required=True)
    issuer = Text(300, 1, required=True)
    issued_on = Day(required=True)
    document = Whole(1, MOST_NUMBER, load_default=None)


class ObligationIn(In):
    """Nghĩa vụ tài chính theo thông báo: các khoản, hạn nộp và căn cứ pháp lý."""

    items = Items(Part(ItemIn), 50, 1, required=True)
    notice = Part(NoticeIn, required=True)
    due_at = Moment(required=True)
    ground = Text(1_000, 5, required=True)


class CorrectionIn(In):
    """Khoản phải nộp sau khi sửa; bỏ trống thông báo và hạn nộp thì giữ như cũ."""

    items = Items(Part(ItemIn), 50, 1, required=True)
    ground = Text(1_000, 5, required=True)
    reason = Text(2_000, 5, required=True)
    notice = Part(NoticeIn)
    due_at = Moment()


class WhyIn(In):
    """Lý do."""

    reason = Text(2_000, 5, required=True)


class DeferralIn(In):
    """Căn cứ cho ghi nợ, và nợ đến ngày nào."""

    ground = Text(1_000, 5, required=True)
    until = Day()


class CashIn(In):
    """Tiền mặt thu cho một khoản phải nộp (đã trừ tiền thừa trả lại), và người nộp."""

    obligation = Whole(1, MOST_NUMBER, required=True)
    amount = Whole(1, MOST, required=True)
    payer = Text(200, 1, required=True)


class EvidenceOfPaymentIn(In):
    """Chứng từ công dân đã nộp ở kho bạc, ngân hàng cho một nghĩa vụ tài chính."""

    obligation = Whole(1, MOST_NUMBER, required=True)
    amount = Whole(1, MOST, required=True)
    reference = Text(LONGEST_REFERENCE, 1, required=True)
    paid_at = Moment(required=True)
    document = Whole(1, MOST_NUMBER, load_default=None)


class RefundDecisionIn(In):
    """Số tiền hoàn trả và lý do."""

    amount = Whole(1, MOST, required=True)
    reason = Text(2_000, 5, required=True)


class RefundMadeIn(In):
    """Đã chi hoàn trả bằng cách nào, chứng từ số mấy."""

    means = Choice(Means, required=True)
    reference = Text(LONGEST_REFERENCE, 1, required=True)


class CategoryIn(In):
    """Đối tượng miễn, giảm của người nộp hồ sơ (null: không thuộc đối tượng nào), và giấy tờ đã
    xem."""

    category = Code(required=True, allow_none=True)
    evidence = Text(500, 1)


class ItemOut(Out):
    """Một khoản."""

    name = fields.String()
    amount = fields.Integer()


class NoticeOut(Out):
    """Thông báo của cơ quan khác."""

    number = fields.String()
    issuer = fields.String()
    issued_on = Day()
    document = fields.Integer(allow_none=True)


class DeferralOut(Out):
    """Được ghi nợ."""

    ground = fields.String()
    until = Day(allow_none=True)
    at = Moment()


class ReceiptOut(Out):
    """Biên lai."""

    series = fields.String()
    number = fields.Integer()


class RefundOut(Out):
    """Một lần hoàn trả: đã quyết định, đã chi."""

    amount = fields.Integer()
    decided_at = Moment()
    made_at = Moment(allow_none=True)
    means = Choice(Means, allow_none=True)
    reference = fields.String(allow_none=True)


class PaymentOut(Out):
    """Một khoản tiền đã nhận; `applied` là phần tính vào khoản phải nộp, `to_refund` phần thừa chưa
    quyết định."""

    number = fields.Integer()
    obligation = fields.Integer()
    means = Choice(Means)
    reference = fields.String()
    amount = fields.Integer()
    applied = fields.Integer()
    to_refund = fields.Integer()
    paid_at = Moment()
    settled_at = Moment()
    document = fields.Integer(allow_none=True)
    receipt = fields.Nested(ReceiptOut, allow_none=True)
    refunds = fields.List(fields.Nested(RefundOut))
    reversed_at = Moment(allow_none=True)


class ObligationOut(Out):
    """Một khoản phải nộp; `explanation` nói bảng nào, phiên bản nào, dòng nào, hỏi gì."""

    number = fields.Integer()
    kind = Choice(ObligationKind)
    status = Choice(ObligationStatus)
    items = fields.List(fields.Nested(ItemOut))
    amount = fields.Integer()
    paid = fields.Integer()
    outstanding = fields.Integer()
    to_refund = fields.Integer()
    ground = fields.String()
    relief = fields.String(metadata={"description": "Căn cứ miễn, giảm; trống là không."})
    due_at = Moment(allow_none=True)
    notice = fields.Nested(NoticeOut, allow_none=True)
    deferral = fields.Nested(DeferralOut, allow_none=True)
    explanation = fields.Dict(keys=fields.String(), allow_none=True)
    set_at = Moment()


class ObligationsOut(Out):
    """Các khoản phải nộp của một hồ sơ."""

    items = fields.List(fields.Nested(ObligationOut))


class PaymentsOut(Out):
    """Các khoản tiền đã nhận của một hồ sơ."""

    items = fields.List(fields.Nested(PaymentOut))


class AgencyMoneyIn(PageIn):
    """Tiền của cơ quan nào."""

    agency = Code(required=True)


class DayIn(AgencyMoneyIn):
    """Ngày nào; `by` (mã người dùng) để chỉ xem người ấy thu."""

    day = Day(required=True)
    by = Whole(1, 2**53 - 1, in_query=True)


class DaySumsIn(In):
    """Ngày nào của cơ quan nào; `by` để chỉ xem người ấy thu."""

    agency = Code(required=True)
    day = Day(required=True)
    by = Whole(1, 2**53 - 1, in_query=True)


class PaymentLineOut(Out):
    """Một khoản tiền trong danh sách."""

    code = fields.String()
    owner = fields.String()
    number = fields.Integer()
    obligation = fields.Integer()
    means = Choice(Means)
    reference = fields.String()
    amount = fields.Integer()
    to_refund = fields.Integer()
    settled_at = Moment()
    by = fields.String(allow_none=True)
    receipt = fields.String(allow_none=True)
    reversed_at = Moment(allow_none=True)


class RefundLineOut(Out):
    """Một quyết định hoàn trả chưa chi."""

    code = fields.String()
    owner = fields.String()
    payment = fields.Integer()
    number = fields.Integer()
    amount = fields.Integer()
    means = Choice(Means)
    reference = fields.String()
    decided_at = Moment()
    by = fields.String(allow_none=True)


class DebtLineOut(Out):
    """Một khoản còn phải nộp."""

    code = fields.String()
    owner = fields.String()
    number = fields.Integer()
    kind = Choice(ObligationKind)
    status = Choice(ObligationStatus)
    amount = fields.Integer()
    outstanding = fields.Integer()
    due_at = Moment(allow_none=True)
    set_at = Moment()


class MeansSumOut(Out):
    """Tổng một ngày của một hình thức: đã thu, đã hủy hoặc thu hồi, đã hoàn trả, còn lại."""

    means = Choice(Means)
    received = fields.Integer()
    reversed = fields.Integer()
    refunded = fields.Integer()
    left = fields.Integer()


class DaySumsOut(Out):
    """Tổng một ngày theo hình thức."""

    items = fields.List(fields.Nested(MeansSumOut))


PaymentPage = page_of(PaymentLineOut)
RefundPage = page_of(RefundLineOut)
DebtPage = page_of(DebtLineOut)
