"""What citizens ask and are told without an account, and what they say of it."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema

from api.fields import Choice, Code, Day, In, Moment, Out, Text, Whole
from api.paging import PageIn, page_of
from engine.commands.rating import MOST_COMMENT, MOST_STARS
from engine.model.status import Status
from engine.queries.progress import Passed
from engine.queries.progress_asks import AskKind
from engine.queries.progress_words import Phase
from engine.store.tracking import Claim

_KEY = ("[A-Za-z0-9_-]+", "Mã trên giấy hẹn không đúng.")


class TrackingIn(In):
    """Mã hồ sơ, và một trong hai: số định danh hoặc điện thoại đã khai, hoặc mã trong liên kết QR
    của giấy hẹn."""

    code = Text(64, 1, required=True)
    factor = Text(
        40, 1, metadata={"description": "Của chủ hồ sơ hoặc người nộp; +84, dấu cách không sao."}
    )
    key = Text(64, 1, pattern=_KEY, metadata={"description": "Giá trị `k` của liên kết."})

    @validates_schema
    def _one_of_both(self, data: dict[str, Any], **_: object) -> None:
        if len({"factor", "key"} & set(data)) != 1:
            raise ValidationError("Hãy gửi factor hoặc key, chỉ một trong hai.")

    @post_load
    def _claim(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """What shows that one may, as one thing."""
        parts = {name: data.pop(name) for name in ("code", "factor", "key") if name in data}
        return {**data, "claim": Claim(**parts)}


class ResultIn(In):
    """Mã hồ sơ và số định danh hoặc điện thoại đã khai; mã trên giấy hẹn không đủ."""

    code = Text(64, 1, required=True)
    factor = Text(40, 1, required=True)


class PublicResultOut(Out):
    """Kết quả trả bằng bản điện tử, tải ở `POST /tracking/result`."""

    number = fields.String(allow_none=True, metadata={"description": "Số và ký hiệu văn bản."})
    size = fields.Integer(metadata={"description": "Độ dài tệp, byte."})


class RatingIn(TrackingIn):
    """Số sao, và lời nhận xét nếu muốn."""

    stars = Whole(1, MOST_STARS, required=True)
    comment = Text(MOST_COMMENT)


class PhaseOut(Out):
    """Một chặng của hồ sơ."""

    phase = Choice(Phase)
    name = fields.String()
    passed = Choice(Passed, metadata={"description": "Đã qua, đang ở, hay còn ở phía trước."})


class InChargeOut(Out):
    """Ai đang chịu trách nhiệm; `person` null khi chưa ai nhận."""

    agency = fields.String()
    unit = fields.String(allow_none=True)
    person = fields.String(allow_none=True)
    role = fields.String(allow_none=True)


class CounterOut(Out):
    """Nơi đến trực tiếp; giờ mở cửa của hôm nay hoặc của ngày làm việc tới."""

    agency = fields.String()
    opens_at = Moment(metadata={"description": "Bây giờ nếu đang mở cửa."})
    sessions = fields.List(fields.String(), metadata={"description": "Ví dụ 07:30-11:30."})


class AskOut(Out):
    """Một việc công dân cần làm."""

    kind = Choice(AskKind)
    name = fields.String()
    text = fields.String(allow_none=True, metadata={"description": "Cơ quan ghi gì."})
    until = Moment(allow_none=True)
    amount = fields.Integer(allow_none=True, metadata={"description": "Số tiền, đồng."})
    contact = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)


class PublicPauseOut(Out):
    """Vì sao hồ sơ đang dừng, và thời hạn tính thế nào."""

    name = fields.String()
    since = Moment()
    until = Moment(allow_none=True)
    effect = fields.String()


class MoveOut(Out):
    """Một lần ngày hẹn trả thay đổi."""

    at = Moment()
    before = Moment()
    after = Moment()
    why = fields.String()
    reason = fields.String(allow_none=True, metadata={"description": "Lời xin lỗi đã gửi."})


class MilestoneOut(Out):
    """Một mốc đã qua."""

    at = Moment()
    name = fields.String()
    detail = fields.String(allow_none=True)


class RatingOut(Out):
    """Đánh giá đã gửi."""

    stars = fields.Integer()
    comment = fields.String(allow_none=True)
    rated_at = Moment()
    changed_at = Moment()


class ProgressOut(Out):
    """Hồ sơ như công dân được xem."""

    code = fields.String()
    procedure_name = fields.String()
    result_name = fields.String()
    status = Choice(Status)
    headline = fields.String()
    ended = fields.Boolean()
    phases = fields.List(fields.Nested(PhaseOut))
    in_charge = fields.Nested(InChargeOut)
    counter = fields.Nested(CounterOut)
    submitted_at = Moment()
    received_at = Moment(allow_none=True)
    due_at = Moment(allow_none=True)
    first_due_at = Moment(allow_none=True)
    due_moves = fields.Boolean(metadata={"description": "Đang dừng: hạn sẽ lùi lại."})
    overdue = fields.Boolean()
    processed_at = Moment(allow_none=True)
    finished_at = Moment(allow_none=True)
    asks = fields.List(fields.Nested(AskOut))
    pauses = fields.List(fields.Nested(PublicPauseOut))
    moves = fields.List(fields.Nested(MoveOut))
    milestones = fields.List(fields.Nested(MilestoneOut))
    rating = fields.Nested(RatingOut, allow_none=True)
    rating_open = fields.Boolean(metadata={"description": "Đánh giá được, hoặc còn sửa được."})
    result = fields.Nested(PublicResultOut, allow_none=True)
    consignment = fields.String(
        allow_none=True, metadata={"description": "Số hiệu bưu gửi, nếu kết quả gửi bưu chính."}
    )


class RatingListIn(PageIn):
    """Đánh giá nào; ngày tính theo giờ Việt Nam, kể cả hai đầu."""

    agency = Code(metadata={"description": "Cơ quan giải quyết."})
    stars = Whole(1, MOST_STARS, in_query=True)
    first = Day(data_key="from")
    last = Day(data_key="to")


class RatingItemOut(RatingOut):
    """Một dòng của danh sách."""

    code = fields.String()
    procedure = fields.String()
    procedure_name = fields.String()
    agency = fields.String()


RatingPage = page_of(RatingItemOut)
