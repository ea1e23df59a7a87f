"""What the engine refuses, and how it says so.

An error's docstring is the Vietnamese sentence a person reads, with `{fields}` filled in.
`code` is stable and meant for machines; the interface maps `kind` to its own statuses.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from typing import Any


class Kind(StrEnum):
    """What sort of refusal it is, whatever the interface."""

    INVALID = "invalid"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    STALE = "stale"
    FAULT = "fault"
    UNAVAILABLE = "unavailable"


class EngineError(Exception):
    """Không thực hiện được yêu cầu."""

    kind = Kind.CONFLICT
    code = "engine_error"

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.message)

    def __reduce__(self) -> tuple[Any, ...]:
        """Raised in another process, it comes over with its details."""
        return partial(type(self), **self.details), ()

    @property
    def message(self) -> str:
        """The sentence for people."""
        return " ".join((type(self).__doc__ or "").split()).format(**self.details)


class DiagramFault(EngineError):
    """Bản vẽ quy trình có lỗi ở bước «{step}»: {reason}. Hồ sơ được giữ nguyên; hãy báo người
    quản trị quy trình."""

    kind = Kind.FAULT
    code = "diagram_fault"


class UnknownPauseReason(EngineError):
    """Không có lý do tạm dừng «{reason}». Hãy chọn một lý do trong danh mục."""

    kind = Kind.INVALID
    code = "unknown_pause_reason"


class AlreadyPaused(EngineError):
    """Hồ sơ {code} đang tạm dừng rồi. Hãy cho tiếp tục trước khi tạm dừng với lý do khác."""

    code = "already_paused"


class NotPaused(EngineError):
    """Hồ sơ {code} không ở trạng thái tạm dừng nên không thể cho tiếp tục."""

    code = "not_paused"


class PauseNotAllowed(EngineError):
    """Không thể tạm dừng hồ sơ lúc này với lý do «{name}»: hồ sơ chưa được tiếp nhận, hoặc lý do
    này do quy trình tự đặt."""

    code = "pause_not_allowed"


class DossierFinished(EngineError):
    """Hồ sơ {code} đã kết thúc, không thể xử lý thêm."""

    code = "dossier_finished"


class DossierSuspended(EngineError):
    """Hồ sơ {code} đang tạm dừng ({reason}). Hãy cho hồ sơ tiếp tục trước khi xử lý."""

    code = "dossier_suspended"


class TaskNotOpen(EngineError):
    """Việc số {place} của hồ sơ {code} không còn mở: có thể người khác vừa hoàn thành hoặc quy
    trình đã đi tiếp. Hãy tải lại trang."""

    code = "task_not_open"


class NothingOpen(EngineError):
    """Hồ sơ {code} không có việc nào đang mở: hồ sơ đang chờ bên ngoài hoặc đã kết thúc. Hãy mở hồ
    sơ để xem đang chờ gì."""

    code = "nothing_open"


class TaskTaken(EngineError):
    """Việc «{name}» của hồ sơ {code} đang do người khác nhận xử lý. Hãy chọn việc khác hoặc đề nghị
    lãnh đạo giao lại."""

    code = "task_taken"


class TaskUnclaimed(EngineError):
    """Việc «{name}» của hồ sơ {code} chưa có người nhận nên không thể trả lại hoặc ủy quyền."""

    code = "task_unclaimed"


class FourEyesForbids(EngineError):
    """Bước «{step}» và việc «{name}» của hồ sơ {code} phải do hai người khác nhau thực hiện; người
    này đã làm bước «{step}». Hãy để người khác nhận việc."""

    code = "four_eyes"


class NotBatchable(EngineError):
    """Việc «{name}» của hồ sơ {code} không làm hàng loạt được: phải xem xét từng hồ sơ hoặc biểu
    mẫu cần điền thêm. Hãy mở hồ sơ để xử lý."""

    code = "not_batchable"


class FormInvalid(EngineError):
    """Thông tin chưa hợp lệ ở {count} trường. Hãy sửa các trường được nêu rồi gửi lại."""

    kind = Kind.INVALID
    code = "form_invalid"

    def __init__(self, fields: dict[str, list[str]]) -> None:
        super().__init__(count=len(fields), fields=fields)


class DraftTooLarge(EngineError):
    """Bản nháp dài quá {most} ký tự nên chưa được lưu. Hãy rút gọn nội dung hoặc gửi luôn."""

    kind = Kind.INVALID
    code = "draft_too_large"


class NothingAwaited(EngineError):
    """Hồ sơ {code} hiện không chờ {what}."""

    code = "nothing_awaited"


class ReturnNotOffered(EngineError):
    """Ở bước «{name}» quy trình không cho trả về bước trước."""

    code = "return_not_offered"


class TooLate(EngineError):
    """Hồ sơ {code} đã có kết quả nên không thể {what}."""

    code = "too_late"


class UnknownComponent(EngineError):
    """Thủ tục không có thành phần hồ sơ «{component}». Hãy chọn trong danh mục thành phần."""

    kind = Kind.INVALID
    code = "unknown_component"


class TimerOutdated(EngineError):
    """Hẹn giờ của hồ sơ {code} không còn hiệu lực."""

    code = "timer_outdated"


class AlreadyEnding(EngineError):
    """Hồ sơ {code} đang được rút hoặc dừng xử lý rồi."""

    code = "already_ending"


class ValueNotKeepable(EngineError):
    """Có giá trị không lưu được ({reason}). Hãy nhập lại; số phải nằm trong khoảng cho phép."""

    kind = Kind.INVALID
    code = "value_not_keepable"


class DossierUnknown(EngineError):
    """Không tìm thấy hồ sơ {code}, hoặc bạn không có quyền xem hồ sơ này."""

    kind = Kind.NOT_FOUND
    code = "dossier_unknown"


class ProcedureUnknown(EngineError):
    """Không có thủ tục {procedure} đang được thực hiện tại đây. Hãy kiểm tra mã thủ tục."""

    kind = Kind.NOT_FOUND
    code = "procedure_unknown"


class AgencyUnknown(EngineError):
    """Không có cơ quan {agency}. Hãy kiểm tra mã cơ quan."""

    kind = Kind.INVALID
    code = "agency_unknown"


class UserUnknown(EngineError):
    """Không có người dùng {user} đang hoạt động. Hãy chọn người khác."""

    kind = Kind.INVALID
    code = "user_unknown"


class UnitUnknown(EngineError):
    """Không có đơn vị {unit} thuộc cơ quan {agency}. Hãy kiểm tra mã cơ quan và mã đơn vị."""

    kind = Kind.INVALID
    code = "unit_unknown"


class UsernameTaken(EngineError):
    """Tên đăng nhập {username} đã có người dùng. Hãy chọn tên khác."""

    code = "username_taken"


class NotPermitted(EngineError):
    """Bạn không có quyền {what}. Hãy liên hệ người quản trị của cơ quan nếu cần."""

    kind = Kind.FORBIDDEN
    code = "not_permitted"


class NotCandidate(EngineError):
    """Việc «{name}» không thuộc vai trò hoặc đơn vị của {who}."""

    kind = Kind.FORBIDDEN
    code = "not_candidate"


class WrongAgency(EngineError):
    """Cơ quan {agency} không có thẩm quyền giải quyết thủ tục {procedure} (cấp {level}). Hãy chọn
    cơ quan khác."""

    kind = Kind.INVALID
    code = "wrong_agency"


class RevisionStale(EngineError):
    """Hồ sơ {code} vừa được người khác thay đổi. Hãy tải lại để xem trạng thái mới rồi thực hiện
    lại."""

    kind = Kind.STALE
    code = "revision_stale"


class KeyReused(EngineError):
    """Khóa Idempotency-Key này đã dùng cho một yêu cầu khác. Hãy tạo khóa mới."""

    kind = Kind.INVALID
    code = "idempotency_key_reused"


class Unauthenticated(EngineError):
    """Chưa đăng nhập hoặc phiên làm việc đã hết hạn. Hãy đăng nhập lại."""

    kind = Kind.UNAUTHENTICATED
    code = "unauthenticated"


class WrongCredentials(EngineError):
    """Sai tên đăng nhập hoặc mật khẩu."""

    kind = Kind.UNAUTHENTICATED
    code = "wrong_credentials"


class NoIntakeOpen(EngineError):
    """Hồ sơ {code} không ở bước kiểm tra, tiếp nhận."""

    code = "no_intake_open"


class ProcedureRefused(EngineError):
    """Quy trình có {count} lỗi nên chưa được đưa vào dùng. Hãy sửa các phần tử được nêu rồi gửi
    lại."""

    kind = Kind.INVALID
    code = "procedure_refused"

    def __init__(
        self, findings: list[dict[str, str]], processes: Mapping[str, str] | None = None
    ) -> None:
        """`processes` are those of a file of which one is to be chosen: names by ids."""
        super().__init__(count=len(findings), findings=findings, processes=processes or {})
