"""Forms: JSON Schema documents that say what a step asks for."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, SchemaError, ValidationError

from bpmn.findings import refuse

_MESSAGES = {
    "required": "Thiếu thông tin bắt buộc.",
    "additionalProperties": "Trường này không có trong biểu mẫu.",
    "type": "Sai kiểu dữ liệu.",
    "enum": "Giá trị không nằm trong danh sách cho phép.",
    "const": "Giá trị không đúng giá trị quy định.",
    "oneOf": "Hãy chọn một giá trị trong danh sách.",
    "maxLength": "Nội dung quá dài.",
    "minLength": "Nội dung quá ngắn.",
    "pattern": "Sai định dạng.",
    "format": "Sai định dạng.",
    "minimum": "Giá trị nhỏ hơn mức cho phép.",
    "maximum": "Giá trị lớn hơn mức cho phép.",
    "minItems": "Cần nhiều mục hơn.",
    "maxItems": "Quá nhiều mục.",
    "uniqueItems": "Có mục bị trùng.",
}


class Form:
    """One form of a procedure, ready to check what people enter."""

    def __init__(self, name: str, schema: Mapping[str, Any]) -> None:
        self.name = name
        self.schema = schema
        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as error:
            raise refuse(name, error.json_path, f"Biểu mẫu sai: {error.message}") from error

    @cached_property
    def _validator(self) -> Draft202012Validator:
        return Draft202012Validator(self.schema, format_checker=FormatChecker())

    @property
    def fields(self) -> frozenset[str]:
        """Names of the fields the form knows."""
        return frozenset(self.schema.get("properties", {}))

    @property
    def decisions(self) -> tuple[str, ...]:
        """The values its `decision` field offers, in the order drawn; empty without one."""
        decision = self.schema.get("properties", {}).get("decision", {})
        return tuple(choice["const"] for choice in decision.get("oneOf", []))

    def errors(self, data: Mapping[str, Any]) -> dict[str, list[str]]:
        """Vietnamese messages by field path; empty when `data` fits the form."""
        found: dict[str, list[str]] = {}
        for error in self._validator.iter_errors(data):
            for path, message in _explain(error, self.schema):
                if message not in found.setdefault(path, []):
                    found[path].append(message)
        return found


def _explain(error: ValidationError, schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    path = ".".join(str(part) for part in error.absolute_path)
    message = _MESSAGES.get(str(error.validator), "Giá trị không hợp lệ.")
    for name in _names_blamed(error) or [""]:
        field = ".".join(filter(None, [path, name]))
        yield field or "_", f"{_title(schema, field)}{message}"


def _names_blamed(error: ValidationError) -> list[str]:
    # jsonschema names the missing or unknown property only in its English message
    if error.validator == "required":
        return re.findall(r"^'(.+)' is a required", error.message)
    if error.validator == "additionalProperties":
        instance = error.instance if isinstance(error.instance, dict) else {}
        schema = error.schema if isinstance(error.schema, dict) else {}
        return sorted(set(instance) - set(schema.get("properties", {})))
    return []


def _title(schema: Mapping[str, Any], field: str) -> str:
    node: Any = schema
    for part in field.split(".") if field else []:
        node = node.get("items", {}) if part.isdigit() else node.get("properties", {}).get(part, {})
    title = node.get("title") if node is not schema else None
    return f"{title}: " if title else ""
