"""Answers are told with the titles and words of their form."""

from typing import Any

import pytest

from bpmn.answers import answers
from bpmn.forms import Form

FORM = Form(
    "form.json",
    {
        "type": "object",
        "properties": {
            "decision": {
                "title": "Quyết định",
                "oneOf": [{"const": "accept", "title": "Tiếp nhận"}, {"const": True}],
            },
            "day": {"type": "string", "format": "date", "title": "Ngày sinh"},
            "heirs": {
                "type": "array",
                "title": "Người thừa kế",
                "items": {"properties": {"name": {"title": "Họ tên"}}},
            },
            "odd": True,
        },
    },
)


def _told(data: dict[str, Any], form: Form | None = FORM) -> list[tuple[str, str, str]]:
    return [(each.field, each.title, each.text) for each in answers(data, form)]


def test_in_the_order_of_the_form_with_its_words() -> None:
    data = {"day": "1990-03-12", "decision": "accept", "fast": True}
    assert _told(data) == [
        ("decision", "Quyết định", "Tiếp nhận"),
        ("day", "Ngày sinh", "12/03/1990"),
        ("fast", "fast", "Có"),
    ]


def test_lists_and_parts_one_by_one() -> None:
    data = {"heirs": [{"name": "An"}, {"name": "Bình"}]}
    assert _told(data) == [
        ("heirs.1.name", "Người thừa kế › 1 › Họ tên", "An"),
        ("heirs.2.name", "Người thừa kế › 2 › Họ tên", "Bình"),
    ]


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_what_was_left_empty_says_so(nothing: object) -> None:
    assert _told({"heirs": nothing}) == [("heirs", "Người thừa kế", "(trống)")]


def test_without_a_form() -> None:
    assert _told({"note": 0, "odd": False}, None) == [
        ("note", "note", "0"),
        ("odd", "odd", "Không"),
    ]


def test_nothing_at_all() -> None:
    assert _told({}) == []
