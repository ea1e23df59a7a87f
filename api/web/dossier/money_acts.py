"""What may be done about a dossier's money, each as a small form."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash

from api.fields import Code, Day, In, Text, Whole
from api.v1.schemas.money import DeferralIn, RefundDecisionIn, RefundMadeIn, WhyIn
from api.web.dossier.acting import N_, ActForm, Ask, Options, Subject
from api.web.dossier.items import end_of, read_items, written
from api.web.language import gettext as _
from api.web.words import money
from bpmn.applicants import applicant_categories
from bpmn.fees import MOST
from engine.commands import applicant, cash, obligations, payments
from engine.commands.payments import LONGEST_REFERENCE
from engine.deadlines.calendar import local
from engine.life.obligations import obligation_in
from engine.life.payments import payment_in
from engine.model.dossier import Dossier
from engine.model.obligation import Notice
from engine.model.payment import MEANS_NAMES, Means

BACK = "dossier.money"
Number = int | None


class TenderIn(In):
    """Tiền khách đưa và người nộp."""

    tendered = Whole(1, MOST, required=True)
    payer = Text(200, 1, required=True)


class NoticePageIn(In):
    """Thông báo nghĩa vụ tài chính như ghi trên trang."""

    number = Text(100, 1, required=True)
    issuer = Text(300, 1, required=True)
    issued_on = Day(required=True)
    due_on = Day(required=True)
    lines = Text(5_000, 1, required=True)
    ground = Text(1_000, 5, required=True)


class CorrectionPageIn(In):
    """Khoản phải nộp sau khi sửa."""

    lines = Text(5_000, 1, required=True)
    ground = Text(1_000, 5, required=True)
    reason = Text(2_000, 5, required=True)


class SlipIn(In):
    """Giấy nộp tiền vào ngân sách."""

    amount = Whole(1, MOST, required=True)
    reference = Text(LONGEST_REFERENCE, 1, required=True)
    paid_on = Day(required=True)


class CategoryPageIn(In):
    """Đối tượng miễn, giảm."""

    category = Code()
    evidence = Text(500, 1)


_REASON = Ask("reason", N_("Lý do"), required=True, hint=N_("Ít nhất 5 ký tự."))
_GROUND = Ask("ground", N_("Căn cứ pháp lý"), "text", required=True)
_LINES = Ask(
    "lines",
    N_("Các khoản"),
    required=True,
    hint=N_("Mỗi dòng một khoản, ví dụ: Lệ phí trước bạ: 1.250.000"),
)
_DAY_HINT = N_("Ngày/tháng/năm, ví dụ 08/10/2026.")
_REFERENCE = Ask("reference", N_("Số chứng từ"), "text", required=True)


def money_act(name: str, first: Number, second: Number) -> ActForm | None:
    """The form of an act by its word in the address, on the obligation or payment `first`, of
    which `second` is the refund; None where there is no such act."""
    make = _ACTS.get((name, first is not None, second is not None))
    return make(first or 0, second or 0) if make else None


def _form(
    title: str, done: str, schema: type[In], asks: tuple[Ask, ...], icon: str, **more: Any
) -> Callable[..., ActForm]:
    """A form that is made when it is known what it is about."""

    def make(run: Callable[[Subject, dict[str, Any]], Dossier], happens: Any) -> ActForm:
        return ActForm(
            title, title, title, done, schema, run, happens, asks, icon, **more, back=BACK
        )

    return make


def _cash(number: int, _second: int) -> ActForm:
    def run(subject: Subject, data: dict[str, Any]) -> Dossier:
        call, code = subject.scene.call, subject.scene.code
        due = obligation_in(subject.scene.dossier, number).outstanding
        amount = min(data["tendered"], due)
        command = cash.TakeCash(subject.target, number, amount, data["payer"])
        settled = cash.take_cash(call.tx, command, call.actor, call.now)
        receipt = settled.payment.receipt
        flash(
            _("Biên lai {number}: thu {amount}, trả lại khách {change}.").format(
                number=receipt.in_words if receipt else code,
                amount=money(amount),
                change=money(data["tendered"] - amount),
            ),
            "ok",
        )
        return settled.dossier

    asks = (
        Ask("tendered", N_("Tiền khách đưa (đồng)"), "text", required=True),
        Ask("payer", N_("Người nộp tiền"), "text", required=True),
    )
    make = _form(N_("Thu tiền mặt"), N_("Đã thu tiền."), TenderIn, asks, "wallet")
    return make(run, lambda subject: _due(subject, number))


def _notice(_first: int, _second: int) -> ActForm:
    def run(subject: Subject, data: dict[str, Any]) -> Dossier:
        call = subject.scene.call
        notice = Notice(data["number"], data["issuer"], data["issued_on"])
        command = obligations.SetObligation(
            subject.target,
            read_items(data["lines"]),
            notice,
            end_of(data["due_on"]),
            data["ground"],
        )
        return obligations.set_obligation(call.tx, command, call.actor, call.now)

    asks = (
        Ask("number", N_("Số thông báo"), "text", required=True),
        Ask("issuer", N_("Cơ quan ra thông báo"), "text", required=True),
        Ask("issued_on", N_("Ngày thông báo"), "text", required=True, hint=_DAY_HINT),
        _LINES,
        Ask("due_on", N_("Hạn nộp"), "text", required=True, hint=_DAY_HINT),
        _GROUND,
    )
    title, done = N_("Ghi nghĩa vụ tài chính"), N_("Đã ghi nghĩa vụ tài chính.")
    make = _form(title, done, NoticePageIn, asks, "file-text")
    told = (
        N_("Hồ sơ tạm dừng đến khi nộp đủ, được ghi nợ hoặc khoản này bị hủy."),
        N_("Thời gian chờ không tính vào thời hạn giải quyết."),
    )
    return make(run, lambda subject: [_(each) for each in told])


def _correction(number: int, _second: int) -> ActForm:
    def run(subject: Subject, data: dict[str, Any]) -> Dossier:
        call, items = subject.scene.call, read_items(data["lines"])
        command = obligations.CorrectObligation(
            subject.target, number, items, data["ground"], data["reason"]
        )
        return obligations.correct_obligation(call.tx, command, call.actor, call.now)

    asks, done = (_LINES, _GROUND, _REASON), N_("Đã sửa khoản phải nộp.")
    make = _form(N_("Sửa số tiền"), done, CorrectionPageIn, asks, "pen-line")
    return make(run, lambda subject: [written(obligation_in(subject.scene.dossier, number))])


def _cancellation(number: int, _second: int) -> ActForm:
    def run(subject: Subject, data: dict[str, Any]) -> Dossier:
        call = subject.scene.call
        command = obligations.CancelObligation(subject.target, number, data["reason"])
        return obligations.cancel_obligation(call.tx, command, call.actor, call.now)

    done = N_("Đã hủy khoản phải nộp.")
    make = _form(N_("Hủy khoản phải nộp"), done, WhyIn, (_REASON,), "ban", tone="danger")
    told = N_("Tiền đã nộp cho khoản này thành tiền phải hoàn trả.")
    return make(run, lambda subject: [_(told)])


def _deferral(number: int, _second: int) -> ActForm:
    def run(subject: Subject, data: dict[str, Any]) -> Dossier:
        call = subject.scene.call
        command = obligations.DeferObligation(subject.target, number, **data)
        return obligations.defer_obligation(call.tx, command, call.actor, call.now)

    asks = (_GROUND, Ask("until", N_("Nợ đến ngày"), "text", hint=_DAY_HINT))
    make = _form(N_("Cho ghi nợ"), N_("Đã cho ghi nợ."), DeferralIn, asks, "clock")
    told = N_("Hồ sơ được giải quyết tiếp; khoản tiền vẫn còn phải nộp.")
    return make(run, lambda subject: [_(told)])


def _slip(number: int, _second: int) -> ActForm:
    def run(subject: Subject, data: dict[str, Any]) -> Dossier:
        call, code = subject.scene.call, subject.scene.code
        paid_at = end_of(data["paid_on"]).replace(hour=12)
        settlement = payments.Settlement(
            code, number, data["amount"], Means.TREASURY, data["reference"], paid_at
        )
        return payments.settle_by_evidence(call.tx, settlement, call.actor, call.now).dossier

    asks = (
        Ask("amount", N_("Số tiền đã nộp (đồng)"), "text", required=True),
        _REFERENCE,
        Ask("paid_on", N_("Ngày nộp"), "text", required=True, hint=_DAY_HINT),
    )
    done = N_("Đã ghi chứng từ nộp tiền.")
    make = _form(N_("Ghi chứng từ nộp tiền"), done, SlipIn, asks, "file-check")
    return make(run, lambda subject: _due(subject, number))


def _receipt(number: int, _second: int) -> ActForm:
    def run(subject: Subject, data: dict[str, Any]) -> Dossier:
        call = subject.scene.call
        command = payments.CancelReceipt(subject.target, number, data["reason"])
        return payments.cancel_receipt(call.tx, command, call.actor, call.now)

    make = _form(
        N_("Hủy biên lai"), N_("Đã hủy biên lai."), WhyIn, (_REASON,), "ban", tone="danger"
    )
    told = N_("Biên lai vẫn nằm trong sổ với lý do hủy; khoản tiền trở lại chưa nộp.")
    return make(run, lambda subject: [_(told)])


def _refund(number: int, _second: int) -> ActForm:
    def run(subject: Subject, data: dict[str, Any]) -> Dossier:
        call = subject.scene.call
        command = payments.DecideRefund(subject.target, number, **data)
        return payments.decide_refund(call.tx, command, call.actor, call.now)

    asks = (Ask("amount", N_("Số tiền hoàn trả (đồng)"), "text", required=True), _REASON)
    done = N_("Đã quyết định hoàn trả.")
    make = _form(N_("Quyết định hoàn trả"), done, RefundDecisionIn, asks, "undo-2")

    def happens(subject: Subject) -> Sequence[str]:
        obligation, payment = payment_in(subject.scene.dossier, number)
        most = money(obligation.refundable(payment.number))
        return [_("Phần thừa của khoản tiền này: {amount}.").format(amount=most)]

    return make(run, happens)


def _made(number: int, second: int) -> ActForm:
    def run(subject: Subject, data: dict[str, Any]) -> Dossier:
        call = subject.scene.call
        command = payments.MakeRefund(subject.target, number, second, **data)
        return payments.make_refund(call.tx, command, call.actor, call.now)

    asks = (Ask("means", N_("Hình thức"), "select", required=True, options=_means), _REFERENCE)
    make = _form(N_("Ghi đã chi hoàn trả"), N_("Đã ghi."), RefundMadeIn, asks, "check")
    return make(run, lambda subject: [])


def _category(_first: int, _second: int) -> ActForm:
    def run(subject: Subject, data: dict[str, Any]) -> Dossier:
        call = subject.scene.call
        said = {"category": None, **data}
        command = applicant.RecordCategory(subject.target, **said)
        return applicant.record_category(call.tx, command, call.actor, call.now)

    asks = (
        Ask("category", N_("Đối tượng miễn, giảm"), "select", options=categories),
        Ask("evidence", N_("Giấy tờ đã xem"), "text", hint=N_("Tên, số giấy tờ chứng minh.")),
    )
    done = N_("Đã ghi đối tượng; mức thu được tính lại.")
    make = _form(N_("Ghi đối tượng miễn, giảm"), done, CategoryPageIn, asks, "user-check")
    told = N_("Bỏ trống: không thuộc đối tượng nào. Mức thu đã xác định được tính lại.")
    return make(run, lambda subject: [_(told)])


_ACTS: dict[tuple[str, bool, bool], Callable[[int, int], ActForm]] = {
    ("thu", True, False): _cash,
    ("thong-bao", False, False): _notice,
    ("sua", True, False): _correction,
    ("huy", True, False): _cancellation,
    ("ghi-no", True, False): _deferral,
    ("chung-tu", True, False): _slip,
    ("huy-bien-lai", True, False): _receipt,
    ("hoan", True, False): _refund,
    ("da-chi", True, True): _made,
    ("doi-tuong", False, False): _category,
}


def categories(subject: Subject) -> Options:
    """The categories that count today."""
    today = local(subject.scene.call.now).date()
    every = applicant_categories().values()
    return [(each.code, each.name) for each in every if each.counts_on(today)]


def _means(subject: Subject) -> Options:
    return [(each.value, _(MEANS_NAMES[each])) for each in Means]


def _due(subject: Subject, number: int) -> list[str]:
    obligation = obligation_in(subject.scene.dossier, number)
    amount = money(obligation.outstanding)
    return [_("Còn phải nộp: {amount}.").format(amount=amount), written(obligation)]
