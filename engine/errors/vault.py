"""What is refused about the vault."""

from engine.errors import EngineError, Kind


class VaultItemUnknown(EngineError):
    """Kho của chủ hồ sơ {code} không có giấy tờ số {item}. Hãy tải lại danh sách rồi chọn."""

    kind = Kind.NOT_FOUND
    code = "vault_item_unknown"


class VaultItemUnusable(EngineError):
    """Không lấy được «{name}» từ kho vào hồ sơ {code}: {validity}. Hãy chọn bản khác, hoặc đề nghị
    người dân nộp bản mới."""

    code = "vault_item_unusable"


class VaultItemNotFitting(EngineError):
    """Giấy tờ «{name}» trong kho không dùng được cho thành phần «{component}» của hồ sơ {code}. Hãy
    chọn đúng thành phần mà giấy tờ này thay thế."""

    kind = Kind.INVALID
    code = "vault_item_not_fitting"


class VaultItemTaken(EngineError):
    """Hồ sơ {code} đã có «{name}» lấy từ kho. Không cần lấy lần nữa."""

    code = "vault_item_taken"


class VaultItemUnclear(EngineError):
    """Chữ ký của «{name}» chưa xác định được: {reason} Hãy đối chiếu với bản gốc hoặc nơi cấp; nếu
    đúng thì xác nhận để lấy vào hồ sơ {code}."""

    code = "vault_item_unclear"


class VaultItemBroken(EngineError):
    """Không lấy được «{name}» từ kho vào hồ sơ {code}: {reason} Hãy đề nghị người dân nộp bản
    khác và báo người quản trị kho."""

    code = "vault_item_broken"


class DocumentNotKept(EngineError):
    """Tài liệu số {document} của hồ sơ {code} chưa vào kho nên không thể thu hồi: kết quả phải được
    ký số, đóng dấu và phát hành; thành phần phải được số hóa và ký số."""

    code = "document_not_kept"


class WithdrawnAlready(EngineError):
    """Tài liệu số {document} của hồ sơ {code} đã được thu hồi rồi. Không thu hồi lần thứ hai."""

    code = "withdrawn_already"


class SupersedingUnknown(EngineError):
    """Hồ sơ {code} chưa có kết quả còn hiệu lực trong kho nên không thay thế được giấy tờ này. Hãy
    kiểm tra lại mã hồ sơ."""

    kind = Kind.INVALID
    code = "superseding_unknown"


class HistoricLineInvalid(EngineError):
    """Không nhận: {reason}. Hãy sửa trong danh sách rồi nhập lại; những dòng đã nhận không bị nhận
    hai lần."""

    kind = Kind.INVALID
    code = "historic_line_invalid"
