"""Attempts to pay through a gateway, refunds by it, and differences between books and banks."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OrderState(StrEnum):
    """Where an attempt to pay stands.

    UNCLEAR: the gateway gave no final answer however often it was asked; a person has to.
    """

    OPEN = "open"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"
    UNCLEAR = "unclear"


ORDER_STATE_NAMES = {
    OrderState.OPEN: "Đang chờ thanh toán",
    OrderState.PAID: "Đã thanh toán",
    OrderState.FAILED: "Không thành công",
    OrderState.EXPIRED: "Đã hết hạn, chưa thanh toán",
    OrderState.UNCLEAR: "Chưa rõ, đang chờ đối soát",
}


class RefundState(StrEnum):
    """Where a refund by the gateway stands. UNKNOWN: nobody knows whether it was taken."""

    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"


REFUND_STATE_NAMES = {
    RefundState.ASKED: "Đang gửi yêu cầu",
    RefundState.DONE: "Cổng thanh toán đã nhận hoàn tiền",
    RefundState.REFUSED: "Cổng thanh toán từ chối",
    RefundState.UNKNOWN: "Chưa rõ, hệ thống đang hỏi lại",
}


class LinePlace(StrEnum):
    """Where a line of a statement ended: it shows a payment that was known (MATCHED), it made one
    known (SETTLED), or it is a DIFFERENCE that a person settles."""

    MATCHED = "matched"
    SETTLED = "settled"
    DIFFERENCE = "difference"


class DifferenceKind(StrEnum):
    """On what a statement and the books do not agree.

    UNKNOWN: money that belongs to nothing known. MISSING: a payment of ours that the statement of
    its day does not show. REVERSED: money that went out. UNCLEAR: the gateway gives no answer.
    """

    UNKNOWN = "unknown"
    MISSING = "missing"
    WRONG_AMOUNT = "wrong_amount"
    DOUBLE = "double"
    REVERSED = "reversed"
    UNCLEAR = "unclear"


DIFFERENCE_KIND_NAMES = {
    DifferenceKind.UNKNOWN: "Có tiền, chưa rõ của khoản nào",
    DifferenceKind.MISSING: "Đã ghi nộp nhưng sao kê không có",
    DifferenceKind.WRONG_AMOUNT: "Số tiền khác số phải nộp",
    DifferenceKind.DOUBLE: "Nộp trùng khoản đã nộp đủ",
    DifferenceKind.REVERSED: "Tiền đi ra hoặc bị đảo",
    DifferenceKind.UNCLEAR: "Cổng thanh toán không cho kết quả",
}


class DifferenceAct(StrEnum):
    """How a difference was settled.

    ASSIGN: the money counts towards an obligation that a person names; what is too much is to be
    refunded. REVERSE: our payment is taken back. EXPLAIN: nothing is booked, a note says why.
    FOUND: another statement, or an answer, showed what was missing.
    """

    ASSIGN = "assign"
    REVERSE = "reverse"
    EXPLAIN = "explain"
    FOUND = "found"


DIFFERENCE_ACT_NAMES = {
    DifferenceAct.ASSIGN: "Ghi nộp cho một khoản",
    DifferenceAct.REVERSE: "Hủy ghi nộp",
    DifferenceAct.EXPLAIN: "Giải trình, không ghi sổ",
    DifferenceAct.FOUND: "Đã thấy ở sao kê sau",
}


@dataclass(frozen=True)
class Order:
    """An attempt to pay `amount` đồng for an obligation of a dossier that `agency` received.

    `notice_code` and `status` are what the gateway said last, `number` its own of the payment.
    """

    id: int
    dossier_id: int
    code: str
    agency: str
    obligation: int
    amount: int
    reference: str
    created_at: datetime
    expires_at: datetime
    state: OrderState
    notice_code: str
    status: str
    number: str
    bank: str
    paid_at: datetime | None
    asks: int


@dataclass(frozen=True)
class BankAccount:
    """Where people transfer to: the bank's number with NAPAS and name, the account, its holder."""

    agency: str
    bank: str
    bank_name: str
    number: str
    holder: str
