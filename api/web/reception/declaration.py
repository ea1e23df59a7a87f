"""What the citizen declares: the third step at the counter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.web.jsonform import Entry, Field, enter, read, texts_of
from api.web.reception.applying import applying
from bpmn.forms import Form
from bpmn.particulars import OWNER, SUBMITTER, Particular, contact_fields, filled, fillings
from bpmn.procedure import Procedure

PREFIX = "form."
CHECK = "check."
"""Begins the names of what is typed into the form of the check, where a draft keeps both."""

_NAME = re.compile(r"^(họ[\w, ]*)?\btên ", re.IGNORECASE)


@dataclass(frozen=True)
class Typed:
    """A form of a procedure as it was typed, with all that is wrong with it."""

    fields: Field
    texts: Mapping[str, str]
    document: dict[str, Any]
    errors: dict[str, list[str]]


def read_declaration(procedure: Procedure, texts: Mapping[str, str], assisted: bool) -> Typed:
    """The declaration; whom an officer helps need not be reachable."""
    form = procedure.application_form
    excused = contact_fields(form) if assisted else frozenset()
    return _typed(form, texts, excused)


def read_check(procedure: Procedure, step: str, texts: Mapping[str, str]) -> Typed:
    """The form of the check at the counter, whose texts a draft keeps under other names."""
    form = procedure.form_of(procedure.places.steps[step])
    own = {PREFIX + name.removeprefix(CHECK): t for name, t in texts.items() if _is_check(name)}
    return _typed(form, own, frozenset())


def _is_check(name: str) -> bool:
    return name.startswith(CHECK)


def _typed(form: Form, texts: Mapping[str, str], excused: frozenset[str]) -> Typed:
    fields = read(form.schema)
    ours = {name: text for name, text in texts.items() if name.startswith(PREFIX)}
    entry: Entry = enter(fields, applying(fields, ours).items())
    errors = dict(entry.errors)
    for path, messages in form.errors(entry.document, excused).items():
        errors.setdefault(path, messages)
    return Typed(fields, ours, entry.document, errors)


def card_holders(procedure: Procedure) -> list[str]:
    """Persons of the declaration beside submitter and owner of whom an ID card may be read."""
    found = fillings(procedure.application_form).values()
    holders = [f.person for f in found if f.particular is Particular.PERSONAL_ID]
    return [each for each in dict.fromkeys(holders) if each not in (SUBMITTER, OWNER)]


def holder_name(procedure: Procedure, person: str) -> str:
    """What a person of the declaration is called: the title of the field of the name, without
    the words for a name (`Họ, chữ đệm, tên mẹ` → `Mẹ`)."""
    properties = procedure.application_form.schema["properties"]
    for name, filling in fillings(procedure.application_form).items():
        if filling.person == person and filling.particular is Particular.NAME:
            title = str(properties[name].get("title", person))
            return _NAME.sub("", title).capitalize() or title
    return person


def filled_texts(procedure: Procedure, person: str, said: Mapping[str, str]) -> dict[str, str]:
    """The fields of the declaration that take what is known of a person."""
    form = procedure.application_form
    return texts_of(read(form.schema), filled(form, person, said))


def refill(
    procedure: Procedure,
    texts: Mapping[str, str],
    before: Mapping[str, Mapping[str, str]],
    after: Mapping[str, Mapping[str, str]],
) -> dict[str, str]:
    """The texts of a draft after what is known of people changed.

    What was typed over by hand stays; fields that still say what was known before follow.
    """
    changed = dict(texts)
    for person, said in after.items():
        old = filled_texts(procedure, person, before.get(person, {}))
        new = filled_texts(procedure, person, said)
        changed = refollowed(changed, old, new)
    return changed


def refollowed(
    texts: Mapping[str, str], old: Mapping[str, str], new: Mapping[str, str]
) -> dict[str, str]:
    """The texts, where those that are empty or still as once proposed become as proposed now."""
    follow = {n for n in old.keys() | new.keys() if texts.get(n, "") in ("", old.get(n))}
    return {**texts, **{name: new.get(name, "") for name in follow}}
