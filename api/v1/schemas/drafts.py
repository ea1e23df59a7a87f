"""Drafts of forms."""

from marshmallow import fields, validate

from api.fields import MESSAGES, In, Moment, Out, Text

MOST_FIELDS = 1_000


class Typed(fields.Dict):
    """What was typed, by the names of fields."""

    def __init__(self, **more: object) -> None:
        super().__init__(
            keys=Text(300),
            values=Text(20_000),
            validate=validate.Length(max=MOST_FIELDS, error=f"Tối đa {MOST_FIELDS} trường."),
            error_messages=MESSAGES,
            **more,  # type: ignore[arg-type]
        )
        self.metadata = {"maxProperties": MOST_FIELDS, **self.metadata}


class DraftIn(In):
    """Nội dung đang nhập dở, theo tên trường; chưa cần hợp lệ."""

    texts = Typed(required=True)


class DraftOut(Out):
    """Bản nháp của bạn; `saved_at` trống là chưa có."""

    texts = fields.Dict(keys=fields.String(), values=fields.String())
    saved_at = Moment(allow_none=True)
