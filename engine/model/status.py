"""Where a dossier stands (domain: internal states mapped to the national portal's ten codes)."""

from enum import StrEnum

from bpmn.steps import Outcome


class Channel(StrEnum):
    """How a dossier came in: at the counter, online, by public post."""

    DIRECT = "direct"
    ONLINE = "online"
    POSTAL = "postal"


class Status(StrEnum):
    """Where a dossier stands, as people and the national portal see it."""

    SUBMITTED = "submitted"
    SUPPLEMENT_REQUESTED_INTAKE = "supplement_requested_intake"
    REFUSED_INTAKE = "refused_intake"
    RECEIVED = "received"
    PROCESSING = "processing"
    SUPPLEMENT_REQUESTED = "supplement_requested"
    AWAITING_FINANCIAL_OBLIGATION = "awaiting_financial_obligation"
    SUSPENDED = "suspended"
    WITHDRAWAL_REQUESTED = "withdrawal_requested"
    WITHDRAWN = "withdrawn"
    DISCONTINUED = "discontinued"
    REFUSED = "refused"
    PROCESSED = "processed"
    DELIVERED = "delivered"


ENDED = {
    Outcome.DELIVERED: Status.DELIVERED,
    Outcome.REFUSED_INTAKE: Status.REFUSED_INTAKE,
    Outcome.REFUSED: Status.REFUSED,
    Outcome.WITHDRAWN: Status.WITHDRAWN,
    Outcome.DISCONTINUED: Status.DISCONTINUED,
}
"""Status of a dossier whose life has ended, by its outcome."""

STATUS_NAMES = {
    Status.SUBMITTED: "Chờ tiếp nhận",
    Status.SUPPLEMENT_REQUESTED_INTAKE: "Yêu cầu bổ sung trước tiếp nhận",
    Status.REFUSED_INTAKE: "Không được tiếp nhận",
    Status.RECEIVED: "Được tiếp nhận",
    Status.PROCESSING: "Đang xử lý",
    Status.SUPPLEMENT_REQUESTED: "Yêu cầu bổ sung giấy tờ",
    Status.AWAITING_FINANCIAL_OBLIGATION: "Chờ thực hiện nghĩa vụ tài chính",
    Status.SUSPENDED: "Tạm dừng",
    Status.WITHDRAWAL_REQUESTED: "Công dân yêu cầu rút hồ sơ",
    Status.WITHDRAWN: "Đã rút hồ sơ",
    Status.DISCONTINUED: "Dừng xử lý",
    Status.REFUSED: "Từ chối giải quyết",
    Status.PROCESSED: "Đã xử lý xong",
    Status.DELIVERED: "Đã trả kết quả",
}
