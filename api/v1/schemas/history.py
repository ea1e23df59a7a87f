"""What happened to a dossier: events, pauses, due date, replay."""

from marshmallow import fields

from api.fields import Choice, Moment, Out
from api.paging import page_of
from bpmn.time_limit import StartRule
from engine.deadlines.clock_policy import ClockPolicy
from engine.model.event import EventType


class EventOut(Out):
    """Một sự kiện; `payload` null khi bạn không được đọc nội dung."""

    seq = fields.Integer()
    type = Choice(EventType)
    at = Moment()
    actor = fields.String()
    actor_name = fields.String(allow_none=True)
    caused_by = fields.Integer(allow_none=True)
    data = fields.Dict(keys=fields.String())
    payload = fields.Dict(keys=fields.String(), allow_none=True)
    payload_digest = fields.String(allow_none=True)
    erased = fields.Boolean(metadata={"description": "Nội dung đã xóa theo luật."})
    hash = fields.String()


EventPage = page_of(EventOut)


class PauseItemOut(Out):
    """Một lần tạm dừng, với lúc bắt đầu và kết thúc."""

    reason = fields.String()
    name = fields.String()
    policy = Choice(ClockPolicy)
    place = fields.Integer(allow_none=True)
    since = Moment()
    until = Moment(allow_none=True, metadata={"description": "Hạn của lần tạm dừng."})
    by = fields.String()
    by_name = fields.String(allow_none=True)
    asked_by = fields.String(allow_none=True, metadata={"description": "Ai đề nghị tạm dừng."})
    asked_by_name = fields.String(allow_none=True)
    evidence = fields.Dict(keys=fields.String(), allow_none=True)
    note = fields.String(allow_none=True)
    overdue_at = Moment(allow_none=True, metadata={"description": "Lúc tạm dừng quá hạn."})
    resumed_at = Moment(allow_none=True)
    resumed_by = fields.String(allow_none=True)
    resumed_by_name = fields.String(allow_none=True)
    due_before = Moment(allow_none=True, metadata={"description": "Hạn trả trước đó."})
    due_after = Moment(allow_none=True, metadata={"description": "Hạn trả sau đó."})
    excluded = fields.Float(metadata={"description": "Số giờ làm việc không tính vào hạn."})


class PauseListOut(Out):
    """Mọi lần tạm dừng của một hồ sơ."""

    items = fields.List(fields.Nested(PauseItemOut))


class DayOut(Out):
    """Một ngày trên đường đến hạn: có tính không, vì sao."""

    date = fields.Date()
    counted = fields.Boolean()
    why = fields.String()


class StepDueOut(Out):
    """Đồng hồ của một bước đang mở; giờ là giờ làm việc."""

    place = fields.Integer()
    name = fields.String()
    limit = fields.String()
    limit_in_words = fields.String()
    opened_at = Moment()
    first_due_at = Moment()
    due_at = Moment()
    paused_at = Moment(allow_none=True)
    budget = fields.Float()
    used = fields.Float()
    remaining = fields.Float()
    overdue = fields.Boolean()


class DossierDueOut(Out):
    """Hạn của hồ sơ và cách tính; mọi trường null khi chưa tiếp nhận."""

    limit = fields.String(allow_none=True)
    limit_in_words = fields.String(allow_none=True)
    rule = Choice(StartRule, allow_none=True)
    started_at = Moment(allow_none=True)
    first_due_at = Moment(allow_none=True)
    due_at = Moment(allow_none=True)
    paused_at = Moment(allow_none=True)
    budget = fields.Float(allow_none=True, metadata={"description": "Số giờ làm việc được dùng."})
    used = fields.Float(allow_none=True, metadata={"description": "Số giờ làm việc đã dùng."})
    remaining = fields.Float(allow_none=True, metadata={"description": "Âm là quá hạn."})
    overdue = fields.Boolean()
    days = fields.List(fields.Nested(DayOut))
    steps = fields.List(fields.Nested(StepDueOut))
