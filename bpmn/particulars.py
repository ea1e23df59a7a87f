"""Which fields of a declaration say who applies: what an ID card, or the counter, can fill in.

A field says so with the annotation `"x-person": "owner.name"`; without one its name does:
`submitter_personal_id` is the submitter's personal ID, `mother_name` the mother's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bpmn.forms import Form

ANNOTATION = "x-person"
SUBMITTER, OWNER = "submitter", "owner"
"""Who hands the dossier in, and whose it is."""


class Particular(StrEnum):
    """What may be said of a person."""

    NAME = "name"
    PERSONAL_ID = "personal_id"
    BIRTH_DATE = "birth_date"
    GENDER = "gender"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"


CONTACT = frozenset({Particular.PHONE, Particular.EMAIL})
"""How to reach a person; nobody must have it whom an officer helps at the counter."""


@dataclass(frozen=True)
class Filling:
    """What a field takes: something of someone."""

    person: str
    particular: Particular


def fillings(form: Form) -> dict[str, Filling]:
    """The fields that take something of a person, in the order of the form.

    Persons are named as the form names them. One is known by a personal ID or a birth date
    beside the name, so that `business_name` and `business_address` are not a person's.
    """
    read = {name: _filling(name, field) for name, field in _properties(form).items()}
    found = {name: filling for name, filling in read.items() if filling}
    persons = {name for name in {f.person for f in found.values()} if _is_person(name, found)}
    return {name: filling for name, filling in found.items() if filling.person in persons}


def contact_fields(form: Form) -> frozenset[str]:
    """The fields that say how to reach the submitter or the owner."""
    return frozenset(
        name
        for name, filling in fillings(form).items()
        if filling.particular in CONTACT and filling.person in (SUBMITTER, OWNER)
    )


def filled(form: Form, person: str, known: Mapping[str, str]) -> dict[str, str]:
    """What the fields of a form say of a person of whom so much is known, by particular.

    A field that would not take the value is left out.
    """
    values = {
        name: known[filling.particular]
        for name, filling in fillings(form).items()
        if filling.person == person and known.get(filling.particular)
    }
    refused = form.errors(values).keys()
    return {name: value for name, value in values.items() if name not in refused}


def _properties(form: Form) -> Mapping[str, Any]:
    found = form.schema.get("properties", {})
    return found if isinstance(found, Mapping) else {}


def _filling(name: str, field: Any) -> Filling | None:
    said = field.get(ANNOTATION) if isinstance(field, Mapping) else None
    text = said if isinstance(said, str) else name
    for particular in Particular:
        for separator in "._":
            person = text.removesuffix(f"{separator}{particular}")
            if person and person != text:
                return Filling(person, particular)
    return None


def _is_person(person: str, found: Mapping[str, Filling]) -> bool:
    said = {filling.particular for filling in found.values() if filling.person == person}
    return person in (SUBMITTER, OWNER) or bool(
        said & {Particular.PERSONAL_ID, Particular.BIRTH_DATE}
    )
