"""What papers a step needs before it can be completed, whatever door its form comes through."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bpmn.component import Component
from bpmn.facts import Facts
from bpmn.steps import Paper, Step
from engine.errors.documents import DraftMissing, NotDigitised, SealMissing, SignatureMissing
from engine.life.decisions import ACCEPT, APPROVE, REFUSE, RETURN, SUPPLEMENT
from engine.life.setting import Setting
from engine.model.document import DOCUMENT_KIND_NAMES, Capacity, DocumentKind, Origin
from engine.model.dossier import Dossier, Task
from engine.model.event import Act


class PaperAct(StrEnum):
    """What a step does with papers."""

    DRAFT = "draft"
    SIGN = "sign"
    SEAL = "seal"
    DIGITISE = "digitise"


_GOING_BACK = frozenset({RETURN, SUPPLEMENT})


def require_papers(dossier: Dossier, task: Task, step: Step, act: Act, setting: Setting) -> None:
    """Raise `DraftMissing`, `SignatureMissing`, `SealMissing` or `NotDigitised` where a step is
    handed in without what its diagram asks for."""
    decision = act.data.get("decision")
    for paper in step.drafts:
        if is_drafted(paper, decision) and dossier.document_of(paper) is None:
            raise DraftMissing(**_named(dossier, task, paper))
    if step.signs and decision == APPROVE and not _is_signed(dossier, step.signs, act):
        raise SignatureMissing(**_named(dossier, task, step.signs))
    if step.seals and not _is_sealed(dossier, step.seals):
        raise SealMissing(**_named(dossier, task, step.seals))
    if step.digitises and (left := [c.name for c in undigitised(dossier, setting)]):
        raise NotDigitised(code=dossier.code, names="; ".join(left), task=task.name)


@dataclass(frozen=True)
class Need:
    """What a step wants done with papers before it is completed, and whether it is.

    `paper` is what is drawn up, signed or sealed; `components` are those not digitised yet.
    """

    act: PaperAct
    done: bool
    paper: Paper | None = None
    components: tuple[str, ...] = ()


def needs(dossier: Dossier, step: Step, setting: Setting) -> list[Need]:
    """All that a step wants; which of its drafts it is depends on the decision."""
    found = [
        Need(PaperAct.DRAFT, dossier.document_of(paper) is not None, paper) for paper in step.drafts
    ]
    if step.signs:
        document = dossier.document_of(step.signs)
        signed = document is not None and document.signed_as(Capacity.LEADER) is not None
        found.append(Need(PaperAct.SIGN, signed, step.signs))
    if step.seals:
        found.append(Need(PaperAct.SEAL, _is_sealed(dossier, step.seals), step.seals))
    if step.digitises:
        left = tuple(component.code for component in undigitised(dossier, setting))
        found.append(Need(PaperAct.DIGITISE, not left, components=left))
    return found


def is_drafted(paper: Paper, decision: str | None) -> bool:
    """Whether a decision goes on with this paper: a refusal with none but its own."""
    if decision in _GOING_BACK:
        return False
    if decision == REFUSE:
        return paper is Paper.REFUSAL
    return paper is Paper.RESULT or decision not in (ACCEPT, APPROVE)


def undigitised(dossier: Dossier, setting: Setting) -> Iterator[Component]:
    """Components that were handed in to be kept and have neither a document that counts nor data
    that was looked up instead."""
    for component in to_keep(dossier, setting.procedure.facts):
        if not is_data(dossier, component.code):
            yield component


def to_keep(dossier: Dossier, facts: Facts) -> Iterator[Component]:
    """Components that were handed in to be kept, not only shown."""
    for code in dossier.components:
        component = facts.component(code)
        if component and not component.present_only:
            yield component


def is_data(dossier: Dossier, component: str) -> bool:
    """Whether a component was looked up, or has documents that count: what an officer scanned
    once it is signed; what came as a file as it was handed in."""
    if component in dossier.obtained:
        return True
    documents = [each for each in dossier.documents.values() if each.component == component]
    return bool(documents) and all(
        each.origin is not Origin.SCANNED or each.signed_as(Capacity.RECEPTION)
        for each in documents
    )


def _is_signed(dossier: Dossier, paper: Paper, act: Act) -> bool:
    document = dossier.document_of(paper)
    signature = document.signed_as(Capacity.LEADER) if document else None
    return signature is not None and signature.by == int(act.actor)


def _is_sealed(dossier: Dossier, paper: Paper) -> bool:
    document = dossier.document_of(paper)
    return document is not None and document.signed_as(Capacity.AGENCY) is not None


def _named(dossier: Dossier, task: Task, paper: Paper) -> dict[str, str]:
    name = DOCUMENT_KIND_NAMES[DocumentKind(paper)]
    return {"code": dossier.code, "name": name, "task": task.name}
