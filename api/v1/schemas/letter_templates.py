"""Templates of letters."""

from marshmallow import fields

from api.fields import Choice, Code, Day, In, Moment, Out, Text
from engine.model.letter_forms import LetterForm
from engine.store.letter_templates import TemplateOrigin

MOST_BODY = 100_000


class AgencyIn(In):
    """Của cơ quan nào."""

    agency = Code(required=True)


class TrialIn(AgencyIn):
    """Mẫu để vẽ thử."""

    body = Text(MOST_BODY, 1, required=True, metadata={"description": "HTML và Jinja."})


class ChoiceIn(AgencyIn):
    """Cơ quan dùng mẫu nào, từ ngày nào, theo căn cứ nào."""

    origin = Choice(TemplateOrigin, required=True)
    body = Text(MOST_BODY, metadata={"description": "Với origin own: nội dung mẫu."})
    effective_from = Day(metadata={"description": "Bỏ trống: từ hôm nay."})
    reason = Text(500, 1, required=True)
    expected = Text(
        64,
        64,
        pattern=("[0-9a-f]{64}", "Mã phiên bản gồm 64 chữ số thập lục phân."),
        metadata={"description": "Phiên bản đã dựa vào để sửa; nay khác thì bị từ chối (412)."},
    )


class TemplateOut(Out):
    """Mẫu đang áp dụng."""

    form = Choice(LetterForm)
    form_number = fields.String()
    title = fields.String()
    origin = Choice(TemplateOrigin, metadata={"description": "Cơ quan chọn mẫu của ai."})
    owner = fields.String(
        allow_none=True, metadata={"description": "Mẫu của cơ quan nào; null: có sẵn."}
    )
    digest = fields.String()
    since = fields.Date(allow_none=True)


class TemplatesOut(Out):
    """Các mẫu đang áp dụng."""

    items = fields.List(fields.Nested(TemplateOut))


class VersionOut(Out):
    """Một lần chọn mẫu."""

    number = fields.Integer()
    origin = Choice(TemplateOrigin)
    template = fields.String(allow_none=True)
    effective_from = fields.Date()
    chosen_at = Moment()
    chosen_by = fields.String(allow_none=True)
    reason = fields.String()


class TemplateBodyOut(TemplateOut):
    """Mẫu với nội dung và các lần đã chọn."""

    body = fields.String()
    versions = fields.List(fields.Nested(VersionOut))
