"""Completion looked at beforehand, as though the paper of the task were signed and sealed already:
so that what will be refused is refused before anybody signs. Nothing is kept."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from bpmn.steps import Step
from engine.commands.acting import Check, Target, for_, rehearse
from engine.life.acts import apply
from engine.life.decisions import APPROVE
from engine.life.setting import Setting
from engine.model.document import Capacity, Document
from engine.model.dossier import Dossier
from engine.model.event import Act, EventType
from engine.store import definitions, dossiers


def rehearse_signed(tx: Connection, target: Target, act: Act, check: Check) -> Dossier:
    """What completing would make of the dossier once its paper is signed; raises why it would not.

    Other acts are merely rehearsed.
    """
    dossier = dossiers.read(tx, target.code).dossier
    setting = definitions.setting_of(tx, dossier.version, dossier.rulebook)
    first, *others = [*_missing(dossier, setting, act), act]
    foreseen = rehearse(tx, target, first, check)
    for later in others:
        moment = max(later.at, foreseen.last_at or later.at)
        apply(foreseen, for_(replace(later, at=moment), check(foreseen)), setting)
    return foreseen


def unsigned(dossier: Dossier, setting: Setting, act: Act) -> tuple[Document, Capacity] | None:
    """The document that completing needs signed, and as what; None where nothing is missing."""
    step = _step(dossier, setting, act)
    if step is None:
        return None
    paper, capacity = step.seals or step.signs, Capacity.AGENCY if step.seals else Capacity.LEADER
    document = dossier.document_of(paper) if paper else None
    wanted = step.seals or act.data.get("decision") == APPROVE
    if document is None or not wanted or document.signed_as(capacity):
        return None
    return document, capacity


def _step(dossier: Dossier, setting: Setting, act: Act) -> Step | None:
    task = dossier.tasks.get(act.data.get("place", 0))
    if act.type is not EventType.TASK_COMPLETED or task is None:
        return None
    return setting.procedure.places.steps[task.step]


def _missing(dossier: Dossier, setting: Setting, act: Act) -> list[Act]:
    """The acts that the completion waits for, with the file as it is for the one to come."""
    found = unsigned(dossier, setting, act)
    if found is None:
        return []
    document, capacity = found
    same = {"digest": document.file.digest, "size": document.file.size}
    data: dict[str, Any] = {
        "document": document.number,
        "before": document.file.digest,
        "after": same,
        "place": act.data["place"],
    }
    signed = {**data, "capacity": capacity, "certificate": ""}
    acts = [Act(EventType.DOCUMENT_SIGNED, act.actor, act.at, signed)]
    if capacity is Capacity.AGENCY and document.registered is None:
        numbered = {**data, "registered": _ANY}
        acts.insert(0, Act(EventType.DOCUMENT_NUMBERED, act.actor, act.at, numbered))
    return acts


_ANY = {
    "book": "result",
    "year": date.min.year,
    "number": 1,
    "symbol": "",
    "issued_on": date.min.isoformat(),
}
