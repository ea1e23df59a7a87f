"""Schemas and documents that fit them, drawn at random for properties of forms."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

Schema = dict[str, Any]
Document = dict[str, Any]

letters = st.characters(exclude_categories=["Cs", "Cc"])
titles = st.text(letters, max_size=30)
keys = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
texts = st.text(letters, min_size=1, max_size=60).map(str.strip).filter(bool)
days = st.dates(date(1000, 1, 1)).map(date.isoformat)
whole = st.integers(-(2**53) + 1, 2**53 - 1)
decimals = st.floats(-1e15, 1e15, allow_nan=False).filter(lambda n: n == 0 or abs(n) > 1e-9)
constants = st.lists(
    st.one_of(texts, st.booleans(), st.integers(-5, 5), st.none()),
    min_size=1,
    max_size=7,
    unique_by=lambda value: (type(value), value),
)

Drawn = tuple[Schema, st.SearchStrategy[Any]]
"""A schema, and what draws values that fit it."""


def _choice(values: list[Any]) -> Drawn:
    offered = [{"const": value, "title": f"Chọn {value}"} for value in values]
    return {"oneOf": offered}, st.sampled_from(values)


leaves: st.SearchStrategy[Drawn] = st.one_of(
    st.just(({"type": "string", "maxLength": 60}, texts)),
    st.just(({"type": "string", "maxLength": 2000}, texts)),
    st.just(({"type": "string", "format": "date"}, days)),
    st.just(({"type": "integer"}, whole)),
    st.just(({"type": "number"}, st.one_of(whole, decimals))),
    st.just(({"type": "boolean"}, st.booleans())),
    st.just(({"type": "boolean", "const": True}, st.just(True))),
    constants.map(_choice),
)


@st.composite
def _groups(draw: st.DrawFn, inner: st.SearchStrategy[Drawn]) -> Drawn:
    named = draw(st.dictionaries(keys, inner, min_size=1, max_size=5))
    required = draw(st.lists(st.sampled_from(sorted(named)), unique=True))
    values = {key: value for key, (_, value) in named.items()}
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": {k: {"title": draw(titles), **schema} for k, (schema, _) in named.items()},
    }
    needed = {key: value for key, value in values.items() if key in required}
    rest = {key: value for key, value in values.items() if key not in required}
    return schema, st.fixed_dictionaries(needed, optional=rest)


def _lists(inner: st.SearchStrategy[Drawn]) -> st.SearchStrategy[Drawn]:
    return inner.map(
        lambda drawn: (
            {"type": "array", "items": drawn[0]},
            st.lists(drawn[1].filter(_says_something), max_size=12),
        )
    )


def _says_something(value: Any) -> bool:
    return pruned(value) not in ({}, [])


def pruned(value: Any) -> Any:
    """A value without optional parts that hold nothing, which a page cannot tell from none."""
    if isinstance(value, dict):
        kept = {key: pruned(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each not in ({}, [])}
    return [pruned(each) for each in value] if isinstance(value, list) else value


fields = st.recursive(leaves, lambda inner: st.one_of(_groups(inner), _lists(inner)), max_leaves=6)


@st.composite
def forms(draw: st.DrawFn) -> tuple[Schema, Document]:
    """A form's schema and a document that fits it."""
    schema, documents = draw(_groups(fields))
    document: Document = draw(documents)
    return schema, document
