"""What the citizen is given on paper at the counter: the appointment slip (form 01), or what
must be supplemented (02), or why the application is not received (03)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection, select

from bpmn.steps import Outcome, Stage
from engine.model.dossier import Dossier
from engine.model.status import Status
from engine.queries.dossiers import Found, submission
from engine.queries.people import names_of
from engine.store.tables import agency, event


class SlipForm(IntEnum):
    """The form by its number (Circular 03/2025, Annex I)."""

    APPOINTMENT = 1
    SUPPLEMENT = 2
    REFUSAL = 3


@dataclass(frozen=True)
class HandedPaper:
    """A paper as it was handed in."""

    name: str
    originals: int
    copies: int


@dataclass(frozen=True)
class Slip:
    """Everything on the paper. `owner` and `submitter` are empty where they were erased by law;
    `checked` is the form of the check at the counter, `fee` in đồng, None where no table sets it.
    """

    form: SlipForm
    dossier: Dossier
    procedure_name: str
    limit_in_words: str
    superior: str | None
    agency: str
    competent: str | None
    owner: Mapping[str, Any]
    submitter: Mapping[str, Any]
    papers: list[HandedPaper]
    checked: Mapping[str, Any]
    fee: int | None
    officer: str | None
    at: datetime


def slip_of(tx: Connection, found: Found) -> Slip | None:
    """The paper of a dossier as it stands; None while the counter has not answered."""
    dossier = found.dossier
    form = _form(dossier)
    if form is None:
        return None
    said, checks = submission(tx, found), _checks(found)
    here = _agency(tx, dossier.receiving_agency)
    elsewhere = dossier.competent_agency != dossier.receiving_agency
    limit = dossier.clock.limit if dossier.clock else found.procedure.facts.time_limit
    return Slip(
        form=form,
        dossier=dossier,
        procedure_name=found.procedure.facts.name,
        limit_in_words=limit.in_words(),
        superior=_agency(tx, here.parent).name if here.parent else None,
        agency=here.name,
        competent=_agency(tx, dossier.competent_agency).name if elsewhere else None,
        owner=said.get("owner") or {},
        submitter=said.get("submitter") or said.get("owner") or {},
        papers=list(_papers(tx, found)),
        checked=next((dossier.facts[step] for step in checks if step in dossier.facts), {}),
        fee=_fee(dossier),
        officer=_officer(tx, dossier, checks),
        at=dossier.received_at or dossier.last_at or dossier.submitted_at,
    )


def _form(dossier: Dossier) -> SlipForm | None:
    if dossier.received_at is not None:
        return SlipForm.APPOINTMENT
    if dossier.outcome is Outcome.REFUSED_INTAKE:
        return SlipForm.REFUSAL
    supplementing = dossier.status is Status.SUPPLEMENT_REQUESTED_INTAKE
    return SlipForm.SUPPLEMENT if supplementing else None


def _checks(found: Found) -> list[str]:
    """The steps at which the counter checks."""
    steps = found.procedure.places.steps.values()
    return [step.id for step in steps if step.stage is Stage.RECEIPT]


def _agency(tx: Connection, code: str) -> Any:
    query = select(agency.c.name, agency.c.parent).where(agency.c.code == code)
    return tx.execute(query).one()


def _papers(tx: Connection, found: Found) -> list[HandedPaper]:
    query = select(event.c.data).where(event.c.dossier_id == found.id, event.c.seq == 1)
    handed = tx.execute(query).scalar_one()["components"]
    named = ((found.procedure.facts.component(each["code"]), each) for each in handed)
    return [
        HandedPaper(known.name, each.get("originals", 0), each.get("copies", 0))
        for known, each in named
        if known is not None
    ]


def _fee(dossier: Dossier) -> int | None:
    amount = dossier.facts.get("fee", {}).get("amount")
    return amount if isinstance(amount, int) else None


def _officer(tx: Connection, dossier: Dossier, checks: list[str]) -> str | None:
    who = next((dossier.done_by[step] for step in checks if step in dossier.done_by), None)
    return names_of(tx, [int(who)]).get(int(who)) if who else None
