"""Tasks: of one dossier, and of the inbox."""

from marshmallow import fields

from api.fields import Choice, Code, Flag, In, Moment, Out, Text, Whole
from api.paging import PageIn, page_of
from bpmn.roles import Role
from bpmn.steps import Stage
from engine.model.status import Status
from engine.queries.inbox import View
from engine.queries.possible import TaskAct


class InboxIn(PageIn):
    """Lọc việc: của tôi, của đơn vị tôi, hay chưa ai nhận."""

    view = Choice(View, load_default=View.UNIT)
    role = Choice(Role)
    stage = Choice(Stage)
    overdue = Flag()
    procedure = Code()


class HandIn(In):
    """Giao việc cho ai, kèm lời nhắn."""

    assignee = Whole(1, 2**53 - 1, required=True)
    note = Text(2_000)


class PressIn(In):
    """Lời đôn đốc; được gửi qua thư, nên không ghi thông tin cá nhân của công dân."""

    note = Text(2_000, 1, required=True)


class OpenTaskOut(Out):
    """Những gì mọi danh sách nói về một việc đang mở."""

    place = fields.Integer(metadata={"description": "Số của việc trong hồ sơ."})
    step = fields.String()
    name = fields.String()
    stage = Choice(Stage)
    role = Choice(Role)
    agency = fields.String()
    unit = fields.String(allow_none=True)
    assignee = fields.Integer(allow_none=True)
    opened_at = Moment()
    due_at = Moment()
    overdue = fields.Boolean()


class TaskOut(OpenTaskOut):
    """Một việc đang mở."""

    batchable = fields.Boolean(metadata={"description": "Có thể làm hàng loạt."})
    may = fields.List(Choice(TaskAct), metadata={"description": "Việc bạn có thể làm."})


class TaskDetailOut(TaskOut):
    """Một việc với biểu mẫu của nó (JSON Schema 2020-12)."""

    assignee_name = fields.String(allow_none=True)
    form = fields.Dict(keys=fields.String())


class TaskListOut(Out):
    """Mọi việc đang mở của một hồ sơ."""

    items = fields.List(fields.Nested(TaskOut))


class CandidateOut(Out):
    """Một người có thể làm việc này."""

    id = fields.Integer()
    full_name = fields.String()


class CandidateListOut(Out):
    """Những người có thể làm việc này."""

    items = fields.List(fields.Nested(CandidateOut))


class InboxItemOut(OpenTaskOut):
    """Một việc trong hộp việc."""

    dossier = fields.String()
    procedure = fields.String()
    owner_name = fields.String()
    status = Choice(Status)
    status_name = fields.String()
    priority = fields.String(allow_none=True, metadata={"description": "Lý do được ưu tiên."})
    priority_name = fields.String(allow_none=True)
    ticket = fields.String(allow_none=True)


InboxPage = page_of(InboxItemOut)
