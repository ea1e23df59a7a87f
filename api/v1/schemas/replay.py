"""A dossier's life done again, and the proof of its record."""

from marshmallow import fields

from api.fields import Choice, Moment, Out
from api.v1.schemas.diagrams import DrawingOut
from api.v1.schemas.documents import DocumentOut
from api.v1.schemas.dossiers import PauseOut
from bpmn.roles import Role
from bpmn.steps import Stage
from engine.model.event import EventType
from engine.model.standing import Standing
from engine.model.status import Status
from engine.queries.clock_then import ClockState
from engine.verification.finding import Part


class EventThenOut(Out):
    """Một sự kiện, có kèm lời kể; `payload` null khi bạn không được đọc nội dung."""

    seq = fields.Integer()
    type = Choice(EventType)
    text = fields.String(metadata={"description": "Kể bằng lời."})
    at = Moment()
    actor = fields.String()
    actor_name = fields.String()
    for_name = fields.String(allow_none=True, metadata={"description": "Làm thay cho ai."})
    data = fields.Dict(keys=fields.String())
    payload = fields.Dict(keys=fields.String(), allow_none=True)
    erased = fields.Boolean(metadata={"description": "Nội dung đã xóa theo luật."})


class ClockThenOut(Out):
    """Một thời hạn tại thời điểm đó; giờ là giờ làm việc, `remaining` âm là đã vượt."""

    state = Choice(ClockState)
    limit_in_words = fields.String()
    budget = fields.Float()
    used = fields.Float()
    remaining = fields.Float()
    due_at = Moment()
    first_due_at = Moment()
    overdue = fields.Boolean()
    paused_at = Moment(allow_none=True)
    why = fields.String(allow_none=True, metadata={"description": "Vì sao đang dừng."})


class TaskThenOut(Out):
    """Một việc đang mở; `elements` là các phần tử bản vẽ từ ngoài vào đến bước đó."""

    place = fields.Integer()
    step = fields.String()
    name = fields.String()
    stage = Choice(Stage)
    role = Choice(Role)
    unit = fields.String(allow_none=True)
    elements = fields.List(fields.String())
    assignee = fields.Integer(allow_none=True)
    assignee_name = fields.String()
    since = Moment()
    clock = fields.Nested(ClockThenOut)


class WaitThenOut(Out):
    """Điều mà quy trình đang chờ."""

    place = fields.Integer()
    step = fields.String()
    name = fields.String()
    elements = fields.List(fields.String())
    clock = fields.Nested(ClockThenOut, allow_none=True)


class AnswerOut(Out):
    """Một trường đã điền."""

    field = fields.String()
    title = fields.String()
    value = fields.Raw(allow_none=True)
    text = fields.String()


class FormThenOut(Out):
    """Một biểu mẫu như lúc đó."""

    step = fields.String()
    name = fields.String()
    answers = fields.List(fields.Nested(AnswerOut))


class FieldChangeOut(Out):
    """Một trường mà hành động này đã thay đổi; null là chưa có hoặc không còn."""

    step = fields.String()
    name = fields.String()
    field = fields.String()
    title = fields.String()
    before = fields.String(allow_none=True)
    after = fields.String(allow_none=True)


class MomentOut(Out):
    """Hồ sơ ngay sau một hành động."""

    number = fields.Integer(metadata={"description": "Thứ tự của hành động, từ 1."})
    act = fields.Nested(EventThenOut)
    consequences = fields.List(fields.Nested(EventThenOut))
    status = Choice(Status)
    status_name = fields.String()
    standing = Choice(Standing)
    standing_name = fields.String()
    clock = fields.Nested(ClockThenOut, allow_none=True)
    tasks = fields.List(fields.Nested(TaskThenOut))
    waits = fields.List(fields.Nested(WaitThenOut))
    drawings = fields.List(fields.Nested(DrawingOut))
    pauses = fields.List(fields.Nested(PauseOut))
    documents = fields.List(fields.Nested(DocumentOut))
    forms = fields.List(fields.Nested(FormThenOut), allow_none=True)
    changes = fields.List(fields.Nested(FieldChangeOut), allow_none=True)


class StopOut(Out):
    """Chỗ không chạy tiếp được."""

    seq = fields.Integer()
    reason = fields.String()


class ReplayOut(Out):
    """Một trang các thời điểm của hồ sơ."""

    items = fields.List(fields.Nested(MomentOut))
    total = fields.Integer(metadata={"description": "Số hành động của cả hồ sơ."})
    stop = fields.Nested(StopOut, allow_none=True)
    next = fields.String(
        allow_none=True, metadata={"description": "`cursor` của trang sau; null là hết."}
    )


class VerificationFindingOut(Out):
    """Một chỗ sai: ở phần nào, từ sự kiện nào."""

    part = Choice(Part)
    seq = fields.Integer()
    reason = fields.String()


class VerificationOut(Out):
    """Kết quả kiểm chứng sổ ghi của hồ sơ."""

    intact = fields.Boolean()
    events = fields.Integer()
    head = fields.String(metadata={"description": "Mã băm cuối đang lưu."})
    findings = fields.List(fields.Nested(VerificationFindingOut))
    more = fields.Boolean(metadata={"description": "Còn chỗ sai khác chưa nêu."})
