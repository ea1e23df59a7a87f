"""Forms: what people enter is checked, and what is wrong is said in Vietnamese, by field."""

from typing import Any

import pytest

from bpmn.findings import ProcedureError
from bpmn.forms import Form
from bpmn.procedure import SHARED, procedure_folders, procedure_from_sources, read_folder

CHILD = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {"name": {"type": "string", "title": "Họ tên con"}},
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "decision"],
    "properties": {
        "name": {"type": "string", "title": "Họ tên", "minLength": 2, "maxLength": 10},
        "age": {"type": "integer", "title": "Tuổi", "minimum": 0, "maximum": 150},
        "id": {"type": "string", "title": "Số định danh", "pattern": r"^\d{12}$"},
        "born": {"type": "string", "title": "Ngày sinh", "format": "date"},
        "mail": {"type": "string", "title": "Thư điện tử", "format": "email"},
        "sure": {"type": "boolean", "title": "Cam đoan", "const": True},
        "kind": {"type": "string", "title": "Loại", "enum": ["a", "b"]},
        "reason": {"type": "string", "title": "Lý do", "minLength": 5},
        "children": {
            "type": "array",
            "title": "Các con",
            "minItems": 1,
            "maxItems": 2,
            "uniqueItems": True,
            "items": CHILD,
        },
        "mother": {**CHILD, "title": "Mẹ"},
        "decision": {
            "type": "string",
            "title": "Quyết định",
            "oneOf": [
                {"const": "accept", "title": "Tiếp nhận"},
                {"const": "refuse", "title": "Từ chối"},
            ],
        },
    },
    "allOf": [
        {
            "if": {"properties": {"decision": {"const": "refuse"}}, "required": ["decision"]},
            "then": {"required": ["reason"]},
        }
    ],
}
GOOD: dict[str, Any] = {"name": "Bình", "decision": "accept"}
FORM = Form("thử.json", SCHEMA)


@pytest.mark.parametrize(
    "data",
    [
        GOOD,
        GOOD | {"age": 0, "id": "042090001234", "born": "2024-02-29", "sure": True, "kind": "b"},
        GOOD | {"children": [{"name": "An"}, {"name": "Bé"}], "mother": {"name": "Cúc"}},
        GOOD | {"decision": "refuse", "reason": "Thiếu giấy tờ"},
    ],
)
def test_what_fits_has_no_errors(data: dict[str, Any]) -> None:
    assert FORM.errors(data) == {}


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"name": "B"}, "name", "Họ tên: Nội dung quá ngắn."),
        ({"name": "B" * 11}, "name", "Họ tên: Nội dung quá dài."),
        ({"name": None}, "name", "Họ tên: Sai kiểu dữ liệu."),
        ({"age": -1}, "age", "Tuổi: Giá trị nhỏ hơn mức cho phép."),
        ({"age": 151}, "age", "Tuổi: Giá trị lớn hơn mức cho phép."),
        ({"age": "7"}, "age", "Tuổi: Sai kiểu dữ liệu."),
        ({"age": True}, "age", "Tuổi: Sai kiểu dữ liệu."),
        ({"id": "12"}, "id", "Số định danh: Sai định dạng."),
        ({"born": "2026-02-29"}, "born", "Ngày sinh: Sai định dạng."),
        ({"born": "29/02/2024"}, "born", "Ngày sinh: Sai định dạng."),
        ({"mail": "bình"}, "mail", "Thư điện tử: Sai định dạng."),
        ({"sure": False}, "sure", "Cam đoan: Giá trị không đúng giá trị quy định."),
        ({"kind": "c"}, "kind", "Loại: Giá trị không nằm trong danh sách cho phép."),
        ({"decision": "x"}, "decision", "Quyết định: Hãy chọn một giá trị trong danh sách."),
        ({"decision": "refuse"}, "reason", "Lý do: Thiếu thông tin bắt buộc."),
        ({"children": []}, "children", "Các con: Cần nhiều mục hơn."),
        ({"children": [{"name": "An"}] * 2}, "children", "Các con: Có mục bị trùng."),
        ({"children": [{"name": "An"}, {}]}, "children.1.name", "Họ tên con: Thiếu thông tin"),
        ({"children": [{"name": 5}]}, "children.0.name", "Họ tên con: Sai kiểu dữ liệu."),
        ({"mother": {}}, "mother.name", "Họ tên con: Thiếu thông tin bắt buộc."),
        ({"mother": {"name": "C", "x": 1}}, "mother.x", "Trường này không có trong biểu mẫu."),
        ({"extra": 1}, "extra", "Trường này không có trong biểu mẫu."),
    ],
)
def test_what_is_wrong_is_said_by_field(wrong: dict[str, Any], field: str, message: str) -> None:
    errors = FORM.errors(GOOD | wrong)
    assert list(errors) == [field]
    assert errors[field][0].startswith(message)


