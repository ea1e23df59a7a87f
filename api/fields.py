"""Fields of what comes in: bounded, strict about types, and with Vietnamese messages."""

import re
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate
from marshmallow.types import ErrorMessages

from engine.deadlines.calendar import local

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
MOST_TEXT = 2_000
MAX_NUMBER = 2**53 - 1
_LOST_PLUS = re.compile(r"(.+T.+) (\d\d:?\d\d)")


MESSAGES: ErrorMessages = {
    "required": "Thiếu thông tin bắt buộc.",
    "null": "Không được để trống.",
    "validator_failed": "Giá trị không hợp lệ.",
    "invalid": "Sai kiểu dữ liệu.",
    "invalid_utf8": "Sai kiểu dữ liệu.",
    "invalid_awareness": "Hãy ghi cả múi giờ, ví dụ 2026-11-22T08:00:00+07:00.",
    "too_large": "Số quá lớn.",
    "type": "Phải là một đối tượng JSON.",
    "unknown": "Giá trị không nằm trong danh sách cho phép: {choices}.",
}


class Pattern(validate.Validator):
    """The whole text must match; `regex` is what the OpenAPI document shows."""

    def __init__(self, pattern: str, error: str) -> None:
        self.regex = re.compile(f"^{pattern}$")
        self._whole = re.compile(pattern)
        self._error = error

    def __call__(self, value: str) -> str:
        if not self._whole.fullmatch(value):
            raise ValidationError(self._error)
        return value


class Text(fields.String):
    """A text of so many characters; one of at least one is not made of blanks only."""

    def __init__(
        self, most: int, least: int = 0, pattern: tuple[str, str] | None = None, **more: Any
    ) -> None:
        bounds = validate.Length(least, most, error=f"Phải có từ {least} đến {most} ký tự.")
        validators: list[Any] = [bounds]
        if pattern:
            validators.append(Pattern(*pattern))
        elif least:
            validators.append(Pattern(r"[^\x00]*[^\s\x00][^\x00]*", "Không được để trống."))
        super().__init__(validate=validators, error_messages=MESSAGES, **more)
        if not pattern and not least:
            self.metadata = {"pattern": r"^[^\x00]*$", **self.metadata}


class Code(Text):
    """A code of a procedure, agency, unit or component."""

    def __init__(self, **more: Any) -> None:
        pattern = ("[A-Za-z0-9._-]+", "Mã chỉ gồm chữ không dấu, số, dấu chấm, gạch ngang.")
        super().__init__(64, 1, pattern, **more)


class Whole(fields.Integer):
    """A whole number; a text of digits only where it comes in a query."""

    def __init__(self, least: int, most: int, in_query: bool = False, **more: Any) -> None:
        bounds = validate.Range(least, most, error=f"Phải từ {least} đến {most}.")
        super().__init__(strict=not in_query, validate=bounds, error_messages=MESSAGES, **more)

    def _deserialize(self, value: Any, *args: Any, **more: Any) -> Any:
        if isinstance(value, str) and not re.fullmatch("-?[0-9]{1,18}", value):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, *args, **more)


class Flag(fields.Boolean):
    """True or false and nothing like it; `true` and `false` in a query."""

    def __init__(self, **more: Any) -> None:
        super().__init__(error_messages=MESSAGES, **more)

    def _deserialize(self, value: Any, *args: Any, **more: Any) -> bool:
        known = {"true": True, "false": False}
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value in known:
            return known[value]
        raise self.make_error("invalid", input=value)


class Choice(fields.Enum[Any]):
    """One of the values of an enumeration."""

    def __init__(self, choices: type[Enum], **more: Any) -> None:
        super().__init__(choices, by_value=Text(64), error_messages=MESSAGES, **more)


class Day(fields.Date):
    """A date (YYYY-MM-DD)."""

    def __init__(self, **more: Any) -> None:
        error = f"Phải từ {EARLIEST:%d/%m/%Y} đến {LATEST:%d/%m/%Y}."
        bounds = validate.Range(EARLIEST, LATEST, error=error)
        super().__init__(format="%Y-%m-%d", validate=bounds, error_messages=MESSAGES, **more)
        self.metadata = {"format": "date", **self.metadata}


class Moment(fields.AwareDateTime):
    """A moment with its zone (ISO 8601). Goes out in Vietnamese time."""

    def __init__(self, **more: Any) -> None:
        first = datetime(EARLIEST.year, 1, 1, tzinfo=UTC)
        last = datetime(LATEST.year, 1, 1, tzinfo=UTC)
        error = f"Phải trong các năm {EARLIEST.year} đến {LATEST.year - 1}."
        bounds = validate.Range(first, last, error=error)
        super().__init__(validate=bounds, error_messages=MESSAGES, **more)

    def _deserialize(self, value: Any, *args: Any, **more: Any) -> Any:
        # In a query an unescaped "+07:00" arrives with a blank for the plus.
        if isinstance(value, str) and (lost := _LOST_PLUS.fullmatch(value)):
            value = f"{lost[1]}+{lost[2]}"
        return super()._deserialize(value, *args, **more)

    def _serialize(self, value: Any, *args: Any, **more: Any) -> Any:
        return super()._serialize(local(value) if value else None, *args, **more)


class Items(fields.List[Any]):
    """A list of at most so many."""

    def __init__(self, inner: Any, most: int, least: int = 0, **more: Any) -> None:
        bounds = validate.Length(least, most, error=f"Phải có từ {least} đến {most} mục.")
        super().__init__(inner, validate=bounds, error_messages=MESSAGES, **more)


class Part(fields.Nested):
    """A document within a document."""

    def __init__(self, schema: type[Schema], **more: Any) -> None:
        super().__init__(schema, error_messages=MESSAGES, **more)


class Answers(fields.Dict):
    """What someone filled in on a form; the form's own schema checks it."""

    def __init__(self, **more: Any) -> None:
        super().__init__(keys=Text(64), error_messages=MESSAGES, **more)


class _Scalar(fields.Raw):
    """A text, a number, or true or false."""

    def __init__(self) -> None:
        shape = {
            "type": ["string", "number", "boolean"],
            "maxLength": MOST_TEXT,
            "pattern": r"^[^\x00]*$",
            "minimum": -MAX_NUMBER,
            "maximum": MAX_NUMBER,
        }
        super().__init__(metadata=shape, error_messages=MESSAGES)

    def _deserialize(self, value: Any, *args: Any, **more: Any) -> Any:
        if not isinstance(value, str | int | float) or len(str(value)) > MOST_TEXT:
            raise self.make_error("invalid")
        return value


class Particulars(fields.Dict):
    """A few named values that no form describes."""

    def __init__(self, **more: Any) -> None:
        bounds = validate.Length(max=50, error="Tối đa 50 mục.")
        super().__init__(
            keys=Code(), values=_Scalar(), validate=bounds, error_messages=MESSAGES, **more
        )
        self.metadata = {"maxProperties": 50, **self.metadata}


class In(Schema):
    """A document that comes in; fields that it does not know are refused."""

    error_messages = {  # noqa: RUF012
        "unknown": "Trường này không có trong tài liệu.",
        "type": "Phải là một đối tượng JSON.",
    }

    class Meta:
        """Nothing unknown."""

        unknown = RAISE


class Nothing(In):
    """For acts that need no particulars."""


class Out(Schema):
    """A document that goes out; every field is always there, perhaps as null."""

    class Meta:
        """Nothing that is not described."""

        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Say so in the description of the interface."""
        field_obj.required = True
