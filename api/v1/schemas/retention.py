"""How long personal data are kept."""

from marshmallow import fields

from api.fields import MOST_TEXT, Day, In, Moment, Out, Text, Whole
from engine.commands.retention import MOST_YEARS


class RuleIn(In):
    """Hồ sơ của lĩnh vực nào giữ bao lâu, theo căn cứ nào, từ ngày nào."""

    field = Text(200, 1, required=True, metadata={"description": "Lĩnh vực, như trong danh mục."})
    years = Whole(
        1,
        MOST_YEARS,
        required=True,
        allow_none=True,
        metadata={"description": "Số năm từ khi hồ sơ kết thúc; null: vĩnh viễn."},
    )
    ground = Text(MOST_TEXT, 1, required=True)
    effective_from = Day(required=True)


class RuleOut(Out):
    """Một thời hạn lưu."""

    field = fields.String()
    years = fields.Integer(allow_none=True)
    ground = fields.String()
    effective_from = fields.Date()


class RuleListOut(Out):
    """Mọi thời hạn đã đặt, mới trước trong từng lĩnh vực."""

    items = fields.List(fields.Nested(RuleOut))


class OverOut(Out):
    """Hồ sơ của một lĩnh vực đã hết thời hạn lưu, kết thúc trước đứng trước."""

    rule = fields.Nested(RuleOut)
    codes = fields.List(fields.String())
    more = fields.Boolean(metadata={"description": "Còn hồ sơ khác, che xong thì hỏi lại."})


class OverListOut(Out):
    """Theo lĩnh vực."""

    items = fields.List(fields.Nested(OverOut))


class MaskingIn(In):
    """Che theo căn cứ nào."""

    ground = Text(MOST_TEXT, 1, required=True)


class MaskedOut(Out):
    """Hồ sơ đã được che."""

    code = fields.String()
    masked_at = Moment()
