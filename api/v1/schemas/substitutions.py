"""Who stands in for whom."""

from marshmallow import fields

from api.fields import Choice, Day, In, Moment, Out, Text, Whole
from engine.commands.substitution import MOST_REASON
from engine.model.substitution import SubstitutionState

MOST_ID = 2**31 - 1


class OfPersonIn(In):
    """Của ai; bỏ trống là của mình."""

    user = Whole(1, MOST_ID, in_query=True, metadata={"description": "Bỏ trống: của mình."})


class SubstitutionIn(In):
    """Ai làm thay ai, từ ngày nào đến hết ngày nào."""

    absent = Whole(
        1, MOST_ID, allow_none=True, load_default=None, metadata={"description": "null: mình."}
    )
    substitute = Whole(1, MOST_ID, required=True)
    first_day = Day(required=True)
    last_day = Day(required=True, metadata={"description": "Ngày cuối, tính cả ngày này."})
    reason = Text(MOST_REASON, 1, required=True)


class SubstitutionOut(Out):
    """Một lần làm thay."""

    id = fields.Integer()
    absent = fields.Integer()
    absent_name = fields.String()
    substitute = fields.Integer()
    substitute_name = fields.String()
    first_day = fields.Date()
    last_day = fields.Date()
    reason = fields.String()
    standing = Choice(SubstitutionState)
    made_at = Moment()
    made_by = fields.Integer()
    ended_at = Moment(allow_none=True)
    ended_by = fields.Integer(allow_none=True)


class SubstitutionsOut(Out):
    """Các lần làm thay, mới nhất trước."""

    items = fields.List(fields.Nested(SubstitutionOut))
