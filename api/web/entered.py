"""What someone entered in a form of a page, checked by the same schemas as what REST gets."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request
from marshmallow import Schema, ValidationError, fields

from api.fields import Day, Flag, Moment, Part, Whole
from api.web.days import iso_day
from engine.errors import EngineError

CONTROLS = frozenset({"csrf_token", "once", "revision"})
"""Hidden fields of every form, which no schema knows."""
_LOCAL_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")
_WRITTEN_MOMENT = re.compile(
    r"(?P<day>\S+?)([ ,]+(?P<hour>\d{1,2})([:hg](?P<minute>\d\d))?)?", re.ASCII
)
_FIRST_HOUR = "07"
_DIGITS = re.compile("-?[0-9]{1,15}")
_GROUPED = re.compile(r"[0-9]{1,3}(\.[0-9]{3}){1,4}")
"""As people write money: 1.250.000."""
VIETNAM = "+07:00"


@dataclass
class Entered:
    """A form as it came: `values` as typed (to be shown again), and either `data` or `errors`.

    `errors` are sentences by the name of the field; those under `_` belong to the whole form.
    """

    values: Mapping[str, str]
    data: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.errors

    def refuse(self, error: EngineError) -> None:
        """Show what the engine refused beside what was typed."""
        found = error.details.get("fields") or {"_": [error.message]}
        self.errors.update({name: list(messages) for name, messages in found.items()})


def nothing_yet(**values: str) -> Entered:
    """A form that nobody has filled in, perhaps with proposals."""
    return Entered(values)


def read(schema: type[Schema]) -> Entered:
    """The form of this request. Fields left empty count as not sent; names with dots are parts
    of a part (`evidence.document`). Secrets (`load_only`) are never shown again."""
    return understand(schema, request.form)


def ask(schema: type[Schema]) -> Entered:
    """What the address of this request asks for, as `read` for forms that only search."""
    return understand(schema, request.args)


def understand(schema: type[Schema], texts: Mapping[str, str]) -> Entered:
    """The same of texts by the names of fields, wherever they come from."""
    form = schema()
    secret = {name for name, known in form.fields.items() if known.load_only}
    given = {k: v for k, v in texts.items() if k not in CONTROLS}
    given = {k: v if k in secret else v.strip() for k, v in given.items()}
    entered = Entered({k: v for k, v in given.items() if k not in secret})
    try:
        entered.data = form.load(_document(form, given))
    except ValidationError as error:
        entered.errors = dict(_flat(error.messages_dict))
    return entered


def _document(schema: Schema, given: Mapping[str, str]) -> dict[str, Any]:
    """The JSON document that a program would have sent."""
    found: dict[str, Any] = {}
    parts: dict[str, tuple[Schema, dict[str, str]]] = {}
    for name, text in given.items():
        head, _, rest = name.partition(".")
        known = schema.fields.get(head)
        if rest and isinstance(known, Part):
            parts.setdefault(head, (known.schema, {}))[1][rest] = text
        elif text:
            found[name] = _value(known, text)
    inner = {name: _document(*part) for name, part in parts.items()}
    return {**found, **{name: document for name, document in inner.items() if document}}


def _value(known: fields.Field[Any] | None, text: str) -> Any:
    if isinstance(known, Whole) and (_DIGITS.fullmatch(text) or _GROUPED.fullmatch(text)):
        return int(text.replace(".", ""))
    if isinstance(known, Flag) and text == "on":
        return True
    if isinstance(known, Moment):
        return _moment(text)
    if isinstance(known, Day):
        return iso_day(text) or text
    return text


def _moment(text: str) -> str:
    """A moment with its zone: one of a browser's own field, or as people write it. A day without
    an hour means its first working one."""
    if _LOCAL_MOMENT.fullmatch(text):
        return text + VIETNAM
    written = _WRITTEN_MOMENT.fullmatch(text)
    day = iso_day(written["day"]) if written else None
    if written is None or day is None:
        return text
    hour, minute = written["hour"] or _FIRST_HOUR, written["minute"] or "00"
    return f"{day}T{hour.zfill(2)}:{minute}{VIETNAM}"


def _flat(messages: Mapping[Any, Any], path: str = "") -> Iterator[tuple[str, list[str]]]:
    for key, value in messages.items():
        name = "_" if key == "_schema" else str(key)
        here = path if path and name == "_" else f"{path}.{name}" if path else name
        if isinstance(value, Mapping):
            yield from _flat(value, here)
        else:
            yield here, [str(text) for text in value]
