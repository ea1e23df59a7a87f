"""Two versions of a procedure are compared element by element, field by field, row by row."""

import pytest

from bpmn.comparing import Change, compare
from bpmn.procedure import PROCESSES, read_folder

DIAGRAM = "procedure.bpmn"


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """The files of a procedure with a decision table."""
    return read_folder(PROCESSES / "1_001612")


def changed(files: dict[str, str], name: str, *changes: tuple[str, str]) -> dict[str, str]:
    """The files with texts of one exchanged."""
    text = files[name]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return {**files, name: text}


def test_the_same_files_do_not_differ(files: dict[str, str]) -> None:
    assert compare(files, dict(files)) == []


def test_elements_are_told_by_their_ids(files: dict[str, str]) -> None:
    newer = changed(
        files,
        DIAGRAM,
        ('name="limit" value="', 'name="limit" value="1'),
        ('<bpmn:startEvent id="start" name="', '<bpmn:startEvent id="start" name="Mới: '),
        ("</bpmn:process>", '<bpmn:userTask id="extra" name="Thêm" /></bpmn:process>'),
    )
    (found,) = compare(files, newer)
    told = {part.key: part for part in found.parts}
    assert found.is_diagram
    assert told["extra"].change is Change.ADDED
    assert [each.what for each in told["start"].aspects] == ["Tên"]
    (limited,) = (part for part in found.parts if part.key not in ("extra", "start"))
    assert [each.what for each in limited.aspects] == ["Hạn bước"]
    assert told["extra"].label == "Thêm"
    (back,) = compare(newer, files)
    assert {part.key: part.change for part in back.parts}["extra"] is Change.REMOVED


def test_what_only_moves_on_the_page_is_no_change_of_meaning(files: dict[str, str]) -> None:
    (found,) = compare(files, changed(files, DIAGRAM, ('<dc:Bounds x="', '<dc:Bounds x="1')))
    assert (found.change, found.parts, found.lines) == (Change.CHANGED, (), ())


def test_facts_papers_fields_and_rules_are_told(files: dict[str, str]) -> None:
    newer = changed(files, "facts.toml", ('time_limit = "', 'time_limit = "1'))
    newer = changed(newer, "fee.dmn", ('<text>"online"</text>', '<text>"postal"</text>'))
    newer = changed(newer, "forms/application.json", ('"maxLength": ', '"maxLength": 1'))
    facts, fee, form = compare(files, newer)
    assert [(part.key, part.label) for part in facts.parts] == [
        ("time_limit", "Thời hạn giải quyết")
    ]
    assert fee.parts[0].label.startswith("Dòng 1: ")
    assert [(a.what, a.before, a.after) for a in fee.parts[0].aspects] == [
        ("Hình thức nộp", '"online"', '"postal"')
    ]
    assert [each.what for each in form.parts[0].aspects] == ["maxLength"]


@pytest.mark.parametrize("broken", ["{", "", "[1]", '"x"', '{"properties": 3}', "<a>", "\ud800"])
def test_what_cannot_be_read_is_compared_as_text(files: dict[str, str], broken: str) -> None:
    for name in ("facts.toml", "fee.dmn", "forms/application.json", DIAGRAM):
        (found,) = compare(files, {**files, name: broken})
        assert found.file == name
        assert found.parts or found.lines
