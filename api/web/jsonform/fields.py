"""The fields of a form, and the names under which a browser sends them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from engine.errors import EngineError
from engine.errors import Kind as Refusal

PREFIX = "form"
"""What the names of all fields begin with in the body of a request."""
DECISION = "decision"
"""The field that chooses the way on."""


class FormUnshowable(EngineError):
    """Biểu mẫu này không hiển thị được: {reason}. Hãy báo người quản trị quy trình."""

    kind = Refusal.FAULT
    code = "form_unshowable"


class Kind(StrEnum):
    """How a value is typed in."""

    LINE = "line"
    LONG = "long"
    EMAIL = "email"
    DATE = "date"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    AFFIRMATION = "affirmation"
    CHOICE = "choice"
    GROUP = "group"
    LIST = "list"


@dataclass(frozen=True)
class Choice:
    """One of the values offered; `text` stands for it in the body of a request."""

    text: str
    label: str
    value: Any


@dataclass(frozen=True)
class Term:
    """What a condition asks of one field beside it.

    With `negated` its value must be none of `values`; an absent one passes unless it is `needed`.
    """

    key: str
    values: tuple[Any, ...]
    negated: bool = False
    needed: bool = False


@dataclass(frozen=True)
class Condition:
    """Terms that all hold, or with `expected` false: not all of them."""

    terms: tuple[Term, ...]
    expected: bool = True


@dataclass(frozen=True)
class Field:
    """A value that the form asks for; `key` is its property, empty for the whole and for rows.

    `fields` are those of a group, `row` is what each row of a list is. `when` are conditions of
    which one must hold for the field to matter; none: it always does. `longest` counts letters.
    """

    key: str
    kind: Kind
    label: str = ""
    hint: str = ""
    required: bool = False
    longest: int | None = None
    digits: bool = False
    choices: tuple[Choice, ...] = ()
    fields: tuple["Field", ...] = ()
    row: "Field | None" = None
    when: tuple[Condition, ...] = ()

    @cached_property
    def by_segment(self) -> Mapping[str, "Field"]:
        """The fields of a group by the part of a name that stands for them."""
        return {segment(field.key): field for field in self.fields}

    def deciding_first(self) -> Iterator["Field"]:
        """The fields of a group as drawn, but the one that chooses the way on before all."""
        yield from (field for field in self.fields if field.key == DECISION)
        yield from (field for field in self.fields if field.key != DECISION)


def segment(key: str) -> str:
    """A property as one part of a dotted name."""
    return key.replace("%", "%25").replace(".", "%2E")


def inside(name: str, part: str | int) -> str:
    """The name of what lies within a group or list."""
    return f"{name}.{part}" if name else str(part)
