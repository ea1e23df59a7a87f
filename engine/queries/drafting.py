"""What a paper is drawn up from: the procedure's template, and what is known of the dossier."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from bpmn.answers import answers
from bpmn.forms import Form
from bpmn.roles import Role
from bpmn.steps import Paper, Step
from engine.errors import TaskNotOpen
from engine.errors.documents import NotDraftedHere, NoTemplate
from engine.life.decisions import REFUSE
from engine.model.document import DOCUMENT_KIND_NAMES, DocumentKind
from engine.printing.templates import PARTS, Source, shipped
from engine.queries.dossiers import Found, submission
from engine.queries.people import candidates_for
from engine.store import agencies

APPLICATION = "application"


@dataclass(frozen=True)
class Asked:
    """Which paper is to be drawn up at which task, from a form that is not handed in yet.

    `signer` is the leader whose name stands under it, None where that is open; `title` what they
    are.
    """

    place: int
    paper: Paper
    entered: Mapping[str, Any]
    signer: int | None = None
    title: str = "Chủ tịch"


@dataclass(frozen=True)
class Material:
    """What the press wants: a template with its parts, and what they may speak of (JSON)."""

    source: Source
    values: Mapping[str, Any]


def material(tx: Connection, found: Found, asked: Asked) -> Material:
    """Everything that drawing needs. Raises `TaskNotOpen`, `NotDraftedHere`, `NoTemplate`."""
    step, procedure = _drafting_step(found, asked), found.procedure
    if not procedure.draws_up(asked.paper):
        raise NoTemplate(name=DOCUMENT_KIND_NAMES[DocumentKind(asked.paper)])
    filled = {**found.dossier.facts, step.id: dict(asked.entered)}
    parts = {**procedure.templates, **{name: shipped(name) for name in PARTS}}
    values = {
        **_head(tx, found, asked),
        **_persons(tx, found),
        **_answers(found, filled),
        "refusal": _refusal(filled, step.id),
    }
    return Material(Source(procedure.templates[asked.paper], parts), values)


def _drafting_step(found: Found, asked: Asked) -> Step:
    task = found.dossier.tasks.get(asked.place)
    if task is None:
        raise TaskNotOpen(code=found.dossier.code, place=asked.place)
    step = found.procedure.places.steps[task.step]
    if asked.paper not in step.drafts:
        name = DOCUMENT_KIND_NAMES[DocumentKind(asked.paper)]
        raise NotDraftedHere(code=found.dossier.code, name=name)
    return step


def _head(tx: Connection, found: Found, asked: Asked) -> dict[str, Any]:
    dossier, facts = found.dossier, found.procedure.facts
    leaders = candidates_for(tx, Role.LEADER, dossier.competent_agency, None)
    name = next((each.full_name for each in leaders if each.id == asked.signer), "")
    title = facts.result_name if asked.paper is Paper.RESULT else "Thông báo từ chối"
    return {
        "form": {"title": title, "paper": "A4"},
        "code": dossier.code,
        "link": None,
        "issuer": agencies.name_of(tx, dossier.competent_agency),
        "signer": {"name": name, "title": asked.title},
        "received_at": dossier.received_at.isoformat() if dossier.received_at else None,
        "procedure": {
            "code": facts.code,
            "name": facts.name,
            "field": facts.field,
            "decision": facts.decision,
            "result_name": facts.result_name,
        },
    }


_PERSON = ("name", "personal_id", "birth_date", "gender", "phone", "email", "address")


def _persons(tx: Connection, found: Found) -> dict[str, Any]:
    said = submission(tx, found)
    owner = said.get("owner") or {}
    submitter = said.get("submitter") or owner
    return {
        "owner": {name: owner.get(name) for name in _PERSON},
        "submitter": {name: submitter.get(name) for name in _PERSON},
    }


def _answers(found: Found, filled: Mapping[str, Any]) -> dict[str, Any]:
    """What was entered, and the same in words; fields that were left out are None."""
    procedure, raw, words = found.procedure, {}, {}
    for name, form in _forms(found):
        said = filled.get(name) or {}
        nothing = dict.fromkeys(form.fields)
        raw[name] = {**nothing, **said}
        words[name] = {**nothing, **{each.field: each.text for each in answers(said, form)}}
    tables = {name: filled.get(name) or {} for name in procedure.diagram.decisions}
    declared = answers(filled.get(APPLICATION) or {}, procedure.application_form)
    return {
        APPLICATION: raw.pop(APPLICATION),
        "answers": {**raw, **tables},
        "words": words,
        "declaration": [{"title": each.title, "text": each.text} for each in declared],
    }


def _forms(found: Found) -> Iterator[tuple[str, Form]]:
    procedure = found.procedure
    yield APPLICATION, procedure.application_form
    for step in procedure.places.steps.values():
        yield step.id, procedure.form_of(step)


def _refusal(filled: Mapping[str, Any], here: str) -> dict[str, Any]:
    """Why it is refused: as said at this step, else by whoever refused before."""
    refused = [said for said in (filled[here], *filled.values()) if _is_refusal(said)]
    return {
        name: next((each[name] for each in refused if each.get(name)), None)
        for name in ("reason", "legal_ground")
    }


def _is_refusal(said: Any) -> bool:
    return isinstance(said, Mapping) and said.get("decision") == REFUSE
