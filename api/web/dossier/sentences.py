"""What will happen, said before it does."""

from collections.abc import Sequence
from datetime import datetime

from api.web.dossier.acting import Subject
from api.web.language import gettext as _
from api.web.words import moment
from engine.queries.people import names_of


def supplement(subject: Subject) -> Sequence[str]:
    """Papers have come."""
    return [
        _("Hồ sơ hết chờ bổ sung và trở lại bước tiếp theo của quy trình."),
        _("Nếu đã tiếp nhận, thời hạn giải quyết được tính lại từ đầu."),
    ]


def obligation(subject: Subject) -> Sequence[str]:
    """The citizen has paid what another agency set."""
    return [
        _("Hồ sơ hết chờ nghĩa vụ tài chính và đi tiếp."),
        _("Thời gian chờ không tính vào thời hạn giải quyết."),
    ]


def resume(subject: Subject) -> Sequence[str]:
    """An ordered pause ends."""
    pause = subject.scene.dossier.suspended
    if pause is None:
        return []
    name = subject.scene.setting.pause_reason(pause.reason).name
    return [
        _("Hồ sơ đang tạm dừng từ {since}: {reason}.").format(
            since=moment(pause.since), reason=name
        ),
        _("Mọi việc mở lại với thời gian làm việc còn lại lúc tạm dừng."),
    ]


def pause(subject: Subject) -> Sequence[str]:
    """All work stops."""
    return [
        _("Mọi việc của hồ sơ dừng lại đến khi được cho tiếp tục."),
        *_due(subject),
        _("Thời hạn dừng hay chạy tiếp là theo lý do bạn chọn."),
    ]


def ask_for_pause(subject: Subject) -> Sequence[str]:
    """Others will decide."""
    return [_("Lãnh đạo sẽ quyết định. Đến lúc đó thời hạn vẫn chạy và việc vẫn làm được.")]


def request(subject: Subject) -> Sequence[str]:
    """What was asked for."""
    asked = subject.scene.dossier.pause_request
    if asked is None:
        return []
    names = names_of(subject.scene.call.tx, [int(asked.by)])
    by, at = names.get(int(asked.by), asked.by), moment(asked.at)
    reason = subject.scene.setting.pause_reason(asked.reason).name
    said = [_("{by} đề nghị lúc {at}: {reason}.").format(by=by, at=at, reason=reason)]
    if document := (asked.evidence or {}).get("document"):
        said.append(_("Căn cứ: {document}.").format(document=document))
    if asked.until:
        said.append(_("Dự kiến tiếp tục: {until}.").format(until=moment(asked.until)))
    return said


def extend(subject: Subject) -> Sequence[str]:
    """A later day is promised, once."""
    scene = subject.scene
    left = scene.setting.rulebook.extension.times - scene.dossier.extensions
    notice = scene.setting.rulebook.extension.notice.in_words()
    return [
        *_due(subject),
        _("Hạn mới là hết giờ làm việc của ngày bạn chọn; người nộp nhận được lời xin lỗi."),
        _("Chỉ hẹn lại được {left} lần nữa, chậm nhất {notice} trước hạn.").format(
            left=left, notice=notice
        ),
    ]


def cause(subject: Subject) -> Sequence[str]:
    """Why it is late goes into the record."""
    return [_("Nguyên nhân được ghi vào sổ và tính vào báo cáo. Ghi lại được; sổ giữ cả hai lần.")]


def prioritise(subject: Subject) -> Sequence[str]:
    """The dossier goes before others."""
    return [_("Việc của hồ sơ này đứng trước các việc khác trong danh sách. Thời hạn giữ nguyên.")]


def withdraw(subject: Subject) -> Sequence[str]:
    """The citizen takes it back."""
    return [
        _("Mọi việc đang mở bị hủy; hồ sơ chuyển sang trả lại giấy tờ cho người nộp."),
        _("Không hoàn tác được."),
    ]


def discontinue(subject: Subject) -> Sequence[str]:
    """The agency stops."""
    return [
        _("Mọi việc đang mở bị hủy; hồ sơ chuyển sang ra thông báo dừng xử lý."),
        _("Không hoàn tác được."),
    ]


def delegate(subject: Subject) -> Sequence[str]:
    """A colleague gets the task."""
    return [_("Người nhận giữ việc này thay bạn. Bản nháp của bạn không chuyển theo.")]


def assign(subject: Subject) -> Sequence[str]:
    """A supervisor gives the task to someone, whoever holds it."""
    task = subject.task
    holder = subject.scene.holders.get(task.assignee or 0) if task else None
    said = [_("{who} đang giữ việc này và sẽ không giữ nữa.").format(who=holder)] if holder else []
    return [*said, _("Người được giao thấy việc ngay trong danh sách của mình.")]


def nothing_more(subject: Subject) -> Sequence[str]:
    """The title says it all."""
    return []


def _due(subject: Subject) -> list[str]:
    due: datetime | None = subject.scene.view.due_at
    return [_("Hạn hiện tại: {due}.").format(due=moment(due))] if due else []
