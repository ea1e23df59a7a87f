"""Forms: JSON Schema documents that say what a step asks for."""

import re
from collections.abc import Iterator, Mapping, Set
from copy import copy
from functools import cached_property
from typing import Any

import regex
from jsonschema import Draft202012Validator, FormatChecker, SchemaError, ValidationError
from jsonschema.validators import extend

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
PATIENCE = 0.1
"""Seconds for one pattern and one text: patterns come from diagrams, and those are untrusted."""

_REFERENCES = ("$ref", "$dynamicRef")


def _pattern(
    validator: Any, pattern: str, instance: object, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """`pattern` as JSON Schema means it: digits are 0 to 9, no line break may follow the end."""
    if isinstance(instance, str) and not _matches(pattern, instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _matches(pattern: str, text: str) -> bool:
    """Whether a text fits; a pattern that backtracks beyond all patience fits nothing."""
    if pattern.endswith("$") and not pattern.endswith(r"\$"):
        pattern = pattern[:-1] + r"\Z"
    try:
        return regex.search(pattern, text, regex.ASCII, timeout=PATIENCE) is not None
    except TimeoutError:
        return False


_Validator: Any = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


class Form:
    """One form of a procedure, ready to check what people enter."""

    def __init__(self, name: str, schema: Mapping[str, Any]) -> None:
        self.name = name
        self.schema = schema
        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as error:
            raise refuse(name, error.json_path, f"Biểu mẫu sai: {error.message}") from error
        for path in _referring(schema):
            raise refuse(name, path, "Biểu mẫu không được dùng $ref; hãy ghi thẳng nội dung.")

    def saying(self, schema: Mapping[str, Any]) -> "Form":
        """The same form with another schema of the same shape, which is not checked again."""
        other = copy(self)
        vars(other).pop("_validator", None)
        other.schema = schema
        return other

    @cached_property
    def _validator(self) -> Any:
        return _Validator(self.schema, format_checker=FormatChecker())

    @property
    def fields(self) -> frozenset[str]:
        """Names of the fields the form knows."""
        return frozenset(self.schema.get("properties", {}))

    @property
    def decisions(self) -> tuple[str, ...]:
        """The values its `decision` field offers, in the order drawn; empty without one."""
        decision = part(part(self.schema, "properties"), "decision")
        choices = [choice for choice in decision.get("oneOf", []) if isinstance(choice, dict)]
        return tuple(choice["const"] for choice in choices if "const" in choice)

    @property
    def bare_decisions(self) -> dict[str, str]:
        """The decisions that need nothing filled in beside them, with their titles."""
        decision = part(part(self.schema, "properties"), "decision")
        choices = [choice for choice in decision.get("oneOf", []) if isinstance(choice, dict)]
        return {
            str(choice["const"]): str(choice.get("title", choice["const"]))
            for choice in choices
            if "const" in choice and not self.errors({"decision": choice["const"]})
        }

    def errors(
        self, data: Mapping[str, Any], excused: Set[str] = frozenset()
    ) -> dict[str, list[str]]:
        """Vietnamese messages by field path; empty when `data` fits the form.

        Fields that are `excused` may be missing.
        """
        found: dict[str, list[str]] = {}
        for error in self._validator.iter_errors(data):
            for path, message in _explain(error, self.schema):
                if error.validator == "required" and path in excused:
                    continue
                if message not in found.setdefault(path, []):
                    found[path].append(message)
        return found


def _referring(node: Any, path: str = "$") -> Iterator[str]:
    """Where a schema refers to another: the library would fetch that from any file or machine."""
    parts = dict(enumerate(node)) if isinstance(node, list) else node
    for key, value in parts.items() if isinstance(parts, dict) else ():
        if key in _REFERENCES and isinstance(value, str):
            yield f"{path}.{key}"
        yield from _referring(value, f"{path}.{key}")


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
    node = schema
    for name in field.split(".") if field else []:
        node = part(node, "items") if name.isdigit() else part(part(node, "properties"), name)
    title = node.get("title") if node is not schema else None
    return f"{title}: " if title else ""


def part(schema: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A schema inside a schema; one that only says true or false has no parts."""
    found = schema.get(name)
    return found if isinstance(found, dict) else {}
