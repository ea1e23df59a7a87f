"""How things stood at a moment gone by."""

from marshmallow import fields

from api.fields import Choice, Code, In, Moment, Out, Whole
from api.v1.schemas.time import MOST_ID
from engine.model.standing import Standing
from engine.model.status import Status


class ThenIn(In):
    """Lúc nào."""

    at = Moment(required=True, metadata={"description": "Thời điểm, có múi giờ."})


class BoardThenIn(ThenIn):
    """Của cơ quan nào, lúc nào."""

    agency = Code(required=True)


class InboxThenIn(BoardThenIn):
    """Của ai, ở cơ quan nào, lúc nào."""

    user = Whole(1, MOST_ID, in_query=True, required=True)


class InboxTaskThenOut(Out):
    """Một việc đang mở lúc đó."""

    dossier = fields.String()
    place = fields.Integer()
    step = fields.String()
    name = fields.String()
    assignee = fields.Integer(allow_none=True)
    due_at = Moment()
    overdue = fields.Boolean()
    halted = fields.Boolean()
    rank = fields.Integer()


class InboxThenOut(Out):
    """Danh sách việc của một người lúc đó, gấp nhất trước."""

    items = fields.List(fields.Nested(InboxTaskThenOut))


class DossierThenOut(Out):
    """Hồ sơ lúc đó; `seq` là sự kiện cuối cùng đã có."""

    code = fields.String()
    seq = fields.Integer()
    status = Choice(Status)
    standing = Choice(Standing)
    due_at = Moment(allow_none=True)
    tasks = fields.List(fields.Nested(InboxTaskThenOut))


class BoardThenOut(Out):
    """Số hồ sơ chưa xong lúc đó, theo nhóm."""

    total = fields.Integer()
    groups = fields.Dict(keys=Choice(Standing), values=fields.Integer())
