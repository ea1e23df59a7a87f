"""What one may administer, where, and the frame that pages of administration share."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request

from api.edge import Call
from api.fields import In
from api.web.frame import render
from api.web.language import gettext as _
from bpmn.roles import ROLE_NAMES
from engine.errors import NotPermitted
from engine.model.actor import Actor, Permission, granted, has
from engine.queries.agencies import names_of

_REVISION = re.compile("[0-9]{1,9}")


@dataclass(frozen=True)
class Section:
    """One of the pages of administration, with what it is for in one sentence."""

    path: str
    name: str
    purpose: str
    icon: str


def sections(actor: Actor) -> list[Section]:
    """The pages that someone's roles open."""
    every = (
        (Permission.USER_MANAGE, Section("/quan-tri/nguoi", _("Người dùng"), _(
            "Tạo tài khoản, cấp và bỏ vai trò, cho nghỉ, đặt lại mật khẩu."), "users")),
        (Permission.AGENCY_MANAGE, Section("/quan-tri/don-vi", _("Cơ quan, đơn vị"), _(
            "Thêm, đổi tên, đóng các đơn vị mà hồ sơ được giao về."), "building-2")),
        (Permission.PROCEDURE_DRAFT, Section("/quan-tri/thu-tuc", _("Thủ tục"), _(
            "Tìm, soạn, ban hành, so sánh, bãi bỏ, thay thế thủ tục và quy trình nội bộ."),
            "book-open")),
        (Permission.CERTIFICATE_MANAGE, Section("/quan-tri/chung-thu-so", _("Chứng thư số"), _(
            "Đăng ký chứng thư số của từng người và con dấu số của cơ quan."), "key-round")),
        (Permission.BANK_ACCOUNT_MANAGE, Section("/quan-tri/tai-khoan", _("Tài khoản nhận tiền"), _(
            "Đặt tài khoản ngân hàng để người nộp chuyển khoản bằng mã VietQR."), "wallet")),
        (Permission.CALENDAR_ANNOUNCE, Section("/quan-tri/lich", _("Lịch làm việc"), _(
            "Công bố ngày nghỉ, ngày làm bù, giờ làm việc; hạn trả tính theo lịch này."),
            "calendar-days")),
        (Permission.RULEBOOK_PUBLISH, Section("/quan-tri/quy-tac", _("Bộ quy tắc"), _(
            "Lý do tạm dừng và mức cảnh báo áp dụng cho hồ sơ tiếp nhận từ nay."), "scroll-text")),
        (Permission.LETTER_TEMPLATE_MANAGE, Section("/quan-tri/mau-giay-to", _("Mẫu giấy tờ"), _(
            "Sửa mẫu của giấy tiếp nhận, phiếu, thông báo; xem thử rồi mới áp dụng."),
            "file-text")),
        (Permission.OUTAGE_RECORD, Section("/quan-tri/gian-doan", _("Sổ gián đoạn"), _(
            "Ghi lúc hệ thống bên ngoài hỏng và hoạt động lại, làm căn cứ khi hồ sơ chậm."),
            "ban")),
        (Permission.PORTAL_MANAGE, Section("/quan-tri/cong", _("Cổng quốc gia"), _(
            "Xem hồ sơ nào chưa khớp với Cổng Dịch vụ công quốc gia, vì sao, và gửi lại."),
            "send")),
        (Permission.CONNECTOR_MANAGE, Section("/quan-tri/ket-noi", _("Kết nối phần mềm"), _(
            "Nối với phần mềm chuyên ngành: hộ tịch, đất đai, thuế; bật, tắt, đổi khóa."),
            "link")),
        (Permission.DOSSIER_MIGRATE, Section("/quan-tri/chuyen-phien-ban", _("Chuyển phiên bản"), _(
            "Chuyển hồ sơ đang giải quyết sang phiên bản mới của quy trình."), "arrow-right")),
        (Permission.TIMER_RERUN, Section("/quan-tri/su-co", _("Hẹn giờ hỏng"), _(
            "Chạy lại hẹn giờ mà máy đã thử nhiều lần không được."),
            "refresh-cw")),
        (Permission.USER_MANAGE, Section("/quan-tri/tin-gui", _("Tin gửi đi"), _(
            "Xem kênh nào hoạt động, sửa địa chỉ và gửi lại tin không đến nơi."), "send")),
        (Permission.WEBHOOK_MANAGE, Section("/quan-tri/webhook", _("Webhook"), _(
            "Báo cho phần mềm khác biết việc xảy ra với hồ sơ."), "link")),
        (Permission.OFFICE_LOG_READ, Section("/quan-tri/so-thay-doi", _("Sổ thay đổi"), _(
            "Xem ai đã thay đổi gì về người, đơn vị, lịch, bộ quy tắc, lúc nào."), "history")),
        (Permission.OFFICE_LOG_READ, Section("/kiem-tra/moc-neo", _("Mốc neo"), _(
            "Mã niêm phong mọi sổ hằng đêm; xem bước nào đang chờ, tải về giữ nơi khác."),
            "shield-check")),
    )  # fmt: skip
    return [section for permission, section in every if has(actor, permission)]


@dataclass(frozen=True)
class Scope:
    """The agencies where one has a permission, by code with their names, and the one chosen."""

    agencies: dict[str, str]
    chosen: str

    @property
    def name(self) -> str:
        """The name of the chosen one."""
        return self.agencies[self.chosen]


def scope_of(call: Call, permission: Permission, wanted: str | None = None) -> Scope:
    """Where the actor may do something; chosen is what is asked for, else the actor's own.

    Raises `NotPermitted`, also for an agency outside.
    """
    grants = [(grant, reach) for grant, reach in granted(call.actor, permission)]
    codes = {code for grant, reach in grants for code in grant.reached(reach)}
    chosen = wanted or request.values.get("co-quan") or (grants[0][0].agency if grants else "")
    if chosen not in codes:
        raise NotPermitted(what="quản trị việc này ở đây")
    return Scope(names_of(call.tx, codes), chosen)


def shown_revision() -> int:
    """The revision that a form was made from; where it does not say, one that nothing has."""
    told = request.form.get("revision", "")
    return int(told) if _REVISION.fullmatch(told) else -1


def show(call: Call, template: str, **context: Any) -> str:
    """A page of administration: `admin/<template>`, with the sections one may open."""
    frame = {"sections": sections(call.actor), "onward": onward, "ROLE_NAMES": ROLE_NAMES}
    return render(f"admin/{template}", **frame, **context)


def onward(cursor: str) -> str:
    """The query of the next page of the list that this address shows."""
    return urlencode({**request.args, "cursor": cursor})


def asked(schema: type[In]) -> dict[str, Any]:
    """What the address of a list asks for; what makes no sense there is left out."""
    form = schema()
    given = {k: v.strip() for k, v in request.args.items() if v.strip() and k in form.fields}
    faults = form.validate(given)
    return dict(form.load({k: v for k, v in given.items() if k not in faults}))
