"""Schemas of diagrams: conditions, order, and those that are too much."""

from typing import Any

import orjson
import pytest

from api.web import jsonform
from api.web.jsonform import FormUnshowable, Kind, Shown
from tests.samples import shipped

TEXT = {"type": "string"}


def _shown(schema: dict[str, Any], **texts: str) -> dict[str, Shown]:
    named = {f"form.{name}": text for name, text in texts.items()}
    return {each.field.key: each for each in jsonform.show(jsonform.read(schema), named).fields}


def test_the_decision_comes_first_and_the_rest_as_drawn() -> None:
    procedure = shipped("1_013978")
    schema = procedure.form_of(procedure.places.steps["appraise"]).schema
    drawn = [key for key in schema["properties"] if key != "decision"]
    assert list(_shown(dict(schema))) == ["decision", *drawn]


def test_a_field_that_a_condition_brings_in_says_when() -> None:
    procedure = shipped("1_013978")
    fields = _shown(dict(procedure.form_of(procedure.places.steps["appraise"]).schema))
    reason = fields["reason"]
    assert reason.field.required
    assert reason.when_words == "Khi «Quyết định» là «Yêu cầu bổ sung» hoặc «Từ chối»."
    term = {"name": "form.decision", "texts": ["supplement", "refuse"]}
    assert orjson.loads(reason.when) == [
        {"expected": True, "terms": [{**term, "negated": False, "needed": True}]}
    ]
    assert fields["findings"].when == ""


def test_fields_drawn_only_in_a_branch_are_there() -> None:
    schema = {
        "properties": {"kind": {"enum": ["a", "b"], "title": "Loại"}},
        "if": {"properties": {"kind": {"const": "a"}}},
        "then": {"properties": {"first": TEXT}},
        "else": {"properties": {"second": TEXT, "never": False}, "required": ["second"]},
    }
    fields = _shown(schema)
    assert list(fields) == ["kind", "first", "second"]
    assert not fields["first"].field.required
    assert fields["second"].when_words == "Trừ khi «Loại» là «a»."


@pytest.mark.parametrize(
    "condition",
    [
        {"properties": {"kind": {"pattern": "^a"}}},
        {"minProperties": 2},
        {"required": ["kind"]},
        {"properties": {"kind": True}},
        {"properties": {"kind": {"not": {"minLength": 3}}}},
    ],
)
def test_a_condition_that_only_the_schema_understands_hides_nothing(condition: Any) -> None:
    schema = {"properties": {"kind": TEXT, "reason": TEXT}, "if": condition}
    field = _shown({**schema, "then": {"required": ["reason"]}})["reason"]
    assert field.when == ""
    assert not field.field.required


def test_kinds_of_fields() -> None:
    schema = {
        "properties": {
            "line": TEXT,
            "nothing": True,
            "long": {"type": "string", "maxLength": 2000},
            "or_null": {"type": ["null", "integer"]},
            "list": {"type": "array"},
            "complex": {"oneOf": [{"minLength": 3}]},
            "id": {"type": "string", "pattern": r"^\d{12}$"},
        }
    }
    kinds = {key: shown.kind for key, shown in _shown(schema).items()}
    assert kinds == {
        "line": Kind.LINE,
        "nothing": Kind.LINE,
        "long": Kind.LONG,
        "or_null": Kind.INTEGER,
        "list": Kind.LIST,
        "complex": Kind.LINE,
        "id": Kind.LINE,
    }
    assert _shown(schema)["id"].field.digits


def _nested(depth: int) -> dict[str, Any]:
    schema: dict[str, Any] = TEXT
    for _ in range(depth):
        schema = {"type": "object", "properties": {"in": schema}}
    return schema


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {f"field_{n}": TEXT for n in range(5_000)}},
        _nested(900),
        {"properties": {"one": {"enum": list(range(10_000))}}},
        {"properties": {"rows": {"type": "array", "items": _nested(900)}}},
    ],
    ids=["fields", "depth", "choices", "rows"],
)
def test_what_is_too_much_for_a_page_is_refused(schema: dict[str, Any]) -> None:
    with pytest.raises(FormUnshowable):
        jsonform.read(schema)


def test_titles_and_hints_are_bounded() -> None:
    long = "x" * 1_000_000
    (field,) = jsonform.read({"properties": {"a": {"title": long, "description": long}}}).fields
    assert len(field.label) + len(field.hint) < 2_000


def test_names_with_dots_and_strange_letters_are_told_apart() -> None:
    schema = {"properties": {"a.b": TEXT, "a": {"type": "object", "properties": {"b": TEXT}},
                             "%2E": TEXT, '"><x>': TEXT}}  # fmt: skip
    fields = jsonform.read(schema)
    document = {"a.b": "1", "a": {"b": "2"}, "%2E": "3", '"><x>': "4"}
    texts = jsonform.texts_of(fields, document)
    assert jsonform.enter(fields, texts.items()).document == document
    ids = [shown.id for shown in jsonform.show(fields, texts).fields]
    assert len({*ids}) == len(ids)
    assert all(id_.replace(".", "").replace("-", "").isalnum() for id_ in ids)
