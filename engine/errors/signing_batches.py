"""Refusals of signing many results in one act."""

from engine.errors import EngineError, Kind


class BatchUnknown(EngineError):
    """Không có lần ký hàng loạt này của bạn. Hãy mở lại danh sách việc và chọn các việc cần ký."""

    kind = Kind.NOT_FOUND
    code = "signing_batch_unknown"


class BatchRunning(EngineError):
    """Lần ký hàng loạt này đang chạy. Hãy chờ chạy xong rồi mới ký tiếp những việc còn lại."""

    code = "signing_batch_running"
