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
