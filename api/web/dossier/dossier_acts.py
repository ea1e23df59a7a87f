"""What may be done to a dossier as a whole, beside its tasks."""

from collections.abc import Callable, Mapping
from typing import Any

from api.v1.schemas.dossiers import NoteIn, PriorityIn, ReasonIn
from api.v1.schemas.time import CauseIn, ExtendIn, PauseIn
from api.web.dossier import options, sentences
from api.web.dossier.acting import N_, ActForm, Ask, Subject
from engine.commands import course, lateness, pauses, priority
from engine.model.dossier import Dossier
from engine.queries.possible import DossierAct

Command = Callable[..., Any]


def _run(act: Callable[..., Dossier], command: Command) -> Callable[[Subject, Any], Dossier]:
    """The act as a command on its subject."""

    def run(subject: Subject, data: dict[str, Any]) -> Dossier:
        call = subject.scene.call
        return act(call.tx, command(subject.target, **data), call.actor, call.now)

    return run


def _news(act: Callable[..., Dossier]) -> Callable[[Subject, Any], Dossier]:
    return _run(act, lambda target, **said: course.BringNews(target, said))


_NOTE = Ask("note", N_("Ghi chú"))
_REASON = Ask("reason", N_("Lý do"), required=True, hint=N_("Ít nhất 5 ký tự."))
_OUTAGE = Ask(
    "outage",
    N_("Lần gián đoạn hệ thống"),
    "select",
    hint=N_("Chỉ cần khi nguyên nhân là lỗi hệ thống."),
    options=options.outages,
)
_EVIDENCE = (
    Ask("evidence.document", N_("Căn cứ: số văn bản"), "text", hint=N_("Ví dụ: 15/CV-UBND.")),
    Ask("evidence.date", N_("Ngày văn bản"), "text", hint=N_("Ngày/tháng/năm, ví dụ 08/10/2026.")),
    Ask(
        "evidence.outage",
        N_("Hoặc lần gián đoạn hệ thống"),
        "select",
        options=options.outages,
    ),
)
_UNTIL = Ask(
    "until",
    N_("Dự kiến tiếp tục lúc"),
    "text",
    hint=N_("Ngày/tháng/năm giờ:phút, ví dụ 08/10/2026 08:00. Bỏ trống: hết thời hạn của lý do."),
)

