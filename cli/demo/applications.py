"""What citizens write into their declarations, every one another."""

import json
from datetime import date
from pathlib import Path
from random import Random

from bpmn.procedure import PROCESSES, SHARED, Procedure
from cli.demo.civil_status import Form
from cli.demo.declarations import WRITERS
from cli.demo.people import Person, personal_id


def samples(procedure: Procedure) -> Form:
    """The example forms of a procedure and of the stages it shares, by step id."""
    folder = PROCESSES / procedure.facts.code.replace(".", "_")
    return {**_read(SHARED / "samples.json"), **_read(folder / "samples.json")}


def _read(path: Path) -> Form:
    read: Form = json.loads(path.read_text(encoding="utf-8"))
    return read


def application(rng: Random, procedure: Procedure, sample: Form, owner: Person, on: date) -> Form:
    """The declaration that `owner` hands in on a day."""
    own = {**_submitter(owner), **WRITERS[procedure.facts.code](rng, owner, on)}
    known = procedure.application_form.fields
    return {**sample, **{field: value for field, value in own.items() if field in known}}


def _submitter(owner: Person) -> Form:
    return {
        "submitter_name": owner.name,
        "submitter_birth_date": owner.birth_date.isoformat(),
        "submitter_personal_id": owner.personal_id,
        "submitter_address": owner.address,
        "submitter_phone": owner.phone,
        "submitter_email": f"{owner.personal_id}@example.com",
    }


def child_id(rng: Random, application: Form) -> str:
    """A personal ID for the child of a birth registration."""
    born = date.fromisoformat(application["child_birth_date"])
    return personal_id(rng, application["child_gender"], born)
