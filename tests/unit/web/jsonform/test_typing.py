"""What people type: understood where it can be meant, kept and complained about where not."""

from typing import Any

import pytest

from api.web import jsonform
from api.web.jsonform import Entry
from bpmn.forms import Form

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "amount", "sure"],
    "properties": {
        "name": {"type": "string", "title": "Họ tên", "maxLength": 100},
        "amount": {"type": "integer", "title": "Số tiền"},
        "area": {"type": "number", "title": "Diện tích"},
        "born": {"type": "string", "format": "date", "title": "Ngày sinh"},
        "married": {"type": "boolean", "title": "Đã kết hôn"},
        "sure": {"type": "boolean", "const": True, "title": "Cam đoan"},
        "kind": {"oneOf": [{"const": 1, "title": "Một"}, {"const": True, "title": "Đúng"}]},
        "children": {
            "type": "array",
            "title": "Các con",
            "items": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "title": "Họ tên con"},
                    "born": {"type": "string", "format": "date", "title": "Ngày sinh con"},
                },
            },
        },
    },
}
FORM = Form("thử.json", SCHEMA)
FIELDS = jsonform.read(SCHEMA)


def _enter(**texts: str) -> Entry:
    return jsonform.enter(FIELDS, ((f"form.{k.replace('__', '.')}", v) for k, v in texts.items()))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("amount", "1.250.000", 1_250_000),
        ("amount", " 1250000 ", 1_250_000),
        ("amount", "-5", -5),
        ("area", "412,5", 412.5),
        ("area", "1.412,50", 1412.5),
        ("area", "7", 7),
        ("born", "8/10/2026", "2026-10-08"),
        ("born", "08-10-2026", "2026-10-08"),
        ("born", "08102026", "2026-10-08"),
        ("born", "2026-10-08", "2026-10-08"),
        ("married", "false", False),
        ("kind", "0", 1),
        ("kind", "1", True),
        ("name", "  Nguyễn Thị Bưởi\r\nchủ hộ  ", "Nguyễn Thị Bưởi\nchủ hộ"),
    ],
)
def test_a_text_becomes_the_value_that_it_means(name: str, text: str, value: Any) -> None:
    entry = _enter(**{name: text})
    assert entry.document == {name: value}
    assert type(entry.document[name]) is type(value)
    assert entry.errors == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("amount", "một triệu"),
        ("amount", "12,5"),
        ("amount", "1.25"),
        ("amount", "9" * 400),
        ("amount", "١٢"),
        ("area", "412.5"),
        ("area", "NaN"),
        ("area", "1e5"),
        ("born", "31/02/2026"),
        ("born", "10/2026"),
        ("born", "00/00/0000"),
        ("married", "có"),
        ("sure", "false"),
        ("kind", "7"),
        ("name", "a\0b"),
    ],
)
def test_a_text_that_cannot_be_meant_is_kept_and_complained_about(name: str, text: str) -> None:
    entry = _enter(**{name: text})
    assert entry.document == {}
    assert list(entry.errors) == [name]
    (shown,) = (f for f in jsonform.show(FIELDS, entry.texts, entry.errors).fields if f.errors)
    assert (shown.name, shown.text) == (f"form.{name}", text)


def test_nothing_typed_is_left_out() -> None:
    assert _enter(name="   ", amount="", married="").document == {}


def test_rows_left_empty_are_no_rows_and_the_others_keep_their_order() -> None:
    entry = _enter(children__0__name="", children__7__name="Bình", children__31__name="An")
    assert entry.document == {"children": [{"name": "Bình"}, {"name": "An"}]}
    assert entry.texts == {"form.children.0.name": "Bình", "form.children.1.name": "An"}


def test_errors_in_rows_stand_beside_them() -> None:
    entry = _enter(children__1__born="hôm qua", children__2__name="An")
    errors = {**FORM.errors(entry.document), **entry.errors}
    assert errors["children.0.name"] == ["Họ tên con: Thiếu thông tin bắt buộc."]
    shown = jsonform.show(FIELDS, entry.texts, errors)
    (children,) = (each for each in shown.fields if each.field.key == "children")
    first, second = children.inner
    assert [each.errors for each in second.inner] == [[], []]
    assert first.inner[0].errors == ["Thiếu thông tin bắt buộc."]
    assert first.inner[1].text == "hôm qua"


@pytest.mark.parametrize(
    "names",
    [
        ["form.other"],
        ["form.name.first"],
        ["form.name", "form.name"],
        ["form.name", "form.name.first"],
        ["form.children.first.name"],
        ["form.children"],
        ["form.children.0"],
        ["form." + ".".join("a" * 500)],
    ],
)
def test_names_that_the_form_does_not_know_are_refused(names: list[str]) -> None:
    entry = jsonform.enter(FIELDS, [(name, "x") for name in names])
    assert "_" in entry.errors
    assert len(entry.errors["_"][0]) < 500


def test_names_of_other_forms_on_the_page_are_none_of_its_business() -> None:
    assert jsonform.enter(FIELDS, [("owner.name", "x"), ("csrf_token", "y")]) == Entry()


def test_more_rows_than_anyone_needs_are_refused() -> None:
    rows = ((f"form.children.{n}.name", "An") for n in range(5_000))
    entry = jsonform.enter(FIELDS, rows)
    assert len(entry.document["children"]) == 200
    assert "children" in entry.errors


def test_a_button_adds_a_row_and_another_takes_one_away() -> None:
    typed = _enter(children__0__name="An", children__1__name="Bình", children__2__name="Chi")
    more = jsonform.with_rows(typed.texts, {"add": "form.children"})
    assert len(_children(more)) == 4
    less = jsonform.with_rows(more, {"remove": "form.children.1"})
    assert _children(less) == ["An", "Chi", ""]
    assert len(_children(jsonform.with_rows({}, {"add": "form.children"}))) == 2


@pytest.mark.parametrize("name", ["", "csrf_token", "form.", "form.name", "form.children.9" * 50])
def test_buttons_that_name_no_list_harm_nothing(name: str) -> None:
    typed = _enter(name="An", children__0__name="Bình").texts
    for button in ("add", "remove"):
        changed = jsonform.with_rows(typed, {button: name})
        assert jsonform.enter(FIELDS, changed.items()).document["children"] == [{"name": "Bình"}]


def _children(texts: dict[str, str]) -> list[str]:
    fields = jsonform.show(FIELDS, texts).fields
    (children,) = (each for each in fields if each.field.key == "children")
    return [row.inner[0].text for row in children.inner]
