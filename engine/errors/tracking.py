"""What the engine refuses to citizens who look up their dossier and say how they were served."""

from engine.errors import EngineError, Kind


class NothingTracked(EngineError):
    """Không tìm thấy hồ sơ khớp với thông tin đã nhập. Hãy xem lại mã hồ sơ trên giấy hẹn, rồi nhập
    số định danh cá nhân (12 chữ số) hoặc số điện thoại đã khai khi nộp."""

    kind = Kind.NOT_FOUND
    code = "nothing_tracked"


class ResultNotElectronic(EngineError):
    """Kết quả của hồ sơ này không được trả bằng bản điện tử, hoặc chưa trả. Hãy xem nơi nhận
    kết quả trên giấy hẹn."""

    kind = Kind.NOT_FOUND
    code = "result_not_electronic"


class RatingNotOpen(EngineError):
    """Chỉ đánh giá được sau khi đã nhận kết quả. Hãy quay lại khi hồ sơ đã trả kết quả."""

    code = "rating_not_open"


class RatingSettled(EngineError):
    """Đánh giá chỉ sửa được trong một ngày kể từ lúc gửi, nên giữ nguyên như bạn đã gửi. Nếu muốn
    nói thêm, hãy gửi phản ánh, kiến nghị đến cơ quan giải quyết."""

    code = "rating_settled"


class RatingInvalid(EngineError):
    """Đánh giá chưa gửi được: hãy chọn từ 1 đến 5 sao; lời nhận xét không quá {most} ký tự."""

    kind = Kind.INVALID
    code = "rating_invalid"
