"""Answers that fit a form as far as its schema tells, for trials: nobody types twenty fields to see
where a drawing leads."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bpmn.forms import Form, part

_TEXTS = ("042090001234", "0900000000", "1234567890", "12345", "1234", "1", "A1", "AB-12/CD")
"""Tried one after the other where a field wants a pattern."""
_FORMATS = {"email": "cong.dan@thu.example", "date-time": "2026-07-06T08:00:00+07:00"}
_TEXT = "Nội dung thử"
_DEEPEST, _ROUNDS = 5, 3
DECISION = "decision"


def sample_answer(form: Form, day: date) -> dict[str, Any]:
    """What a form requires, also because of the rest or for its first decision, filled in; the
    decision is left to people, and so is what no text in store fits."""
    found, first = _required(form.schema, day, 0), form.decisions[:1]
    decided = {DECISION: first[0]} if first else {}
    properties = part(form.schema, "properties")
    for _ in range(_ROUNDS):
        wrong = form.errors({**found, **decided}).keys()
        missing = wrong & properties.keys() - found.keys() - {DECISION}
        found |= {name: _value(part(properties, name), day, 0) for name in sorted(missing)}
    return {name: value for name, value in found.items() if value is not None}


def _required(schema: Mapping[str, Any], day: date, depth: int) -> dict[str, Any]:
    properties = part(schema, "properties")
    names = schema.get("required", []) if depth < _DEEPEST else []
    return {name: _value(part(properties, name), day, depth) for name in names if name != DECISION}


def _value(schema: Mapping[str, Any], day: date, depth: int) -> Any:
    if "const" in schema:
        return schema["const"]
    if choices := schema.get("oneOf") or schema.get("enum"):
        return choices[0].get("const") if isinstance(choices[0], dict) else choices[0]
    kind = schema.get("type")
    if kind == "object":
        return _required(schema, day, depth + 1)
    if kind == "array":
        return [_value(part(schema, "items"), day, depth + 1)] if schema.get("minItems") else []
    return _leaf(schema, day)


def _leaf(schema: Mapping[str, Any], day: date) -> Any:
    kind = schema.get("type")
    if kind in ("integer", "number"):
        return max(schema.get("minimum", 1), min(1, schema.get("maximum", 1)))
    if kind == "string":
        return _text(schema, day)
    return True if kind == "boolean" else None


def _text(schema: Mapping[str, Any], day: date) -> str | None:
    known = schema.get("format")
    if known == "date":
        return day.isoformat()
    if known in _FORMATS:
        return _FORMATS[known]
    if pattern := schema.get("pattern"):
        return next((text for text in _TEXTS if re.search(pattern, text)), None)
    longest = schema.get("maxLength", len(_TEXT))
    return _TEXT[:longest].ljust(schema.get("minLength", 0), ".")
