"""The board: weeks, the heat of procedures, and what is done to many dossiers at once."""

from marshmallow import fields, validate

from api.fields import Choice, Code, Day, In, Moment, Out, Text, Whole
from api.paging import PageIn, page_of
from api.v1.schemas.time import MOST_ID
from bpmn.roles import Role
from bpmn.steps import Stage
from engine.queries import heat, weeks
from engine.queries.supervision_counts import By
from engine.queries.weeks import Figure

MOST_AT_ONCE = 100
_AGENCY = {"description": "Chỉ một cơ quan bạn giám sát."}


class OverviewIn(In):
    """Của cơ quan nào, chia theo gì."""

    agency = Code(metadata={"description": "Cơ quan tiếp nhận hoặc giải quyết."})
    by = Choice(By, metadata={"description": "Chia nhỏ theo."})


class WeekListIn(PageIn):
    """Con số nào của tuần nào."""

    monday = Day(required=True, metadata={"description": "Ngày thứ hai của tuần."})
    figure = Choice(Figure, required=True)
    agency = Code(metadata={"description": "Cơ quan tiếp nhận hoặc giải quyết."})


class WeeksIn(In):
    """Của cơ quan nào, bao nhiêu tuần."""

    agency = Code(metadata={"description": "Cơ quan tiếp nhận hoặc giải quyết."})
    weeks = Whole(1, 52, in_query=True, load_default=weeks.WEEKS)


class WeekOut(Out):
    """Một tuần; `end` của tuần này là lúc này."""

    monday = fields.Date()
    end = Moment()
    received = fields.Integer()
    finished = fields.Integer()
    finished_late = fields.Integer()
    overdue = fields.Integer(metadata={"description": "Đang quá hạn lúc hết tuần."})
    paused = fields.Integer(metadata={"description": "Đang tạm dừng lúc hết tuần."})


class WeekListOut(Out):
    """Các tuần, cũ trước."""

    items = fields.List(fields.Nested(WeekOut))


class HeatIn(In):
    """Thủ tục nào, ở đâu, trong bao lâu."""

    procedure = Code(required=True)
    version = Code(metadata={"description": "Bỏ trống là phiên bản đang dùng."})
    agency = Code(metadata=_AGENCY)
    weeks = Whole(1, heat.MOST_WEEKS, in_query=True, load_default=heat.WEEKS)


class HeatPageIn(PageIn):
    """Bản đồ nhiệt của một thủ tục: đo gì, bước nào, bản vẽ nào."""

    agency = Code(metadata=_AGENCY)
    weeks = Whole(1, heat.MOST_WEEKS, in_query=True, load_default=heat.WEEKS)
    measure = fields.String(
        load_default="waiting",
        validate=validate.OneOf(
            ["waiting", "overdue", "lost", "long"], error="Không có số đo này."
        ),
    )
    step = Code()
    drawing = Code()


class HeatDrawingOut(Out):
    """Một bản vẽ của quy trình; `calls`: phần tử gọi → bản vẽ được gọi."""

    file = fields.String()
    name = fields.String()
    steps = fields.List(fields.String())
    calls = fields.Dict(keys=fields.String(), values=fields.String())


class StepHeatOut(Out):
    """Một bước; giờ là giờ làm việc, không tính thời gian tạm dừng."""

    id = fields.String()
    name = fields.String()
    drawing = fields.String(
        allow_none=True, metadata={"description": "null: bước của phiên bản trước."}
    )
    stage = Choice(Stage, allow_none=True)
    role = Choice(Role, allow_none=True)
    unit = fields.String(allow_none=True)
    limit = fields.String(allow_none=True)
    waiting = fields.Integer(metadata={"description": "Đang chờ lúc này."})
    unassigned = fields.Integer(metadata={"description": "Trong đó chưa ai giữ."})
    overdue = fields.Integer(metadata={"description": "Trong đó quá hạn bước."})
    passed = fields.Integer(metadata={"description": "Đã qua bước trong kỳ."})
    typical = fields.Float(
        allow_none=True, metadata={"description": "Một nửa không lâu hơn chừng này giờ."}
    )
    long = fields.Float(
        allow_none=True, metadata={"description": "Chín phần mười không lâu hơn chừng này giờ."}
    )
    late = fields.Integer(metadata={"description": "Số việc vượt hạn bước trong kỳ."})
    lost = fields.Float(metadata={"description": "Tổng số giờ vượt hạn bước trong kỳ."})


class HeatOut(Out):
    """Một quy trình với mọi bước của nó."""

    procedure = fields.String()
    procedure_name = fields.String()
    version = fields.String()
    since = Moment()
    drawings = fields.List(fields.Nested(HeatDrawingOut))
    steps = fields.List(fields.Nested(StepHeatOut))


class WaitingIn(PageIn):
    """Bước nào của thủ tục nào."""

    procedure = Code(required=True)
    step = Code(required=True)
    agency = Code(metadata=_AGENCY)


class WaitingOut(Out):
    """Một việc đang chờ ở bước."""

    code = fields.String()
    place = fields.Integer()
    owner_name = fields.String()
    agency = fields.String()
    unit = fields.String(allow_none=True)
    holder = fields.Integer(allow_none=True)
    holder_name = fields.String(allow_none=True)
    opened_at = Moment()
    due_at = Moment()
    overdue = fields.Boolean()


WaitingPage = page_of(WaitingOut)


class ManyIn(In):
    """Những hồ sơ nào."""

    dossiers = fields.List(
        Code(),
        required=True,
        validate=validate.Length(1, MOST_AT_ONCE, error=f"Từ 1 đến {MOST_AT_ONCE} hồ sơ."),
    )


class PressManyIn(ManyIn):
    """Những hồ sơ nào, nói gì; lời nhắn được gửi qua thư, không ghi thông tin của công dân."""

    note = Text(2_000, 1, required=True)


class AssignManyIn(ManyIn):
    """Những hồ sơ nào, giao cho ai, kèm lời nhắn."""

    assignee = Whole(1, MOST_ID, required=True)
    note = Text(2_000)


class PressTickedIn(In):
    """Biểu mẫu đôn đốc các hồ sơ đã chọn."""

    dossier = Code(required=True)
    note = Text(2_000, 1, required=True)


class AssignTickedIn(In):
    """Biểu mẫu giao các hồ sơ đã chọn."""

    dossier = Code(required=True)
    assignee = Whole(1, MOST_ID, required=True)
    note = Text(2_000)


class OutcomeOut(Out):
    """Kết quả của một hồ sơ; `problem`, `detail` nói vì sao bị từ chối."""

    dossier = fields.String()
    done = fields.Boolean()
    problem = fields.String(allow_none=True)
    detail = fields.String(allow_none=True)


class OutcomesOut(Out):
    """Kết quả của từng hồ sơ."""

    items = fields.List(fields.Nested(OutcomeOut))
