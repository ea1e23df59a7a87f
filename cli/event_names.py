"""Events as staff call them."""

from engine.model.event import EventType

EVENT_NAMES = {
    EventType.DOSSIER_SUBMITTED: "Nộp hồ sơ",
    EventType.DOSSIER_RECEIVED: "Tiếp nhận hồ sơ",
    EventType.DOSSIER_STATUS_CHANGED: "Đổi trạng thái",
    EventType.DOSSIER_RETURNED: "Trả về bước trước",
    EventType.DOSSIER_PAUSED: "Tạm dừng",
    EventType.DOSSIER_RESUMED: "Cho tiếp tục",
    EventType.DUE_DATE_SET: "Đặt lại hạn trả",
    EventType.DOSSIER_OVERDUE: "Hồ sơ quá hạn",
    EventType.DOSSIER_FINISHED: "Kết thúc hồ sơ",
    EventType.TASK_OPENED: "Mở việc",
    EventType.TASK_CLAIMED: "Nhận việc",
    EventType.TASK_RELEASED: "Trả lại việc",
    EventType.TASK_ASSIGNED: "Giao việc",
    EventType.TASK_DELEGATED: "Ủy quyền việc",
    EventType.TASK_COMPLETED: "Hoàn thành việc",
    EventType.TASK_CANCELLED: "Hủy việc",
    EventType.TASK_OVERDUE: "Việc quá hạn",
    EventType.WAIT_STARTED: "Bắt đầu chờ",
    EventType.WAIT_ENDED: "Hết chờ",
    EventType.TIMER_FIRED: "Đến giờ hẹn",
    EventType.SUPPLEMENT_REQUESTED: "Yêu cầu bổ sung",
    EventType.SUPPLEMENT_RECEIVED: "Nhận bổ sung",
    EventType.OBLIGATION_FULFILLED: "Đã thực hiện nghĩa vụ tài chính",
    EventType.WITHDRAWAL_REQUESTED: "Công dân rút hồ sơ",
    EventType.DISCONTINUATION_DECIDED: "Quyết định dừng xử lý",
    EventType.RESULT_ISSUED: "Có kết quả",
}
