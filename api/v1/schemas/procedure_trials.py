"""Drafts of procedures looked over and tried out."""

from marshmallow import fields

from api.documenting import FindingOut
from api.fields import MESSAGES, Choice, Code, In, Items, Moment, Out, Part, Text, Whole
from api.v1.schemas.diagrams import DrawingOut
from api.v1.schemas.procedures import FILE_NAME, MAX_FILE
from bpmn.roles import Role
from bpmn.steps import Stage
from engine.model.event import EventType
from engine.trial.moves import MOST_MOVES, MoveKind


class ProcedureLintIn(In):
    """Các tệp đang sửa, theo tên; tệp không gửi thì lấy của bản thảo."""

    files = fields.Dict(
        keys=Text(100, 1, pattern=FILE_NAME),
        values=Text(MAX_FILE),
        required=True,
        error_messages=MESSAGES,
    )


class ProcedureLintOut(Out):
    """Nhận xét, lỗi trước."""

    findings = fields.List(fields.Nested(FindingOut))


class TrialMoveIn(In):
    """Một việc của lượt thử; `by` là một người trong `people`."""

    kind = Choice(MoveKind, required=True)
    by = Text(64, load_default="")
    place = Whole(0, 999_999_999, load_default=0)
    form = fields.Dict(keys=Text(200), load_default=dict, error_messages=MESSAGES)
    until = Moment(load_default=None, allow_none=True)


class ProcedureTrialIn(In):
    """Lượt thử: bắt đầu lúc nào, tại cơ quan nào, và mọi việc đã làm theo thứ tự."""

    begun_at = Moment(load_default=None, allow_none=True)
    agency = Code(load_default=None, allow_none=True)
    moves = Items(Part(TrialMoveIn), MOST_MOVES, load_default=list)


class TrialPersonOut(Out):
    """Một người của lượt thử."""

    username = fields.String()
    full_name = fields.String()


class TrialTaskOut(Out):
    """Một việc đang mở, ai làm được, biểu mẫu, và giấy tờ được giả định."""

    place = fields.Integer()
    step = fields.String()
    name = fields.String()
    role = Choice(Role)
    stage = Choice(Stage)
    due_at = Moment()
    overdue = fields.Boolean()
    candidates = fields.List(fields.String())
    form = fields.Dict(keys=fields.String())
    papers = fields.List(fields.String())


class TrialAwaitedOut(Out):
    """Điều hồ sơ đang chờ; `request` là số của yêu cầu gửi phần mềm khác."""

    place = fields.Integer()
    step = fields.String()
    name = fields.String()
    until = Moment(allow_none=True)
    request = fields.Integer(allow_none=True)
    answer = fields.Dict(keys=fields.String(), allow_none=True)


class TrialPossibleOut(Out):
    """Một việc khác có thể làm."""

    kind = Choice(MoveKind)
    by = fields.String()
    place = fields.Integer()


class TrialActOut(Out):
    """Một việc đã xảy ra, kể bằng lời."""

    seq = fields.Integer()
    at = Moment()
    type = Choice(EventType)
    who = fields.String()
    text = fields.String()
    consequences = fields.List(fields.String())


class TrialNoticeOut(Out):
    """Một thông báo sẽ gửi cho công dân; lượt thử không gửi gì."""

    at = Moment()
    subject = fields.String()
    text = fields.String()


class ProcedureTrialOut(Out):
    """Hồ sơ thử đang ở đâu sau mọi việc đã gửi; tiền tính bằng đồng."""

    now = Moment()
    begun = fields.Boolean()
    begun_at = Moment()
    status = fields.String()
    status_name = fields.String()
    due_at = Moment(allow_none=True)
    overdue = fields.Boolean()
    due = fields.Integer()
    next_moment = Moment(allow_none=True)
    people = fields.List(fields.Nested(TrialPersonOut))
    tasks = fields.List(fields.Nested(TrialTaskOut))
    awaited = fields.List(fields.Nested(TrialAwaitedOut))
    possible = fields.List(fields.Nested(TrialPossibleOut))
    diagrams = fields.List(fields.Nested(DrawingOut))
    acts = fields.List(fields.Nested(TrialActOut))
    notices = fields.List(fields.Nested(TrialNoticeOut))


class TrialUnreachedOut(Out):
    """Một bước, hoặc một nhánh (`to` là nơi nhánh dẫn tới), mà không lượt nào đi tới."""

    file = fields.String()
    element = fields.String()
    name = fields.String()
    to = fields.String(allow_none=True)
    to_name = fields.String()


class TrialFaultOut(Out):
    """Điều làm một lượt dừng lại, và các bước trước đó."""

    message = fields.String()
    after = fields.List(fields.String())


class ExploredOut(Out):
    """Kết quả đi mọi đường."""

    lives = fields.Integer()
    acts = fields.Integer()
    unreached = fields.List(fields.Nested(TrialUnreachedOut))
    faults = fields.List(fields.Nested(TrialFaultOut))
