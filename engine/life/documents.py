"""Documents come into a dossier, are replaced, signed, numbered, and taken out again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bpmn.steps import Paper, Step
from engine.errors import UnknownComponent
from engine.errors.documents import (
    ComponentMissing,
    DocumentChanged,
    DocumentNotRemovable,
    DocumentSigned,
    DocumentUnknown,
    DraftExists,
    NotDraftedHere,
    NotSignedHere,
    SignedAlready,
    SignedOutOfOrder,
)
from engine.life.assignment import require_four_eyes, require_holder
from engine.life.guards import open_task, require_unfinished, require_work_allowed
from engine.life.setting import Setting
from engine.life.turn import Turn
from engine.model.document import (
    CAPACITY_NAMES,
    DOCUMENT_KIND_NAMES,
    ISSUED,
    Capacity,
    Document,
    DocumentKind,
    FileFacts,
    Origin,
    Registered,
    Signature,
)
from engine.model.dossier import Dossier
from engine.model.event import Act


def add(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """A document comes in; a draft only at the step that draws it up."""
    kind, data = DocumentKind(act.data["kind"]), act.data
    if kind is not DocumentKind.LETTER:
        require_unfinished(dossier)
    if kind in ISSUED:
        _require_drafting(dossier, act, setting, kind)
        if there := dossier.document_of(kind):
            name = DOCUMENT_KIND_NAMES[kind]
            raise DraftExists(code=dossier.code, name=name, document=there.number)
    _require_component(kind, data.get("component"), setting)
    if data["document"] != dossier.documents_added + 1:
        raise DocumentChanged(code=dossier.code, document=data["document"])
    dossier.documents_added += 1
    dossier.documents[dossier.documents_added] = Document(
        number=dossier.documents_added,
        kind=kind,
        file=FileFacts(**data["file"]),
        origin=Origin(data["origin"]),
        added_by=act.actor,
        added_at=act.at,
        component=data.get("component"),
        registered=_registered(data["registered"]) if data.get("registered") else None,
        source=data.get("source"),
    )
    return Turn.of(dossier, act, setting)


def replace_file(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """A document gets another file; a draft that went back loses the signatures it had."""
    require_unfinished(dossier)
    document = _current(dossier, act)
    if document.kind in ISSUED:
        _require_drafting(dossier, act, setting, document.kind)
    elif document.signatures:
        raise DocumentSigned(code=dossier.code, document=document.number)
    dossier.documents[document.number] = replace(
        document,
        file=FileFacts(**act.data["file"]),
        origin=Origin(act.data["origin"]),
        signatures=(),
        registered=None,
    )
    return Turn.of(dossier, act, setting)


def remove(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """A document that came in by mistake is taken out; its file is kept as the log names it."""
    require_unfinished(dossier)
    document = _current(dossier, act)
    if document.kind in ISSUED or document.kind is DocumentKind.LETTER:
        raise DocumentNotRemovable(code=dossier.code, document=document.number)
    del dossier.documents[document.number]
    return Turn.of(dossier, act, setting)


def sign(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Someone signed a document: the leader first, the agency only what has a number (NĐ 30/2020,
    Art 32)."""
    document, capacity = _current(dossier, act), Capacity(act.data["capacity"])
    if document.signed_as(capacity):
        name = CAPACITY_NAMES[capacity]
        raise SignedAlready(code=dossier.code, document=document.number, capacity=name)
    _require_order(dossier, document, capacity)
    if document.kind in ISSUED:
        _require_signing(dossier, act, setting, document, capacity)
    after = act.data["after"]
    signature = Signature(
        capacity, int(act.actor), act.at, act.data["certificate"], after["digest"]
    )
    carried = document.carrying(after["digest"], after["size"])
    signatures = (*document.signatures, signature)
    dossier.documents[document.number] = replace(carried, signatures=signatures)
    return Turn.of(dossier, act, setting)


def number(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """The registry clerk gives a signed document its number and date."""
    document = _current(dossier, act)
    if document.kind not in ISSUED or not document.signed_as(Capacity.LEADER):
        raise SignedOutOfOrder(code=dossier.code, document=document.number)
    if document.registered:
        raise SignedAlready(code=dossier.code, document=document.number, capacity="số, ngày")
    _require_signing(dossier, act, setting, document, Capacity.AGENCY)
    after = act.data["after"]
    carried = document.carrying(after["digest"], after["size"])
    registered = _registered(act.data["registered"])
    dossier.documents[document.number] = replace(carried, registered=registered)
    return Turn.of(dossier, act, setting)


def document_in(dossier: Dossier, wanted: int) -> Document:
    """A document by its number; raises `DocumentUnknown`."""
    if wanted not in dossier.documents:
        raise DocumentUnknown(code=dossier.code, document=wanted)
    return dossier.documents[wanted]


def _current(dossier: Dossier, act: Act) -> Document:
    """The document an act is about, with the very file that whoever acted had before them."""
    document = document_in(dossier, act.data["document"])
    if document.file.digest != act.data["before"]:
        raise DocumentChanged(code=dossier.code, document=document.number)
    return document


def _require_drafting(dossier: Dossier, act: Act, setting: Setting, kind: DocumentKind) -> None:
    step = _step_at(dossier, act, setting)
    if step is None or Paper(kind) not in step.drafts:
        raise NotDraftedHere(code=dossier.code, name=DOCUMENT_KIND_NAMES[kind])
    require_holder(dossier, open_task(dossier, act.data["place"]), act)


def _require_signing(
    dossier: Dossier, act: Act, setting: Setting, document: Document, capacity: Capacity
) -> None:
    require_work_allowed(dossier, setting)
    step = _step_at(dossier, act, setting)
    at_hand = step and (step.signs if capacity is Capacity.LEADER else step.seals)
    if at_hand is not Paper(document.kind):
        raise NotSignedHere(code=dossier.code, document=document.number)
    task = open_task(dossier, act.data["place"])
    require_holder(dossier, task, act)
    require_four_eyes(dossier, task, act.actor, setting.procedure)


def _step_at(dossier: Dossier, act: Act, setting: Setting) -> Step | None:
    place = act.data.get("place")
    if place is None:
        return None
    return setting.procedure.places.steps[open_task(dossier, place).step]


def _require_order(dossier: Dossier, document: Document, capacity: Capacity) -> None:
    before = {
        Capacity.RECEPTION: not document.signatures and document.kind not in ISSUED,
        Capacity.LEADER: not document.signatures and document.kind is not DocumentKind.COMPONENT,
        Capacity.AGENCY: bool(document.signed_as(Capacity.LEADER) and document.registered),
    }
    if not before[capacity]:
        raise SignedOutOfOrder(code=dossier.code, document=document.number)


def _require_component(kind: DocumentKind, component: str | None, setting: Setting) -> None:
    if kind is DocumentKind.COMPONENT and component is None:
        raise ComponentMissing()
    if component is not None and setting.procedure.facts.component(component) is None:
        raise UnknownComponent(component=component)


def _registered(raw: Mapping[str, Any]) -> Registered:
    return Registered(**{**raw, "issued_on": date.fromisoformat(raw["issued_on"])})
