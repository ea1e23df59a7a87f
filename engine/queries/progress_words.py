"""What a dossier's stages, states and pauses are called when one speaks to the citizen."""

from collections.abc import Mapping
from enum import StrEnum

from bpmn.steps import Outcome, PauseCode, Stage
from engine.deadlines.clock_policy import ClockPolicy
from engine.model.status import Status


class Phase(StrEnum):
    """A part of the way as a citizen sees it. RETURN: papers go back, there will be no result."""

    SUBMISSION = "submission"
    INTAKE = "intake"
    PROCESSING = "processing"
    SIGNING = "signing"
    RESULT = "result"
    RETURN = "return"


PHASE_NAMES = {
    Phase.SUBMISSION: "Nộp hồ sơ",
    Phase.INTAKE: "Kiểm tra, tiếp nhận",
    Phase.PROCESSING: "Giải quyết",
    Phase.SIGNING: "Ký, đóng dấu",
    Phase.RESULT: "Trả kết quả",
    Phase.RETURN: "Dừng giải quyết, trả lại hồ sơ",
}

PHASE_OF = {
    Stage.RECEIPT: Phase.INTAKE,
    Stage.DIGITISATION: Phase.PROCESSING,
    Stage.PROCESSING: Phase.PROCESSING,
    Stage.PAYMENT: Phase.PROCESSING,
    Stage.SIGNING: Phase.SIGNING,
    Stage.DELIVERY: Phase.RESULT,
}

HEADLINES = {
    Status.SUBMITTED: "Đang chờ tiếp nhận",
    Status.SUPPLEMENT_REQUESTED_INTAKE: "Cần bổ sung giấy tờ để được tiếp nhận",
    Status.REFUSED_INTAKE: "Hồ sơ không được tiếp nhận",
    Status.RECEIVED: "Đã tiếp nhận, đang giải quyết",
    Status.PROCESSING: "Đang giải quyết",
    Status.SUPPLEMENT_REQUESTED: "Cần bổ sung giấy tờ",
    Status.AWAITING_FINANCIAL_OBLIGATION: "Chờ bạn thực hiện nghĩa vụ tài chính",
    Status.SUSPENDED: "Đang tạm dừng",
    Status.WITHDRAWAL_REQUESTED: "Đang làm thủ tục rút hồ sơ",
    Status.WITHDRAWN: "Đã rút hồ sơ",
    Status.DISCONTINUED: "Đã dừng giải quyết",
    Status.REFUSED: "Hồ sơ bị từ chối giải quyết",
    Status.PROCESSED: "Đã có kết quả, mời bạn đến nhận",
    Status.DELIVERED: "Đã trả kết quả",
}

DISCONTINUING = "Đang làm thủ tục dừng giải quyết"

PAUSES: Mapping[str, str] = {
    PauseCode.SUPPLEMENT: "Chờ bạn bổ sung giấy tờ",
    PauseCode.FINANCIAL_OBLIGATION: "Chờ bạn thực hiện nghĩa vụ tài chính",
    PauseCode.OPINION_REQUEST: "Chờ ý kiến của cơ quan phối hợp",
    PauseCode.SITE_INSPECTION: "Kiểm tra thực tế, đo đạc",
    PauseCode.PUBLIC_POSTING: "Niêm yết công khai theo quy định",
    PauseCode.CITIZEN_CONFIRMATION: "Chờ bạn xác nhận thông tin",
    PauseCode.SYSTEM_FAULT: "Hệ thống liên quan gặp sự cố",
    PauseCode.CITIZEN_REQUEST: "Theo yêu cầu của bạn",
    PauseCode.OTHER: "Có việc cần làm rõ; hãy hỏi đơn vị đang giải quyết nếu cần",
}
"""By reason; an office's own reasons are called what the office calls them."""

_UNCOUNTED = "Thời gian này không tính vào thời hạn giải quyết."
EFFECTS = {
    ClockPolicy.RESET: "Khi tiếp tục, thời hạn giải quyết được tính lại từ đầu.",
    ClockPolicy.PAUSE: _UNCOUNTED,
    ClockPolicy.STOP: _UNCOUNTED,
    ClockPolicy.EXTEND: "Thời hạn giải quyết được kéo dài theo quy định.",
    ClockPolicy.NONE: "Thời hạn giải quyết vẫn được tính.",
    ClockPolicy.DEEMED: "Thời hạn giải quyết vẫn được tính.",
}

ENDINGS = {
    Outcome.DELIVERED: "Đã trả kết quả",
    Outcome.REFUSED_INTAKE: "Hồ sơ không được tiếp nhận",
    Outcome.REFUSED: "Hồ sơ bị từ chối giải quyết",
    Outcome.WITHDRAWN: "Đã rút hồ sơ",
    Outcome.DISCONTINUED: "Đã dừng giải quyết",
}


def pause_in_words(code: str, name: str) -> str:
    """A pause as one says it to the citizen; `name` is what the rulebook calls its reason."""
    return PAUSES.get(code, name)