def test_every_wrong_field_is_named_at_once() -> None:
    errors = FORM.errors({"age": -1, "a": 1, "b": 2})
    assert set(errors) == {"name", "decision", "age", "a", "b"}


@pytest.mark.parametrize(
    "number", ["042090001234\n", "٠٤٢٠٩٠٠٠١٢٣٤", " 042090001234", "0420900012345"]
)
def test_a_number_is_twelve_plain_digits_and_nothing_else(number: str) -> None:
    assert FORM.errors(GOOD | {"id": number}) == {"id": ["Số định danh: Sai định dạng."]}


def test_data_that_is_no_object_is_wrong_as_a_whole() -> None:
    assert FORM.errors([1]) == {"_": ["Sai kiểu dữ liệu."]}  # type: ignore[arg-type]


def test_fields_and_decisions() -> None:
    assert {"name", "decision", "reason"} < FORM.fields
    assert FORM.decisions == ("accept", "refuse")
    assert Form("trống.json", {}).decisions == ()


@pytest.mark.parametrize(
    ("schema", "where"),
    [
        ({"type": "objekt"}, "$.type"),
        ({"properties": []}, "$.properties"),
        ({"properties": {"a": {"pattern": "("}}}, "$.properties.a.pattern"),
        ({"properties": {"a": {"minLength": "5"}}}, "$.properties.a.minLength"),
        ({"$ref": "#"}, "$.$ref"),
        ({"properties": {"a": {"$ref": "http://127.0.0.1/a.json"}}}, "$.properties.a.$ref"),
        ({"allOf": [{"then": {"$ref": "file:///etc/passwd"}}]}, "$.allOf.0.then.$ref"),
        ({"$dynamicRef": "#a"}, "$.$dynamicRef"),
    ],
)
def test_a_wrong_schema_is_refused_where_it_is_wrong(schema: dict[str, Any], where: str) -> None:
    with pytest.raises(ProcedureError) as refused:
        Form("sai.json", schema)
    (finding,) = refused.value.findings
    assert (finding.file, finding.element) == ("sai.json", where)
    assert finding.message.startswith("Biểu mẫu ")


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"decision": True}, "required": ["decision"]},
        {"properties": {"decision": {"oneOf": [True, {"type": "string"}]}}, "required": ["a"]},
        {"properties": {"a": {"items": False}, "decision": False}, "required": ["a"]},
        {"properties": {"$ref": {"type": "string"}}, "required": ["$ref"]},
    ],
)
def test_an_odd_schema_does_no_harm(schema: dict[str, Any]) -> None:
    form = Form("lạ.json", schema)
    assert form.decisions == ()
    assert "Thiếu thông tin bắt buộc." in next(iter(form.errors({}).values()))


def _shipped_forms() -> list[tuple[str, Form]]:
    found = {}
    for folder in procedure_folders():
        procedure = procedure_from_sources(read_folder(folder))
        for name, form in procedure.forms.items():
            shared = (SHARED / "forms" / name).exists()
            found[f"{'shared' if shared else folder.name}/{name}"] = form
    return sorted(found.items())


@pytest.mark.parametrize(("name", "form"), _shipped_forms())
def test_a_shipped_form_is_bounded_and_titled(name: str, form: Form) -> None:
    assert form.schema["additionalProperties"] is False
    assert set(form.schema.get("required", ())) <= form.fields
    for field, part in form.schema["properties"].items():
        assert part["title"], field
        if part["type"] == "string" and "oneOf" not in part:
            assert part["maxLength"] <= 5_000, field
        if part["type"] in {"integer", "number"}:
            assert "minimum" in part, field
            assert part["maximum"] < 2**53, field


def test_a_pattern_that_backtracks_without_end_fits_nothing_and_gives_up_soon() -> None:
    form = Form("f.json", {"properties": {"a": {"title": "A", "pattern": r"^(?:(?:a|a)+)+$"}}})
    assert form.errors({"a": "a" * 40 + "!"}) == {"a": ["A: Sai định dạng."]}
