"""A JSON Schema read as fields. Diagrams are untrusted: what is too much is refused."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from api.web.jsonform.conditions import Branch, branches
from api.web.jsonform.fields import Choice, Field, FormUnshowable, Kind

MOST_DEPTH = 5
MOST_FIELDS = 300
MOST_CHOICES = 500
LONGEST_LABEL = 300
LONGEST_HINT = 1000
LONGEST_LINE = 300
"""Letters from which on a text gets several lines."""
_DIGITS = re.compile(r"\^?(\\d|\[0-9\])(\{\d+(,\d*)?\}|[+*])?\$?")
_KINDS = {
    "integer": Kind.INTEGER,
    "number": Kind.NUMBER,
    "boolean": Kind.BOOLEAN,
    "object": Kind.GROUP,
    "array": Kind.LIST,
}
_FORMATS = {"date": Kind.DATE, "email": Kind.EMAIL}
YES_OR_NO = (Choice("true", "Có", True), Choice("false", "Không", False))

Schema = Mapping[str, Any]


def read(schema: Schema) -> Field:
    """The fields of a form's schema as one group; raises `FormUnshowable`."""
    return _Reader().field("", {**schema, "type": "object"}, required=True, depth=0)


class _Reader:
    """Reads one schema and counts what it finds."""

    def __init__(self) -> None:
        self._left = MOST_FIELDS

    def field(self, key: str, schema: Schema, required: bool, depth: int) -> Field:
        self._spend(depth)
        kind = _kind(schema)
        return Field(
            key=key,
            kind=kind,
            label=_text(schema, "title", LONGEST_LABEL) or key[:LONGEST_LABEL],
            hint=_text(schema, "description", LONGEST_HINT),
            required=required,
            longest=_longest(schema),
            digits=_asks_digits(schema),
            choices=_choices(kind, schema),
            fields=tuple(self._fields(schema, depth)) if kind is Kind.GROUP else (),
            row=self._row(schema, depth) if kind is Kind.LIST else None,
        )

    def _spend(self, depth: int) -> None:
        self._left -= 1
        if self._left < 0:
            raise FormUnshowable(reason=f"có hơn {MOST_FIELDS} trường")
        if depth > MOST_DEPTH:
            raise FormUnshowable(reason=f"các trường lồng nhau quá {MOST_DEPTH} tầng")

    def _fields(self, schema: Schema, depth: int) -> Iterator[Field]:
        required = set(_list(schema, "required"))
        always = _dict(schema, "properties")
        applying = list(branches(schema))
        more = {key: part for each in applying for key, part in each.properties.items()}
        for key, part in {**always, **{k: v for k, v in more.items() if k not in always}}.items():
            found = self.field(key, _schema(part), key in required, depth + 1)
            yield found if key in required else _under(found, applying)

    def _row(self, schema: Schema, depth: int) -> Field:
        return self.field("", _schema(schema.get("items")), required=True, depth=depth + 1)


def _under(field: Field, applying: Sequence[Branch]) -> Field:
    """The field with the conditions that bring it in; one that cannot be read lets it stay."""
    naming = [branch for branch in applying if field.key in branch.named]
    understood = tuple(b.condition for b in naming if b.condition is not None)
    if len(understood) < len(naming) or not naming:
        return field
    return replace(field, required=any(field.key in b.required for b in naming), when=understood)


def _kind(schema: Schema) -> Kind:
    kind = _KINDS.get(_type(schema))
    if kind is Kind.BOOLEAN:
        return Kind.AFFIRMATION if schema.get("const") is True else kind
    if "const" in schema or _offers(schema):
        return Kind.CHOICE
    if kind is not None:
        return kind
    if (format_ := schema.get("format")) in _FORMATS:
        return _FORMATS[format_]
    return Kind.LONG if (_longest(schema) or 0) > LONGEST_LINE else Kind.LINE


def _type(schema: Schema) -> str:
    types = schema.get("type")
    several = types if isinstance(types, list) else [types]
    return next((str(each) for each in several if each != "null"), "string")


def _offers(schema: Schema) -> bool:
    """Whether the schema lists the values there are."""
    drawn = schema.get("oneOf")
    consts = isinstance(drawn, list) and all(isinstance(d, dict) and "const" in d for d in drawn)
    return bool(schema.get("enum")) or (consts and bool(drawn))


def _choices(kind: Kind, schema: Schema) -> tuple[Choice, ...]:
    """What is offered; of true and false both, so that a no is an answer and not left out."""
    if kind is Kind.BOOLEAN:
        return YES_OR_NO
    if kind is not Kind.CHOICE:
        return ()
    offered = list(_offered(schema))
    if len(offered) > MOST_CHOICES:
        raise FormUnshowable(reason=f"có hơn {MOST_CHOICES} giá trị để chọn")
    plain = all(isinstance(value, str) and value for value, _ in offered)
    return tuple(
        Choice(value if plain else str(number), label[:LONGEST_LABEL], value)
        for number, (value, label) in enumerate(offered)
    )


def _offered(schema: Schema) -> Iterable[tuple[Any, str]]:
    if "const" in schema:
        return [(schema["const"], str(schema["const"]))]
    if schema.get("enum"):
        return [(value, str(value)) for value in schema["enum"]]
    return [(each["const"], str(each.get("title", each["const"]))) for each in schema["oneOf"]]


def _longest(schema: Schema) -> int | None:
    found = schema.get("maxLength")
    return int(found) if isinstance(found, int | float) else None


def _asks_digits(schema: Schema) -> bool:
    pattern = schema.get("pattern")
    return isinstance(pattern, str) and bool(_DIGITS.fullmatch(pattern))


def _text(schema: Schema, name: str, longest: int) -> str:
    text = schema.get(name)
    return text[:longest] if isinstance(text, str) else ""


def _schema(part: Any) -> Schema:
    """A schema inside a schema; one that only says true or false says nothing more."""
    return part if isinstance(part, dict) else {}


def _dict(schema: Schema, name: str) -> Mapping[str, Any]:
    return _schema(schema.get(name))


def _list(schema: Schema, name: str) -> list[Any]:
    found = schema.get(name)
    return found if isinstance(found, list) else []
