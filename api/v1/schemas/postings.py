"""What agencies have posted of the catalogue."""

from marshmallow import fields, validate

from api.fields import Choice, Code, Flag, In, Moment, Out, Whole
from api.v1.schemas.time import MOST_ID
from bpmn.catalogue.entry import Standing

MOST_AT_ONCE = 5_000


class PostingListIn(In):
    """Của cơ quan nào."""

    agency = Code(required=True)
    waiting = Flag(metadata={"description": "true: chỉ những quyết định chưa niêm yết."})


class PostingOut(Out):
    """Quyết định mới nhất về một thủ tục thuộc cấp của cơ quan."""

    id = fields.Integer()
    procedure = fields.String()
    name = fields.String()
    field = fields.String()
    standing = Choice(Standing)
    decision = fields.String()
    effective_from = fields.Date()
    known_at = Moment(metadata={"description": "Hệ thống biết quyết định từ lúc này."})
    due_at = Moment(metadata={"description": "Phải niêm yết chậm nhất."})
    posted_at = Moment(allow_none=True)
    late = fields.Boolean()


class PostingListOut(Out):
    """Chưa niêm yết trước, gấp nhất trên cùng."""

    items = fields.List(fields.Nested(PostingOut))


class PostIn(In):
    """Cơ quan đã niêm yết những quyết định nào."""

    agency = Code(required=True)
    decisions = fields.List(
        Whole(1, MOST_ID),
        required=True,
        validate=validate.Length(1, MOST_AT_ONCE, error=f"Từ 1 đến {MOST_AT_ONCE} quyết định."),
    )


class PostedOut(Out):
    """Số quyết định vừa được ghi là đã niêm yết."""

    posted = fields.Integer()
