"""Facts of an office's own administration, as its log keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class OfficeEventType(StrEnum):
    """Names of events: subject, past participle."""

    USER_CREATED = "USER_CREATED"
    USER_CHANGED = "USER_CHANGED"
    USER_DEACTIVATED = "USER_DEACTIVATED"
    USER_REACTIVATED = "USER_REACTIVATED"
    PASSWORD_SET = "PASSWORD_SET"  # noqa: S105 - a name, no secret
    ACCESS_ENDED = "ACCESS_ENDED"
    ROLE_GRANTED = "ROLE_GRANTED"
    ROLE_REVOKED = "ROLE_REVOKED"
    SUBSTITUTION_MADE = "SUBSTITUTION_MADE"
    SUBSTITUTION_ENDED = "SUBSTITUTION_ENDED"
    AGENCY_ADDED = "AGENCY_ADDED"
    AGENCY_RENAMED = "AGENCY_RENAMED"
    UNIT_ADDED = "UNIT_ADDED"
    UNIT_RENAMED = "UNIT_RENAMED"
    UNIT_CLOSED = "UNIT_CLOSED"
    UNIT_REOPENED = "UNIT_REOPENED"
    CALENDAR_ANNOUNCED = "CALENDAR_ANNOUNCED"
    RULEBOOK_PUBLISHED = "RULEBOOK_PUBLISHED"
    LETTER_TEMPLATE_CHOSEN = "LETTER_TEMPLATE_CHOSEN"
    PROCEDURE_DRAFT_OPENED = "PROCEDURE_DRAFT_OPENED"
    PROCEDURE_DRAFT_SAVED = "PROCEDURE_DRAFT_SAVED"
    PROCEDURE_DRAFT_CHECKED = "PROCEDURE_DRAFT_CHECKED"
    PROCEDURE_DRAFT_DISCARDED = "PROCEDURE_DRAFT_DISCARDED"
    PROCEDURE_DEPLOYED = "PROCEDURE_DEPLOYED"
    PROCEDURE_ROLLED_BACK = "PROCEDURE_ROLLED_BACK"
    PROCEDURE_REPEALED = "PROCEDURE_REPEALED"
    PROCEDURE_RESTORED = "PROCEDURE_RESTORED"
    PROCEDURES_POSTED = "PROCEDURES_POSTED"
    RETENTION_LAID_DOWN = "RETENTION_LAID_DOWN"
    MIGRATION_PLANNED = "MIGRATION_PLANNED"
    MIGRATION_STARTED = "MIGRATION_STARTED"
    MIGRATION_STOPPED = "MIGRATION_STOPPED"
    CATALOGUE_IMPORTED = "CATALOGUE_IMPORTED"
    HISTORIC_RESULTS_TAKEN_IN = "HISTORIC_RESULTS_TAKEN_IN"
    OUTAGE_RECORDED = "OUTAGE_RECORDED"
    OUTAGE_ENDED = "OUTAGE_ENDED"
    CERTIFICATE_REGISTERED = "CERTIFICATE_REGISTERED"
    CERTIFICATE_RETIRED = "CERTIFICATE_RETIRED"
    WEBHOOK_ADDED = "WEBHOOK_ADDED"
    WEBHOOK_CHANGED = "WEBHOOK_CHANGED"
    WEBHOOK_SECRET_CHANGED = "WEBHOOK_SECRET_CHANGED"  # noqa: S105 - a name, no secret
    WEBHOOK_ENDED = "WEBHOOK_ENDED"
    MESSAGE_SENT_AGAIN = "MESSAGE_SENT_AGAIN"
    MESSAGE_WITHDRAWN = "MESSAGE_WITHDRAWN"
    CONNECTOR_REGISTERED = "CONNECTOR_REGISTERED"
    CONNECTOR_CHANGED = "CONNECTOR_CHANGED"
    CONNECTOR_SECRET_RENEWED = "CONNECTOR_SECRET_RENEWED"  # noqa: S105 - a name, no secret
    BANK_ACCOUNT_SET = "BANK_ACCOUNT_SET"
    REPORT_SENT = "REPORT_SENT"
    REPORT_SIGNED = "REPORT_SIGNED"


@dataclass(frozen=True)
class OfficeEvent:
    """One change: of what (`subject`, e.g. `user:12`), where, and what was before and after.

    `agency` None concerns every agency. What is told must never be a secret.
    """

    type: OfficeEventType
    agency: str | None
    subject: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


def user_subject(user_id: int) -> str:
    """How the log names a person."""
    return f"user:{user_id}"


def agency_subject(code: str) -> str:
    """How the log names an agency, and every unit of it."""
    return f"agency:{code}"


def procedure_subject(code: str) -> str:
    """How the log names a procedure, its drafts and an agency's own process for it."""
    return f"procedure:{code}"


