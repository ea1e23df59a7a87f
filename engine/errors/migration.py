"""Why a dossier cannot be taken to another version of its procedure."""

from engine.errors import EngineError, Kind


class MigrationImpossible(EngineError):
    """Không chuyển được hồ sơ {code} sang phiên bản này: {reason}."""

    code = "migration_impossible"


class MigrationNeedless(EngineError):
    """Hồ sơ {code} đang theo đúng phiên bản này rồi, không cần chuyển."""

    code = "migration_needless"


class OtherProcedure(EngineError):
    """Phiên bản được chọn là của thủ tục {other}, còn hồ sơ {code} theo thủ tục {procedure}. Hãy
    chọn phiên bản của cùng thủ tục."""

    kind = Kind.INVALID
    code = "other_procedure"


class MigrationUnknown(EngineError):
    """Không có đợt chuyển phiên bản số {migration}, hoặc đợt này ngoài phạm vi của bạn."""

    kind = Kind.NOT_FOUND
    code = "migration_unknown"


class MigrationEmpty(EngineError):
    """Không có hồ sơ đang giải quyết nào theo phiên bản khác trong phạm vi đã chọn. Hãy xem lại cơ
    quan, bước và ngày đã chọn."""

    kind = Kind.INVALID
    code = "migration_empty"


class MigrationStepUnknown(EngineError):
    """Phiên bản mới không có bước «{step}». Hãy ghi mã bước như trên sơ đồ, hoặc cả đường dẫn, ví
    dụ call_receipt/check_papers."""

    kind = Kind.INVALID
    code = "migration_step_unknown"


class MigrationGroundMissing(EngineError):
    """Hãy ghi căn cứ chuyển phiên bản (số quyết định, lý do), không quá {most} ký tự."""

    kind = Kind.INVALID
    code = "migration_ground_missing"


class MigrationNotTried(EngineError):
    """Đợt chuyển số {migration} đang ở trạng thái «{state}» nên chưa làm được việc này. Chỉ bắt đầu
    được khi đã chạy thử xong hoặc đã dừng, và chỉ dừng được khi đang chạy."""

    code = "migration_not_tried"
