"""Tasks: of one dossier, and of the inbox."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from api.fields import Choice, Code, Flag, In, Items, Moment, Out, Part, Text, Whole
from api.paging import PageIn, page_of
from api.v1.schemas.board import OutcomeOut
from api.v1.schemas.means import MeansIn
from bpmn.roles import Role
from bpmn.steps import Paper, Stage
from engine.commands.bulk import MOST, BulkAct
from engine.commands.saved_views import LONGEST_NAME
from engine.life.papers import PaperAct
from engine.model.alert import Level
from engine.model.standing import Standing
from engine.model.status import Status
from engine.queries.inbox import View
from engine.queries.possible import TaskAct


class InboxFilterIn(In):
    """Lọc việc: của tôi, của đơn vị tôi, hay chưa ai nhận."""

    view = Choice(View, load_default=View.UNIT)
    role = Choice(Role)
    stage = Choice(Stage)
    unit = Code()
    overdue = Flag()
    near_due = Flag(metadata={"description": "Hạn của bước sắp hết, theo mức cảnh báo."})
    paused = Flag(metadata={"description": "Hồ sơ đang tạm dừng."})
    procedure = Code()


class InboxIn(InboxFilterIn, PageIn):
    """Lọc việc, từng trang."""


class SavedViewIn(In):
    """Lưu một cách lọc; trùng tên thì thay cách cũ."""

    name = Text(LONGEST_NAME, 1, required=True)
    filter = Part(InboxFilterIn, required=True)


class SavedViewOut(Out):
    """Một cách lọc đã lưu; `filter` dùng được làm tham số của `GET /tasks`."""

    id = fields.Integer()
    name = fields.String()
    filter = fields.Dict(keys=fields.String())


class SavedViewListOut(Out):
    """Mọi cách lọc bạn đã lưu."""

    items = fields.List(fields.Nested(SavedViewOut))


class InboxCountsOut(Out):
    """Số việc trong mỗi danh sách; 1001 là hơn 1000."""

    mine = fields.Integer()
    unit = fields.Integer()
    unassigned = fields.Integer()


class BulkTaskIn(In):
    """Một việc, của hồ sơ ở phiên bản đã xem."""

    dossier = Code(required=True)
    place = Whole(1, 2**31 - 1, required=True)
    revision = Whole(1, 2**31 - 1, required=True)


class BulkIn(In):
    """Làm cùng một việc với nhiều hồ sơ."""

    act = Choice(BulkAct, required=True)
    assignee = Whole(1, 2**53 - 1, metadata={"description": "Giao cho ai, khi `assign`."})
    note = Text(2_000)
    decision = Text(64, metadata={"description": "Quyết định của biểu mẫu, khi `decide`."})
    cause = Code(metadata={"description": "Nguyên nhân, chỉ ghi cho việc hay hồ sơ quá hạn."})
    signing = Part(
        MeansIn, metadata={"description": "Ký số giấy tờ của từng việc bằng gì, khi `decide`."}
    )
    tasks = Items(Part(BulkTaskIn), MOST, least=1, required=True)

    @validates_schema
    def _needs_someone(self, data: dict[str, Any], **_: Any) -> None:
        if data["act"] is BulkAct.ASSIGN and "assignee" not in data:
            raise ValidationError("Hãy chọn người được giao.", "assignee")


class BulkDoneOut(OutcomeOut):
    """Kết quả của một việc."""

    place = fields.Integer()


class BulkOut(Out):
    """Kết quả từng việc, theo thứ tự đã gửi."""

    items = fields.List(fields.Nested(BulkDoneOut))


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


class NeedOut(Out):
    """Việc phải làm với giấy tờ trước khi hoàn thành: soạn, ký, cấp số và đóng dấu, số hóa."""

    act = Choice(PaperAct)
    paper = Choice(Paper, allow_none=True)
    done = fields.Boolean()
    components = fields.List(
        fields.String(), metadata={"description": "Mã thành phần chưa số hóa."}
    )


class TaskOut(OpenTaskOut):
    """Một việc đang mở."""

    batchable = fields.Boolean(metadata={"description": "Có thể làm hàng loạt."})
    needs = fields.List(
        fields.Nested(NeedOut), metadata={"description": "Việc phải làm với giấy tờ."}
    )
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
    revision = fields.Integer(metadata={"description": "Phiên bản của hồ sơ."})
    assignee_name = fields.String(allow_none=True)
    remaining = fields.TimeDelta(
        allow_none=True,
        metadata={
            "description": "Giây làm việc còn lại, âm là đã quá; null khi đồng hồ đang dừng."
        },
    )
    allowed = fields.TimeDelta(metadata={"description": "Giây làm việc từ lúc mở đến hạn."})
    level = Choice(Level, allow_none=True, metadata={"description": "Cảnh báo nặng nhất."})
    batchable = fields.Boolean(metadata={"description": "Có thể làm hàng loạt."})
    procedure = fields.String()
    procedure_name = fields.String()
    owner_name = fields.String()
    status = Choice(Status)
    status_name = fields.String()
    priority = fields.String(allow_none=True, metadata={"description": "Lý do được ưu tiên."})
    priority_name = fields.String(allow_none=True)
    ticket = fields.String(allow_none=True)
    standing = Choice(Standing)
    standing_name = fields.String()
    pause_reason = fields.String(allow_none=True)
    pause_reason_name = fields.String(allow_none=True)
    paused_since = Moment(allow_none=True)
    pause_until = Moment(allow_none=True)


InboxPage = page_of(InboxItemOut)