DOSSIER_ACTS: Mapping[DossierAct, ActForm] = {
    DossierAct.SUPPLEMENT: ActForm(
        "nhan-bo-sung",
        N_("Tiếp nhận giấy tờ bổ sung"),
        N_("Tiếp nhận bổ sung"),
        N_("Đã tiếp nhận giấy tờ bổ sung."),
        NoteIn,
        _news(course.receive_supplement),
        sentences.supplement,
        (_NOTE,),
        "file-check",
    ),
    DossierAct.OBLIGATION: ActForm(
        "nghia-vu",
        N_("Xác nhận đã thực hiện nghĩa vụ tài chính"),
        N_("Xác nhận đã nộp"),
        N_("Đã xác nhận nghĩa vụ tài chính."),
        NoteIn,
        _news(course.confirm_obligation),
        sentences.obligation,
        (_NOTE,),
        "wallet",
    ),
    DossierAct.RESUME: ActForm(
        "tiep-tuc",
        N_("Cho hồ sơ tiếp tục"),
        N_("Cho tiếp tục"),
        N_("Hồ sơ đã tiếp tục."),
        NoteIn,
        _run(pauses.resume_dossier, pauses.OnPause),
        sentences.resume,
        (_NOTE,),
        "play",
    ),
    DossierAct.GRANT_PAUSE: ActForm(
        "duyet-tam-dung",
        N_("Duyệt đề nghị tạm dừng"),
        N_("Duyệt, tạm dừng hồ sơ"),
        N_("Đã duyệt; hồ sơ tạm dừng từ lúc này."),
        NoteIn,
        _run(pauses.grant_pause, pauses.OnPause),
        sentences.request,
        (_NOTE,),
        "check",
    ),
    DossierAct.DECLINE_PAUSE: ActForm(
        "khong-duyet-tam-dung",
        N_("Không duyệt đề nghị tạm dừng"),
        N_("Không duyệt"),
        N_("Đã không duyệt đề nghị tạm dừng; thời hạn vẫn chạy."),
        NoteIn,
        _run(pauses.decline_pause, pauses.OnPause),
        sentences.request,
        (_NOTE,),
        "x",
    ),
    DossierAct.PAUSE: ActForm(
        "tam-dung",
        N_("Tạm dừng hồ sơ"),
        N_("Tạm dừng hồ sơ"),
        N_("Hồ sơ đã tạm dừng."),
        PauseIn,
        _run(pauses.pause_dossier, pauses.PauseDossier),
        sentences.pause,
        (
            Ask("reason", N_("Lý do"), "radios", required=True, options=options.own_pauses),
            *_EVIDENCE,
            _UNTIL,
            _NOTE,
        ),
        "pause",
    ),
    DossierAct.ASK_FOR_PAUSE: ActForm(
        "de-nghi-tam-dung",
        N_("Đề nghị tạm dừng"),
        N_("Gửi đề nghị"),
        N_("Đã gửi đề nghị tạm dừng; thời hạn vẫn chạy đến khi được duyệt."),
        PauseIn,
        _run(pauses.ask_for_pause, pauses.PauseDossier),
        sentences.ask_for_pause,
        (
            Ask("reason", N_("Lý do"), "radios", required=True, options=options.others_pauses),
            *_EVIDENCE,
            _UNTIL,
            _NOTE,
        ),
        "hand",
    ),
    DossierAct.EXTEND: ActForm(
        "gia-han",
        N_("Xin lỗi và hẹn lại ngày trả"),
        N_("Xin lỗi, hẹn lại"),
        N_("Đã hẹn lại ngày trả kết quả."),
        ExtendIn,
        _run(lateness.extend_due_date, lateness.ExtendDueDate),
        sentences.extend,
        (
            Ask(
                "until",
                N_("Hẹn trả vào ngày"),
                "text",
                required=True,
                hint=N_("Ngày/tháng/năm, ví dụ 08/10/2026."),
            ),
            Ask("cause", N_("Nguyên nhân"), "select", required=True, options=options.causes),
            Ask("reason", N_("Lời giải thích gửi người nộp"), required=True),
        ),
        "calendar-days",
    ),
    DossierAct.RECORD_CAUSE: ActForm(
        "nguyen-nhan",
        N_("Ghi nguyên nhân quá hạn"),
        N_("Ghi nguyên nhân"),
        N_("Đã ghi nguyên nhân quá hạn."),
        CauseIn,
        _run(lateness.record_cause, lateness.RecordCause),
        sentences.cause,
        (
            Ask("cause", N_("Nguyên nhân"), "select", required=True, options=options.causes),
            _OUTAGE,
            _NOTE,
        ),
        "flag",
    ),
    DossierAct.PRIORITISE: ActForm(
        "uu-tien",
        N_("Ưu tiên hồ sơ"),
        N_("Ưu tiên"),
        N_("Hồ sơ được ưu tiên giải quyết trước."),
        PriorityIn,
        _run(priority.prioritise_dossier, priority.PrioritiseDossier),
        sentences.prioritise,
        (
            Ask("reason", N_("Lý do"), "radios", required=True, options=options.priorities),
            _NOTE,
        ),
        "star",
    ),
    DossierAct.WITHDRAW_PRIORITY: ActForm(
        "thoi-uu-tien",
        N_("Thôi ưu tiên"),
        N_("Thôi ưu tiên"),
        N_("Hồ sơ không còn được ưu tiên."),
        NoteIn,
        _run(priority.withdraw_priority, priority.WithdrawPriority),
        sentences.nothing_more,
        (_NOTE,),
        "x",
    ),
    DossierAct.WITHDRAW: ActForm(
        "rut",
        N_("Rút hồ sơ theo yêu cầu của công dân"),
        N_("Rút hồ sơ"),
        N_("Đã nhận yêu cầu rút hồ sơ."),
        ReasonIn,
        _run(course.withdraw_dossier, course.EndDossier),
        sentences.withdraw,
        (_REASON,),
        "undo-2",
        "danger",
    ),
    DossierAct.DISCONTINUE: ActForm(
        "dung-xu-ly",
        N_("Dừng xử lý hồ sơ"),
        N_("Dừng xử lý"),
        N_("Đã quyết định dừng xử lý hồ sơ."),
        ReasonIn,
        _run(course.discontinue_dossier, course.EndDossier),
        sentences.discontinue,
        (_REASON,),
        "ban",
        "danger",
    ),
}
"""By act; in this order they are offered. Accepting and refusing are done in the intake's task."""
BY_PATH = {form.path: act for act, form in DOSSIER_ACTS.items()}
