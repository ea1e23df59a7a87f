"""`if`, `then` and `else` of a schema: which fields come in when others have which values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.web.jsonform.fields import Condition, Term

_ONLY_IN_IF = {"properties", "required", "type"}


@dataclass(frozen=True)
class Branch:
    """What a schema further says under a condition; None: under one that only it understands.

    `named` are all properties that it speaks of, `required` those that it demands.
    """

    condition: Condition | None
    required: frozenset[str] = frozenset()
    properties: Mapping[str, Any] = field(default_factory=dict)

    @property
    def named(self) -> frozenset[str]:
        """Every property that comes in with the branch."""
        return self.required | self.properties.keys()


def branches(schema: Mapping[str, Any]) -> Iterator[Branch]:
    """The branches of a schema itself and of its `allOf`."""
    parts = schema.get("allOf")
    for part in [schema, *(parts if isinstance(parts, list) else [])]:
        if isinstance(part, dict) and isinstance(part.get("if"), dict):
            for name, expected in (("then", True), ("else", False)):
                if isinstance(part.get(name), dict):
                    yield _branch(part[name], _condition(part["if"], expected))


def _branch(said: Mapping[str, Any], condition: Condition | None) -> Branch:
    required, properties = said.get("required"), said.get("properties")
    return Branch(
        condition,
        frozenset(each for each in required or () if isinstance(each, str)),
        {k: v for k, v in (properties or {}).items() if v is not False},
    )


def _condition(asked: Mapping[str, Any], expected: bool) -> Condition | None:
    """What an `if` asks, where it asks for nothing but values of fields."""
    properties = asked.get("properties") or {}
    needed = set(asked.get("required") or ())
    if asked.keys() - _ONLY_IN_IF or needed - properties.keys():
        return None
    terms = [_term(key, part, key in needed) for key, part in properties.items()]
    known = tuple(term for term in terms if term is not None)
    return Condition(known, expected) if len(known) == len(terms) else None


def _term(key: str, part: Any, needed: bool) -> Term | None:
    if not isinstance(part, dict):
        return None
    if part.keys() == {"not"} and isinstance(part["not"], dict):
        values = _values(part["not"])
        return None if values is None else Term(key, values, negated=True, needed=needed)
    values = _values(part)
    return None if values is None else Term(key, values, needed=needed)


def _values(part: Mapping[str, Any]) -> tuple[Any, ...] | None:
    if part.keys() == {"const"}:
        return (part["const"],)
    if part.keys() == {"enum"}:
        return tuple(part["enum"])
    return None
