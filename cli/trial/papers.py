"""What steps need of papers before they are done, where only their order matters: documents
without files, signed without keys. They pass the rules of a dossier's life, but not the gate of
signatures; for databases that are thrown away."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection

from bpmn.steps import Paper, Step
from engine.commands.acting import Target, act_of, act_on, require_candidate
from engine.commands.documents import AddDocument, add_document
from engine.commands.drafting import PutDraft, put_draft
from engine.life.decisions import APPROVE
from engine.life.papers import is_drafted, undigitised
from engine.model.actor import Actor
from engine.model.document import Capacity, Document, DocumentKind, FileFacts, Origin
from engine.model.dossier import Dossier, Task
from engine.model.event import EventType
from engine.store import definitions

CERTIFICATE = "c" * 64


def provide(  # noqa: PLR0913
    tx: Connection,
    dossier: Dossier,
    task: Task,
    decision: str | None,
    actor: Actor,
    now: datetime,
    scanned_by: Actor | None = None,
) -> None:
    """Do whatever a step needs so that it can be completed with a decision; `scanned_by` adds
    documents where the actor may not."""
    setting = definitions.setting_of(tx, dossier.version, dossier.rulebook)
    step = setting.procedure.places.steps[task.step]
    target = Target(dossier.code)
    for paper in step.drafts:
        if is_drafted(paper, decision):
            draft = PutDraft(target, task.place, paper, _file(dossier, paper), Origin.DRAWN_UP)
            dossier = put_draft(tx, draft, actor, now)
    if step.signs and decision == APPROVE:
        _sign(tx, dossier, task, step.signs, Capacity.LEADER, actor, now)
    if step.seals:
        _seal(tx, dossier, task, step, actor, now)
    if step.digitises:
        for component in list(undigitised(dossier, setting)):
            file, kind = _file(dossier, component.code), DocumentKind.COMPONENT
            adding = AddDocument(target, kind, file, Origin.UPLOADED, component.code)
            add_document(tx, adding, scanned_by or actor, now)


def _seal(
    tx: Connection, dossier: Dossier, task: Task, step: Step, actor: Actor, now: datetime
) -> None:
    paper = step.seals
    document = dossier.document_of(paper) if paper else None
    if paper is None or document is None:
        return
    book = {"book": paper, "year": now.year, "number": 1, "symbol": "KQ"}
    data = {**_continued(document, task), "registered": {**book, "issued_on": f"{now:%Y-%m-%d}"}}
    dossier = _act(tx, dossier, task, EventType.DOCUMENT_NUMBERED, data, actor, now)
    _sign(tx, dossier, task, paper, Capacity.AGENCY, actor, now)


def _sign(  # noqa: PLR0913
    tx: Connection,
    dossier: Dossier,
    task: Task,
    paper: Paper,
    capacity: Capacity,
    actor: Actor,
    now: datetime,
) -> None:
    document = dossier.document_of(paper)
    if document is None:
        return
    data = {**_continued(document, task), "capacity": capacity, "certificate": CERTIFICATE}
    _act(tx, dossier, task, EventType.DOCUMENT_SIGNED, data, actor, now)


def _act(  # noqa: PLR0913
    tx: Connection,
    dossier: Dossier,
    task: Task,
    type_: EventType,
    data: dict[str, object],
    actor: Actor,
    now: datetime,
) -> Dossier:
    act = act_of(actor, type_, now, data)
    return act_on(tx, Target(dossier.code), act, require_candidate(actor, task.place))


def _continued(document: Document, task: Task) -> dict[str, object]:
    after = {"digest": _digest(document.file.digest), "size": document.file.size + 1}
    before = document.file.digest
    return {"document": document.number, "before": before, "after": after, "place": task.place}


def _file(dossier: Dossier, what: str) -> FileFacts:
    return FileFacts(_digest(f"{dossier.code} {what} {dossier.seq}"), 1000, 1, "application/pdf")


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
