"""What of a dossier is kept for its owner, and how much of its papers is data."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from bpmn.component import Component
from bpmn.facts import Facts
from bpmn.steps import Outcome
from bpmn.time_limit import TimeLimit, Unit
from engine.deadlines.calendar import local
from engine.deadlines.due import plus_months
from engine.errors.vault import DocumentNotKept, WithdrawnAlready
from engine.life.papers import is_data, to_keep
from engine.life.setting import Setting
from engine.life.turn import Turn
from engine.model.document import (
    Capacity,
    Document,
    DocumentKind,
    Origin,
    Withdrawal,
)
from engine.model.dossier import Dossier
from engine.model.event import Act
from engine.model.vault import Kept, component_type


def kept(dossier: Dossier, facts: Facts) -> dict[int, Kept]:
    """The papers that the vault keeps of a dossier, by the number of the document.

    Its result once it is signed, sealed and given out, and components that an officer digitised
    and signed, until they are destroyed with everything personal in the dossier. What came from the
    vault is there already.
    """
    found = (_kept(dossier, document, facts) for document in dossier.documents.values())
    return {each.document: each for each in found if each}


def _kept(dossier: Dossier, document: Document, facts: Facts) -> Kept | None:
    if document.kind is DocumentKind.RESULT:
        return _result(dossier, document, facts)
    component = facts.component(document.component or "")
    if document.kind is DocumentKind.COMPONENT and component and not dossier.masked_at:
        return _component(dossier, document, component)
    return None


def _result(dossier: Dossier, document: Document, facts: Facts) -> Kept | None:
    seal, book = document.signed_as(Capacity.AGENCY), document.registered
    given_out = dossier.processed_at and dossier.outcome in (None, Outcome.DELIVERED)
    if not (seal and book and dossier.processed_at and given_out):
        return None
    return Kept(
        document=document.number,
        kind=document.kind,
        type=facts.result_code or f"{facts.code}:{document.kind}",
        name=facts.result_name,
        agency=dossier.competent_agency,
        file=document.file,
        number=book.in_words,
        issued_on=book.issued_on,
        valid_until=_last_day(book.issued_on, facts.result_valid_for),
        kept_at=max(seal.at, dossier.processed_at),
        **_withdrawn(document),
    )


def _component(dossier: Dossier, document: Document, component: Component) -> Kept | None:
    signature = document.signed_as(Capacity.RECEPTION)
    if signature is None or document.origin is Origin.VAULT or not component.reusable:
        return None
    handed_in = local(dossier.submitted_at).date()
    return Kept(
        document=document.number,
        kind=document.kind,
        type=component_type(dossier.procedure, component.code),
        name=component.name,
        agency=dossier.receiving_agency,
        file=document.file,
        number=None,
        issued_on=handed_in,
        valid_until=_last_day(handed_in, component.valid_for),
        kept_at=signature.at,
        **_withdrawn(document),
    )


def _withdrawn(document: Document) -> dict[str, Any]:
    taken = document.withdrawal
    return {"withdrawn_at": taken.at, "superseded_by": taken.superseded_by} if taken else {}


def _last_day(issued_on: date, lasting: TimeLimit | None) -> date | None:
    if lasting is None:
        return None
    amount = int(lasting.amount)
    if lasting.unit is Unit.DAYS:
        return issued_on + timedelta(days=amount)
    return plus_months(issued_on, amount)


def withdraw(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """A paper that was given out is taken back, or replaced by one of another dossier; also when
    the dossier is finished."""
    number, code = act.data["document"], dossier.code
    paper = kept(dossier, setting.procedure.facts).get(number)
    if paper is None:
        raise DocumentNotKept(code=code, document=number)
    if paper.withdrawn_at:
        raise WithdrawnAlready(code=code, document=number)
    withdrawal = Withdrawal(act.at, act.actor, act.data.get("superseded_by"))
    dossier.documents[number] = replace(dossier.documents[number], withdrawal=withdrawal)
    return Turn.of(dossier, act, setting)


@dataclass(frozen=True)
class Digitised:
    """How much of a dossier's papers is data: components that have to be, that are, and that came
    from the vault; whether its result is signed and sealed."""

    components_due: int
    components_digitised: int
    components_reused: int
    result_signed: bool


def digitised(dossier: Dossier, facts: Facts) -> Digitised:
    """Count a dossier's papers."""
    documents = dossier.documents.values()
    due = {component.code for component in to_keep(dossier, facts)}
    due |= {each.component for each in documents if each.component}
    result = dossier.document_of(DocumentKind.RESULT)
    return Digitised(
        components_due=len(due),
        components_digitised=sum(is_data(dossier, code) for code in due),
        components_reused=len({d.component for d in documents if d.origin is Origin.VAULT}),
        result_signed=result is not None and result.signed_as(Capacity.AGENCY) is not None,
    )
