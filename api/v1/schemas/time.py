"""Time: pauses, extensions, causes of lateness, alerts."""

from marshmallow import ValidationError, fields, validates_schema

from api.fields import Choice, Code, Day, In, Moment, Out, Part, Text, Whole
from engine.model.alert import Level, Subject

MOST_ID = 2**53 - 1


class EvidenceIn(In):
    """Căn cứ: một văn bản (số, ngày), hoặc một lần gián đoạn hệ thống đã ghi nhận."""

    document = Text(200, 1)
    date = Day()
    outage = Whole(1, MOST_ID)

    @validates_schema
    def _named(self, data: dict[str, object], **_: object) -> None:
        if not {"document", "outage"} & set(data):
            raise ValidationError("Hãy ghi số văn bản, hoặc lần gián đoạn hệ thống.")


class PauseIn(In):
    """Vì sao tạm dừng, đến khi nào, trên căn cứ nào."""

    reason = Code(required=True)
    note = Text(2_000)
    until = Moment()
    evidence = Part(EvidenceIn)


class ExtendIn(In):
    """Ngày hẹn lại, nguyên nhân (mã trong danh mục) và lời giải thích gửi công dân."""

    until = Day(required=True)
    cause = Code(required=True)
    reason = Text(2_000, 5, required=True)


class LatenessIn(In):
    """Nguyên nhân quá hạn (mã trong danh mục), và lần gián đoạn hệ thống nếu có."""

    cause = Code(required=True)
    outage = Whole(1, MOST_ID)


class CauseIn(LatenessIn):
    """Nguyên nhân quá hạn của hồ sơ, hoặc của việc tại `place`."""

    place = Whole(1, MOST_ID)
    note = Text(2_000)


class AcknowledgeIn(In):
    """Ghi chú khi xác nhận đã biết."""

    note = Text(2_000, 1, required=True)


class PauseRequestOut(Out):
    """Một đề nghị tạm dừng chờ duyệt."""

    reason = fields.String()
    name = fields.String()
    by = fields.String()
    at = Moment()
    until = Moment(allow_none=True)
    evidence = fields.Dict(keys=fields.String(), allow_none=True)


class AlertOut(Out):
    """Một cảnh báo đang hiệu lực; `against` là thời điểm đến hạn mà nó nói tới."""

    alert = fields.Integer(metadata={"description": "Số của cảnh báo trong hồ sơ."})
    subject = Choice(Subject)
    place = fields.Integer(metadata={"description": "0 là cả hồ sơ."})
    level = Choice(Level)
    against = Moment()
    raised_at = Moment()
    rung = fields.String(metadata={"description": "Đã báo đến cấp nào."})
    acknowledged = fields.Boolean()


class LatenessOut(Out):
    """Vì sao hồ sơ (place 0) hoặc một việc bị trễ."""

    place = fields.Integer()
    cause = fields.String()
    name = fields.String()
    outage = fields.Integer(allow_none=True)
