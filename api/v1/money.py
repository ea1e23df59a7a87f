"""Money of a dossier: obligations, payments, refunds, and for whom fees are waived."""

from typing import Any

from api.converters import PLACE
from api.documenting import Blueprint
from api.edge import Call, reads, target, writes
from api.receipts import ReceiptFile
from api.sending import Later
from api.v1.dossiers import ETAG, standing
from api.v1.schemas.dossiers import NewsIn, StandingOut
from api.v1.schemas.money import (
    CashIn,
    CategoryIn,
    CorrectionIn,
    DeferralIn,
    EvidenceOfPaymentIn,
    ObligationIn,
    ObligationsOut,
    PaymentsOut,
    RefundDecisionIn,
    RefundMadeIn,
    WhyIn,
)
from engine.commands import applicant, cash, course, obligations, payments
from engine.commands.acting import require_revision
from engine.model.obligation import Item, Notice
from engine.model.payment import Means
from engine.model.reading import Looked
from engine.queries.dossier_money import payments_of
from engine.queries.dossiers import find
from engine.queries.receipts import receipt_of

routes = Blueprint(
    "money",
    __name__,
    url_prefix="/dossiers/<code:code>",
    description="Tiền của hồ sơ: khoản phải nộp, khoản đã nộp, hoàn trả.",
)
_REFUSALS = (403, 404, 409, 412)
_ONE = f"/obligations/<{PLACE}:obligation>"
_PAID = f"/payments/<{PLACE}:payment>"
_PDF = {
    200: {
        "description": "Tệp PDF/A.",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@routes.get("/obligations")
@reads(404, looks_at=Looked.DOSSIER)
@routes.response(200, ObligationsOut)
def list_obligations(call: Call, code: str) -> dict[str, Any]:
    """List what is to be paid for a dossier, and why.

    Phí, lệ phí theo bảng quyết định (kèm giải thích), nghĩa vụ tài chính theo thông báo.
    """
    return {"items": list(find(call.tx, code, call.actor).dossier.obligations.values())}


@routes.post("/obligations")
@writes(*_REFUSALS, revised=True)
@routes.arguments(ObligationIn)
@routes.response(200, StandingOut, headers=ETAG)
def set_obligation(call: Call, body: dict[str, Any], code: str) -> Any:
    """Record a financial obligation that another agency's notice sets.

    Hồ sơ tạm dừng đến khi nộp đủ, được ghi nợ hoặc hủy.
    """
    command = obligations.SetObligation(target(code), **_said(body))
    return standing(call, obligations.set_obligation(call.tx, command, call.actor, call.now))


@routes.post("/obligations/confirm")
@writes(*_REFUSALS, revised=True)
@routes.arguments(NewsIn, required=False)
@routes.response(200, StandingOut, headers=ETAG)
def confirm(call: Call, body: dict[str, Any], code: str) -> Any:
    """Confirm that no financial obligation is left for which the dossier waits.

    Khi cơ quan khác cho biết không phát sinh nghĩa vụ; từ chối khi còn khoản chưa nộp.
    """
    command = course.BringNews(target(code), **body)
    return standing(call, course.confirm_obligation(call.tx, command, call.actor, call.now))


@routes.post(f"{_ONE}/correction")
@writes(*_REFUSALS, revised=True)
@routes.arguments(CorrectionIn)
@routes.response(200, StandingOut, headers=ETAG)
def correct(call: Call, body: dict[str, Any], code: str, obligation: int) -> Any:
    """Put a wrong amount right.

    Tiền đã nộp giữ nguyên; phần thừa thành tiền phải hoàn trả.
    """
    command = obligations.CorrectObligation(target(code), obligation, **_said(body))
    return standing(call, obligations.correct_obligation(call.tx, command, call.actor, call.now))


@routes.post(f"{_ONE}/cancellation")
@writes(*_REFUSALS, revised=True)
@routes.arguments(WhyIn)
@routes.response(200, StandingOut, headers=ETAG)
def cancel(call: Call, body: dict[str, Any], code: str, obligation: int) -> Any:
    """Cancel an obligation that should not have been.

    Tiền đã nộp cho khoản này thành tiền phải hoàn trả.
    """
    command = obligations.CancelObligation(target(code), obligation, **body)
    return standing(call, obligations.cancel_obligation(call.tx, command, call.actor, call.now))


@routes.post(f"{_ONE}/deferral")
@writes(*_REFUSALS, revised=True)
@routes.arguments(DeferralIn)
@routes.response(200, StandingOut, headers=ETAG)
def defer(call: Call, body: dict[str, Any], code: str, obligation: int) -> Any:
    """Let an obligation be paid later.

    Ghi nợ: hồ sơ được giải quyết tiếp, khoản tiền vẫn còn phải nộp.
    """
    command = obligations.DeferObligation(target(code), obligation, **body)
    return standing(call, obligations.defer_obligation(call.tx, command, call.actor, call.now))


@routes.get("/payments")
@reads(404, looks_at=Looked.DOSSIER)
@routes.response(200, PaymentsOut)
def list_payments(call: Call, code: str) -> dict[str, Any]:
    """List the money that came in for a dossier.

    Mỗi khoản: phần tính vào khoản phải nộp, phần thừa, các lần hoàn trả.
    """
    return {"items": payments_of(find(call.tx, code, call.actor).dossier)}


@routes.post("/payments")
@writes(*_REFUSALS, revised=True)
@routes.arguments(CashIn)
@routes.response(200, StandingOut, headers=ETAG)
def take_cash(call: Call, body: dict[str, Any], code: str) -> Any:
    """Take cash, against a receipt.

    Thu tiền mặt; biên lai lấy số kế tiếp trong sổ của cơ quan.
    """
    command = cash.TakeCash(target(code), **body)
    return standing(call, cash.take_cash(call.tx, command, call.actor, call.now).dossier)


@routes.post("/payments/evidence")
@writes(*_REFUSALS, revised=True)
@routes.arguments(EvidenceOfPaymentIn)
@routes.response(200, StandingOut, headers=ETAG)
def record_evidence(call: Call, body: dict[str, Any], code: str) -> Any:
    """Record the proof that the citizen paid into the treasury.

    Cùng một số chứng từ gửi lại thì không ghi lần nữa.
    """
    require_revision(call.tx, target(code))
    settlement = payments.Settlement(code, means=Means.TREASURY, **body)
    settled = payments.settle_by_evidence(call.tx, settlement, call.actor, call.now)
    return standing(call, settled.dossier)


@routes.get(f"{_PAID}/receipt")
@reads(403, 404, 409, looks_at=Looked.DOSSIER)
@routes.doc(responses=_PDF)
def print_receipt(call: Call, code: str, payment: int) -> Later:
    """Print the receipt for cash.

    Biên lai với số tiền bằng số và bằng chữ; biên lai đã hủy ghi rõ đã hủy.
    """
    return ReceiptFile(receipt_of(call.tx, find(call.tx, code, call.actor), payment, call.actor))


@routes.post(f"{_PAID}/cancellation")
@writes(*_REFUSALS, revised=True)
@routes.arguments(WhyIn)
@routes.response(200, StandingOut, headers=ETAG)
def cancel_receipt(call: Call, body: dict[str, Any], code: str, payment: int) -> Any:
    """Cancel the receipt of a payment in cash.

    Biên lai vẫn nằm trong sổ; khoản phải nộp trở lại chưa nộp.
    """
    command = payments.CancelReceipt(target(code), payment, **body)
    return standing(call, payments.cancel_receipt(call.tx, command, call.actor, call.now))


@routes.post(f"{_PAID}/refunds")
@writes(*_REFUSALS, revised=True)
@routes.arguments(RefundDecisionIn)
@routes.response(200, StandingOut, headers=ETAG)
def decide_refund(call: Call, body: dict[str, Any], code: str, payment: int) -> Any:
    """Decide that money goes back.

    Không quá phần thừa của khoản tiền.
    """
    command = payments.DecideRefund(target(code), payment, **body)
    return standing(call, payments.decide_refund(call.tx, command, call.actor, call.now))


@routes.post(f"{_PAID}/refunds/<{PLACE}:refund>/made")
@writes(*_REFUSALS, revised=True)
@routes.arguments(RefundMadeIn)
@routes.response(200, StandingOut, headers=ETAG)
def make_refund(call: Call, body: dict[str, Any], code: str, payment: int, refund: int) -> Any:
    """Record that money has gone back.

    Ghi hình thức và số chứng từ chi.
    """
    command = payments.MakeRefund(target(code), payment, refund, **body)
    return standing(call, payments.make_refund(call.tx, command, call.actor, call.now))


@routes.post("/category")
@writes(*_REFUSALS, revised=True)
@routes.arguments(CategoryIn)
@routes.response(200, StandingOut, headers=ETAG)
def record_category(call: Call, body: dict[str, Any], code: str) -> Any:
    """Record for whom fees are waived or reduced.

    Mức thu đã xác định được tính lại theo đối tượng này.
    """
    command = applicant.RecordCategory(target(code), **body)
    return standing(call, applicant.record_category(call.tx, command, call.actor, call.now))


def _said(body: dict[str, Any]) -> dict[str, Any]:
    """The body with its items and its notice as the engine takes them."""
    notice = body.get("notice")
    items = [Item(**each) for each in body["items"]]
    return {**body, "items": items, "notice": Notice(**notice) if notice else None}