OFFICE_EVENT_NAMES = {
    OfficeEventType.USER_CREATED: "Tạo tài khoản",
    OfficeEventType.USER_CHANGED: "Sửa thông tin tài khoản",
    OfficeEventType.USER_DEACTIVATED: "Ngừng hoạt động tài khoản",
    OfficeEventType.USER_REACTIVATED: "Cho tài khoản hoạt động lại",
    OfficeEventType.PASSWORD_SET: "Đặt lại mật khẩu",
    OfficeEventType.ACCESS_ENDED: "Chấm dứt truy cập",
    OfficeEventType.ROLE_GRANTED: "Cấp vai trò",
    OfficeEventType.ROLE_REVOKED: "Bỏ vai trò",
    OfficeEventType.SUBSTITUTION_MADE: "Cử người làm thay",
    OfficeEventType.SUBSTITUTION_ENDED: "Kết thúc làm thay",
    OfficeEventType.AGENCY_ADDED: "Thêm cơ quan",
    OfficeEventType.AGENCY_RENAMED: "Đổi tên cơ quan",
    OfficeEventType.UNIT_ADDED: "Thêm đơn vị",
    OfficeEventType.UNIT_RENAMED: "Đổi tên đơn vị",
    OfficeEventType.UNIT_CLOSED: "Đóng đơn vị",
    OfficeEventType.UNIT_REOPENED: "Mở lại đơn vị",
    OfficeEventType.CALENDAR_ANNOUNCED: "Công bố lịch làm việc",
    OfficeEventType.RULEBOOK_PUBLISHED: "Ban hành bộ quy tắc",
    OfficeEventType.LETTER_TEMPLATE_CHOSEN: "Thay mẫu giấy tờ",
    OfficeEventType.PROCEDURE_DRAFT_OPENED: "Mở bản thảo quy trình",
    OfficeEventType.PROCEDURE_DRAFT_SAVED: "Sửa bản thảo quy trình",
    OfficeEventType.PROCEDURE_DRAFT_CHECKED: "Kiểm tra bản thảo quy trình",
    OfficeEventType.PROCEDURE_DRAFT_DISCARDED: "Bỏ bản thảo quy trình",
    OfficeEventType.PROCEDURE_DEPLOYED: "Đưa thủ tục vào dùng",
    OfficeEventType.PROCEDURE_ROLLED_BACK: "Trở lại phiên bản trước của thủ tục",
    OfficeEventType.PROCEDURE_REPEALED: "Bãi bỏ, thay thế thủ tục",
    OfficeEventType.PROCEDURE_RESTORED: "Khôi phục thủ tục đã bãi bỏ",
    OfficeEventType.PROCEDURES_POSTED: "Niêm yết thủ tục",
    OfficeEventType.RETENTION_LAID_DOWN: "Đặt thời hạn lưu dữ liệu cá nhân",
    OfficeEventType.MIGRATION_PLANNED: "Lập đợt chuyển hồ sơ sang phiên bản khác",
    OfficeEventType.MIGRATION_STARTED: "Bắt đầu chuyển hồ sơ sang phiên bản khác",
    OfficeEventType.MIGRATION_STOPPED: "Dừng chuyển hồ sơ sang phiên bản khác",
    OfficeEventType.CATALOGUE_IMPORTED: "Nhập danh mục thủ tục",
    OfficeEventType.HISTORIC_RESULTS_TAKEN_IN: "Nhận kết quả cũ vào kho",
    OfficeEventType.OUTAGE_RECORDED: "Ghi gián đoạn hệ thống",
    OfficeEventType.OUTAGE_ENDED: "Ghi hệ thống hoạt động lại",
    OfficeEventType.CERTIFICATE_REGISTERED: "Đăng ký chứng thư số",
    OfficeEventType.CERTIFICATE_RETIRED: "Ngừng dùng chứng thư số",
    OfficeEventType.WEBHOOK_ADDED: "Đăng ký webhook",
    OfficeEventType.WEBHOOK_CHANGED: "Sửa webhook",
    OfficeEventType.WEBHOOK_SECRET_CHANGED: "Đổi khóa webhook",
    OfficeEventType.WEBHOOK_ENDED: "Bỏ webhook",
    OfficeEventType.MESSAGE_SENT_AGAIN: "Cho gửi lại tin",
    OfficeEventType.MESSAGE_WITHDRAWN: "Thôi gửi tin",
    OfficeEventType.CONNECTOR_REGISTERED: "Đăng ký bộ kết nối",
    OfficeEventType.CONNECTOR_CHANGED: "Sửa bộ kết nối",
    OfficeEventType.CONNECTOR_SECRET_RENEWED: "Đổi khóa bí mật của bộ kết nối",
    OfficeEventType.BANK_ACCOUNT_SET: "Đặt tài khoản nhận tiền",
    OfficeEventType.REPORT_SENT: "Gửi báo cáo",
    OfficeEventType.REPORT_SIGNED: "Ký số báo cáo",
}
"""As officials call them."""
