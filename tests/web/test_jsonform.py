"""Forms of diagrams as HTML: every kind of field, and nothing of a hostile diagram but text."""

import re
from typing import Any

from flask import render_template_string

from api.site import Site
from api.web import jsonform
from tests.unit.web.jsonform.test_typing import FIELDS, SCHEMA

_PAGE = (
    '{% import "macros/jsonform.html" as j with context %}'
    "{{ j.problems(shown) }}{{ j.fields(shown.fields) }}"
)
HOSTILE = "\"><script>alert('x')</script>"


def _html(site: Site, shown: jsonform.ShownForm) -> str:
    with site.web.test_request_context():
        return render_template_string(_PAGE, shown=shown)


def test_rows_have_buttons_that_name_them(site: Site) -> None:
    texts = jsonform.texts_of(FIELDS, {"children": [{"name": "An"}, {"name": "Bình"}]})
    html = _html(site, jsonform.show(FIELDS, texts))
    assert 'name="add" value="form.children"' in html
    assert re.findall(r'name="remove" value="([^"]+)"', html) == [
        "form.children.0",
        "form.children.1",
    ]
    assert 'value="Bình"' in html


def test_every_control_has_a_label_and_every_complaint_a_target(site: Site) -> None:
    errors = {path: ["Sai."] for path in ("name", "born", "married", "sure", "children.0.name")}
    html = _html(site, jsonform.show(FIELDS, {}, errors))
    labelled = {*re.findall(r'<label for="([^"]+)"', html)}
    for control in re.findall(r"<(?:input|select|textarea)[^>]*>", html):
        id_ = re.search(r' id="([^"]+)"', control)
        assert 'type="radio"' in control or 'type="checkbox"' in control or id_
        assert "radio" in control or "checkbox" in control or (id_ and id_[1] in labelled)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len({*ids}) == len(ids)
    targets = re.findall(r'href="#([^"]+)"', html)
    assert len(targets) == len(errors)
    assert {*targets} <= {*ids}


def test_a_hostile_diagram_shows_its_text_and_nothing_more(site: Site) -> None:
    part: dict[str, Any] = {"type": "string", "title": HOSTILE, "description": HOSTILE}
    choice = {"oneOf": [{"const": HOSTILE, "title": HOSTILE}], "title": HOSTILE}
    condition = {"properties": {"b": {"const": HOSTILE}}, "required": ["b"]}
    schema = {
        **SCHEMA,
        "properties": {HOSTILE: part, "b": choice, "c": part},
        "if": condition,
        "then": {"required": ["c"]},
    }
    fields = jsonform.read(schema)
    texts = jsonform.texts_of(fields, {HOSTILE: HOSTILE, "b": HOSTILE, "c": HOSTILE})
    html = _html(site, jsonform.show(fields, texts, {"c": [HOSTILE], "_": [HOSTILE]}))
    assert "<script" not in html
    assert "alert(" in html
