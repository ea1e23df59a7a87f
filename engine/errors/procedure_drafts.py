"""What the engine refuses where procedures are drafted, put in force and repealed."""

from engine.errors import EngineError, Kind


class DraftUnknown(EngineError):
    """Không có bản thảo số {draft}, hoặc bạn không có quyền xem. Hãy tìm lại trong danh sách bản
    thảo."""

    kind = Kind.NOT_FOUND
    code = "procedure_draft_unknown"


class DraftChanged(EngineError):
    """Bản thảo số {draft} vừa được người khác sửa nên chưa lưu thay đổi của bạn. Hãy xem lại bản
    mới rồi sửa lại."""

    kind = Kind.STALE
    code = "procedure_draft_changed"


class DraftClosed(EngineError):
    """Bản thảo số {draft} đã ban hành hoặc đã bỏ nên không sửa được nữa. Hãy mở bản thảo mới."""

    code = "procedure_draft_closed"


class DraftUnchecked(EngineError):
    """Bản thảo số {draft} chưa qua kiểm tra sau lần sửa cuối. Hãy kiểm tra, sửa hết lỗi rồi mới ban
    hành."""

    code = "procedure_draft_unchecked"


class DraftOutdated(EngineError):
    """Từ khi mở bản thảo số {draft}, quy trình đã có phiên bản khác. Hãy so sánh hai phiên bản để
    không làm mất sửa đổi của người khác, rồi xác nhận bản thảo thay cho phiên bản mới đó."""

    code = "procedure_draft_outdated"


class DraftFileInvalid(EngineError):
    """Không nhận tệp «{name}»: {why}."""

    kind = Kind.INVALID
    code = "procedure_draft_file"


class DraftFileUnknown(EngineError):
    """Bản thảo không có tệp «{name}»."""

    kind = Kind.NOT_FOUND
    code = "procedure_draft_file_unknown"


class DecisionMissing(EngineError):
    """Hãy ghi số, ngày của quyết định làm căn cứ, ví dụ: 1234/QĐ-UBND ngày 01/07/2026 (tối đa
    {most} ký tự)."""

    kind = Kind.INVALID
    code = "decision_missing"


class EffectiveDatePast(EngineError):
    """Ngày có hiệu lực {day} đã qua. Hãy chọn từ hôm nay trở đi: hồ sơ đã nhận không theo quy trình
    mới."""

    kind = Kind.INVALID
    code = "effective_date_past"


class SecondPersonNeeded(EngineError):
    """Người ban hành phải khác người soạn. Hãy để một người có quyền ban hành khác đưa quy trình
    vào dùng."""

    kind = Kind.FORBIDDEN
    code = "second_person_needed"


class OwnProcessPromises(EngineError):
    """Quy trình nội bộ phải giữ nguyên những gì danh mục công bố với người dân, nhưng đang khác ở:
    {parts}. Hãy sửa lại cho khớp, hoặc đề nghị tỉnh sửa danh mục."""

    kind = Kind.INVALID
    code = "own_process_promises"


class ProcedureTaken(EngineError):
    """Đã có thủ tục {procedure}. Hãy mở thủ tục đó để soạn phiên bản mới, hoặc chọn mã khác."""

    code = "procedure_taken"


class AlreadyEnded(EngineError):
    """Thủ tục {procedure} đã bị bãi bỏ hoặc thay thế từ {day}."""

    code = "procedure_already_ended"


class NotEnded(EngineError):
    """Thủ tục {procedure} đang được thực hiện nên không có gì để khôi phục."""

    code = "procedure_not_ended"


class NotReplaceable(EngineError):
    """Không thay thủ tục {procedure} bằng thủ tục {replaced_by} được: thủ tục thay thế phải là một
    thủ tục khác và đang được thực hiện."""

    kind = Kind.INVALID
    code = "procedure_not_replaceable"


class NothingToGoBackTo(EngineError):
    """Thủ tục {procedure} chưa từng có phiên bản này ở đây, hoặc đang dùng chính phiên bản này."""

    kind = Kind.INVALID
    code = "nothing_to_go_back_to"
