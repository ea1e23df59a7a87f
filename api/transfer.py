"""Bytes within JSON, as base64."""

from base64 import b64decode, b64encode
from binascii import Error
from typing import Any

from marshmallow import ValidationError, fields

from api.fields import MESSAGES


class Base64(fields.String):
    """At most so many bytes."""

    def __init__(self, most: int, **more: Any) -> None:
        super().__init__(error_messages=MESSAGES, **more)
        self._most = most
        self.metadata = {
            "contentEncoding": "base64",
            "pattern": "^[A-Za-z0-9+/]*={0,2}$",
            "maxLength": (most + 2) // 3 * 4,
            **self.metadata,
        }

    def _deserialize(self, value: Any, *args: Any, **more: Any) -> Any:
        text = super()._deserialize(value, *args, **more)
        try:
            content = b64decode(text, validate=True)
        except (Error, ValueError) as error:
            raise ValidationError("Phải là base64.") from error
        if len(content) > self._most:
            raise ValidationError(f"Tối đa {self._most} byte.")
        return content

    def _serialize(self, value: Any, *args: Any, **more: Any) -> Any:
        return b64encode(value).decode()
