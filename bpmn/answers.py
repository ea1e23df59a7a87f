"""What was entered into a form, as people read it: one line for each field, with its title."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bpmn.forms import Form, part

YES, NO, NOTHING = "Có", "Không", "(trống)"
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True)
class Answer:
    """A field that was filled in: its dotted path, its title, its value, and that in words."""

    field: str
    title: str
    value: Any
    text: str


def answers(data: Mapping[str, Any], form: Form | None = None) -> list[Answer]:
    """The fields of a document in the order of the form, unknown ones last; without a form their
    names are their titles."""
    return list(_inside(data, form.schema if form else {}, "", ""))


def _inside(node: Any, schema: Mapping[str, Any], path: str, title: str) -> Iterator[Answer]:
    parts = dict(_parts(node, schema))
    if not parts and path:
        yield Answer(path, title or path, node, _text(node, schema))
    for key, (value, inner) in parts.items():
        label = _title(key, inner)
        here = f"{path}.{key}" if path else key
        yield from _inside(value, inner, here, f"{title} › {label}" if title else label)


def _parts(node: Any, schema: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """What a value consists of, each with its schema; nothing for a single value."""
    if isinstance(node, Mapping):
        known = part(schema, "properties")
        ordered = [*(key for key in known if key in node), *(k for k in node if k not in known)]
        yield from ((key, (node[key], part(known, key))) for key in ordered)
    elif isinstance(node, list):
        each = part(schema, "items")
        yield from ((str(number), (value, each)) for number, value in enumerate(node, start=1))


def _title(key: str, schema: Mapping[str, Any]) -> str:
    found = schema.get("title")
    return found if isinstance(found, str) else key


def _text(value: Any, schema: Mapping[str, Any]) -> str:
    choices = schema.get("oneOf")
    for choice in choices if isinstance(choices, list) else ():
        if isinstance(choice, dict) and "title" in choice and choice.get("const") == value:
            return str(choice["title"])
    if isinstance(value, bool):
        return YES if value else NO
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, int | float):
        return number_text(value)
    day = _DAY.fullmatch(value) if isinstance(value, str) else None
    return f"{day[3]}/{day[2]}/{day[1]}" if day else str(value)


def number_text(value: int | float) -> str:
    """A number with points between thousands and a comma before decimals."""
    whole, _, decimals = f"{Decimal(repr(value)):,f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")
