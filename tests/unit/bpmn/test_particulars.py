"""What a declaration says of people is recognised by its names and annotations."""

from typing import Any

import pytest

from bpmn.forms import Form
from bpmn.particulars import contact_fields, filled, fillings
from bpmn.procedure import APPLICATION_FORM, procedure_folders, procedure_from_sources, read_folder


def form(**properties: Any) -> Form:
    """A form with these fields."""
    schema = {"type": "object", "properties": properties, "required": ["other"]}
    return Form(APPLICATION_FORM, schema)


TEXT: dict[str, Any] = {"type": "string"}


def said(form_: Form) -> dict[str, str]:
    return {name: f"{f.person}.{f.particular}" for name, f in fillings(form_).items()}


def test_names_of_fields() -> None:
    names = ("submitter_name", "submitter_phone", "mother_name", "mother_personal_id")
    assert said(form(**dict.fromkeys(names, TEXT))) == {
        "submitter_name": "submitter.name",
        "submitter_phone": "submitter.phone",
        "mother_name": "mother.name",
        "mother_personal_id": "mother.personal_id",
    }


def test_what_is_not_a_person() -> None:
    names = ("business_name", "business_address", "name", "child_birth_date_in_words")
    assert said(form(**dict.fromkeys(names, TEXT))) == {}


def test_an_annotation_goes_before_the_name() -> None:
    user = {**TEXT, "x-person": "owner.name"}
    assert said(form(user_name=user)) == {"user_name": "owner.name"}


@pytest.mark.parametrize("nonsense", ["owner", "owner.shoe_size", "", 5, None, ["owner.name"]])
def test_a_wrong_annotation_says_nothing(nonsense: Any) -> None:
    assert said(form(note={**TEXT, "x-person": nonsense})) == {}


def test_a_field_takes_only_what_fits() -> None:
    number = {"type": "string", "pattern": r"^\d{12}$"}
    asked = form(submitter_name=TEXT, submitter_personal_id=number)
    known = {"name": "Trần Thị Hà", "personal_id": "123", "gender": "female", "phone": ""}
    assert filled(asked, "submitter", known) == {"submitter_name": "Trần Thị Hà"}
    assert filled(asked, "owner", known) == {}


def test_shipped_declarations_know_the_submitter() -> None:
    for folder in procedure_folders():
        declaration = procedure_from_sources(read_folder(folder)).application_form
        assert {"submitter_name", "submitter_personal_id"} <= fillings(declaration).keys()
        assert {"submitter_phone", "submitter_email"} <= contact_fields(declaration)
