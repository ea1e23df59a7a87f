"""What a form shows of a document is the document again when it is sent back."""

import pytest
from hypothesis import assume, given

from api.web import jsonform
from api.web.jsonform import FormUnshowable
from bpmn.forms import Form
from bpmn.procedure import procedure_folders
from tests.samples import answer, shipped
from tests.unit.web.jsonform.drawn import Document, Schema, forms, pruned

SHIPPED = [
    (folder.name, step)
    for folder in procedure_folders()
    for step in ["application", *shipped(folder.name).places.steps]
]


def _form(folder: str, step: str) -> Form:
    procedure = shipped(folder)
    steps = procedure.places.steps
    return procedure.form_of(steps[step]) if step in steps else procedure.application_form


@pytest.mark.parametrize(("folder", "step"), SHIPPED)
def test_every_shipped_form(folder: str, step: str) -> None:
    form, document = _form(folder, step), answer(shipped(folder), step)
    fields = jsonform.read(form.schema)
    texts = jsonform.texts_of(fields, document)
    entry = jsonform.enter(fields, texts.items())
    assert entry.document == document
    assert entry.errors == {}
    assert form.errors(entry.document) == {}


@pytest.mark.parametrize(("folder", "step"), SHIPPED)
def test_every_shipped_form_left_empty_has_all_its_errors_beside_fields(
    folder: str, step: str
) -> None:
    form = _form(folder, step)
    fields = jsonform.read(form.schema)
    entry = jsonform.enter(fields, [])
    shown = jsonform.show(fields, entry.texts, form.errors(entry.document))
    assert len(shown.summary) == len(form.schema.get("required", []))
    assert all(complaint.target for complaint in shown.summary)


@given(forms())
def test_any_document_of_any_form(drawn: tuple[Schema, Document]) -> None:
    schema, document = drawn
    try:
        fields = jsonform.read(schema)
    except FormUnshowable:
        assume(False)
    entry = jsonform.enter(fields, jsonform.texts_of(fields, document).items())
    assert entry.errors == {}
    assert pruned(entry.document) == pruned(document)
    assert repr(pruned(entry.document)).count("True") == repr(pruned(document)).count("True")


@given(forms())
def test_what_was_typed_is_shown_again(drawn: tuple[Schema, Document]) -> None:
    schema, document = drawn
    try:
        fields = jsonform.read(schema)
    except FormUnshowable:
        assume(False)
    first = jsonform.enter(fields, jsonform.texts_of(fields, document).items())
    again = jsonform.enter(fields, first.texts.items())
    assert (again.document, again.texts) == (first.document, first.texts)
