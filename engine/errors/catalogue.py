"""What the engine refuses where the catalogue of procedures is concerned."""

from engine.errors import EngineError, Kind


class ProcedureRepealed(EngineError):
    """Thủ tục {procedure} bị bãi bỏ từ {day} nên không nhận hồ sơ mới. Hồ sơ đã nhận vẫn được giải
    quyết; hãy tìm thủ tục thay thế."""

    code = "procedure_repealed"


class ProcedureReplaced(EngineError):
    """Thủ tục {procedure} được thay bằng thủ tục {replaced_by} từ {day} nên không nhận hồ sơ mới.
    Hãy nộp theo thủ tục {replaced_by}; hồ sơ đã nhận vẫn được giải quyết."""

    code = "procedure_replaced"


class CatalogueChanged(EngineError):
    """Danh mục thủ tục vừa được người khác thay đổi nên chưa nhập gì. Hãy chạy lại để so với danh
    mục mới."""

    kind = Kind.STALE
    code = "catalogue_changed"


class NobodyCompetent(EngineError):
    """Trong tỉnh không có cơ quan nào ở cấp giải quyết thủ tục {procedure}, nên không tiếp nhận tại
    đây được. Hãy hướng dẫn người dân nộp tại cơ quan có thẩm quyền."""

    kind = Kind.INVALID
    code = "nobody_competent"
