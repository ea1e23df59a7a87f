"""What the engine refuses about the register of outages."""

from engine.errors import EngineError, Kind


class OutageIncomplete(EngineError):
    """Chưa ghi nhận được lần gián đoạn: {what} phải có từ 1 đến {most} ký tự. Hãy ghi rõ rồi gửi
    lại."""

    kind = Kind.INVALID
    code = "outage_incomplete"


class OutageTimeInvalid(EngineError):
    """Thời điểm gián đoạn không hợp lý: {why}. Hãy kiểm tra lại ngày, giờ."""

    kind = Kind.INVALID
    code = "outage_time_invalid"


class OutageEnded(EngineError):
    """Lần gián đoạn số {outage} đã ghi nhận kết thúc rồi; điều đã ghi không sửa được. Nếu hệ thống
    lại gián đoạn, hãy ghi nhận lần mới."""

    code = "outage_ended"
