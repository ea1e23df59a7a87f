"""A procedure as a whole: its files, its version, and files that do not fit together."""

import pytest

from bpmn.procedure import (
    PROCESSES,
    procedure_folders,
    procedure_from_sources,
    process_id,
    read_folder,
)
from tests.diagrams import FACTS, simple
from tests.unit.bpmn.asking import changed, refused


def test_a_version_is_named_by_its_contents() -> None:
    sources = simple()
    digest = procedure_from_sources(sources).digest
    shuffled = dict(reversed(sources.items()))
    assert procedure_from_sources(shuffled).digest == digest
    renamed = changed(sources, "Thủ tục thử", "Thủ tục thử 2", "facts.toml")
    assert procedure_from_sources(renamed).digest != digest


def test_samples_are_no_part_of_a_procedure() -> None:
    for folder in procedure_folders():
        assert not [name for name in read_folder(folder) if "samples" in name]


def test_the_shipped_procedures_are_found() -> None:
    assert {folder.name for folder in procedure_folders()} >= {"1_001193", "1_001612", "1_013978"}
    assert all(folder.parent == PROCESSES for folder in procedure_folders())


def test_a_procedures_own_form_stands_before_the_shared_one_of_that_name() -> None:
    own, shared = '{"title": "riêng"}', '{"title": "chung"}'
    files = {"forms/any.json": own, "shared/forms/any.json": shared}
    for order in (files.items(), reversed(files.items())):
        sources = {k: v for k, v in simple().items() if k not in files} | dict(order)
        assert procedure_from_sources(sources).forms["any.json"].schema["title"] == "riêng"


def test_process_ids() -> None:
    assert process_id("1.001193") == "p_1_001193"


@pytest.mark.parametrize(
    ("file", "element"),
    [
        ("facts.toml", "tệp"),
        ("procedure.bpmn", "tệp"),
        ("forms/application.json", "tệp"),
    ],
)
def test_a_missing_file_is_named(file: str, element: str) -> None:
    sources = {name: text for name, text in simple().items() if name != file}
    assert [(f.file, f.element) for f in refused(sources)] == [(file, element)]


def test_a_missing_form_is_named_with_its_step() -> None:
    sources = {name: text for name, text in simple().items() if name != "forms/returning.json"}
    (finding,) = refused(sources)
    assert (finding.file, finding.element) == ("procedure.bpmn", "sign")
    assert "returning.json" in finding.message


@pytest.mark.parametrize("text", ["{", "[]", '"x"', "null", "[" * 100_000, ""])
def test_a_form_that_is_no_json_object_is_refused(text: str) -> None:
    (finding,) = refused(simple() | {"forms/any.json": text})
    assert (finding.file, finding.element) == ("forms/any.json", "json")


def test_the_diagram_must_hold_the_process_of_the_code() -> None:
    other = simple() | {"facts.toml": FACTS.replace("9.000001", "9.000002")}
    (finding,) = refused(other)
    assert (finding.file, finding.element) == ("procedure.bpmn", "p_9_000002")
