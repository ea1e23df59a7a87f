"""The control slip of a dossier (form 06): who handed it to whom and when, and in time or not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bpmn.roles import ROLE_NAMES, Role
from engine.deadlines.calendar import local
from engine.errors.letters import FormNotInForce
from engine.model.actor import Actor, Permission
from engine.model.letter_forms import FormDetails, LetterForm, form_on
from engine.printing.templates import Source
from engine.queries.dossiers import Found, require, submission
from engine.queries.letter_people import officer_of
from engine.queries.letter_values import Links, person, place_of, when
from engine.queries.responsibility import unit_names
from engine.store import agencies, letter_templates
from engine.store.tables import task

APPLICANT = "Người nộp hồ sơ"
EARLY, ON_TIME, LATE = "Trước hạn", "Đúng hạn", "Quá hạn"


@dataclass(frozen=True)
class Paper:
    """A paper that is drawn as things stand."""

    details: FormDetails
    source: Source
    values: Mapping[str, Any]


def control_slip(tx: Connection, found: Found, links: Links, actor: Actor, now: datetime) -> Paper:
    """The slip that goes with a dossier, as far as it has come.

    Raises `NotPermitted` and `FormNotInForce`.
    """
    dossier, facts = found.dossier, found.procedure.facts
    require(dossier, actor, Permission.EVENT_READ, "xem phiếu kiểm soát của hồ sơ này")
    steps = list(_steps(tx, found.id))
    here = {dossier.receiving_agency, dossier.competent_agency}
    names = unit_names(tx, {*here, *(step.agency for step in steps)})
    paper = paper_of(tx, LetterForm.CONTROL_SLIP, dossier.receiving_agency, actor, now)
    values = {
        **vars(links),
        "code": dossier.code,
        "procedure": {"code": facts.code, "name": facts.name, "field": facts.field},
        "owner": person(submission(tx, found).get("owner")),
        "received_at": when(dossier.received_at),
        "due_at": when(dossier.due_at),
        "receiving": names[dossier.receiving_agency, None],
        "competent": names[dossier.competent_agency, None],
        "cooperating": [names[each.agency, None] for each in steps if each.agency not in here],
        "handovers": _handovers(steps, names),
    }
    return Paper(paper.details, paper.source, {**paper.values, **values})


def paper_of(tx: Connection, form: LetterForm, agency: str, actor: Actor, now: datetime) -> Paper:
    """The head of a paper of an agency's counter, drawn by someone now."""
    day = local(now).date()
    details = form_on(form, day)
    if details is None:
        raise FormNotInForce(form=form)
    line = agencies.line(tx, agency)
    values = {
        "form": {**vars(details), "form": form.value},
        "number": None,
        "symbol": details.symbol,
        "superior": line[0].name,
        "issuer": details.counter,
        "counter": details.counter,
        "place": place_of(line[0].name),
        "issued_at": when(now),
        "officer": vars(officer_of(tx, actor.key, agency)),
    }
    return Paper(details, letter_templates.in_force(tx, line, form, day), values)


def _steps(tx: Connection, dossier_id: int) -> Iterator[Any]:
    query = select(task).where(task.c.dossier_id == dossier_id)
    return iter(tx.execute(query.order_by(task.c.opened_at, task.c.place)).all())


def _handovers(
    steps: Sequence[Any], names: Mapping[tuple[str, str | None], str]
) -> list[dict[str, Any]]:
    """One line for each task: whoever had it before gives it, and how it was then done."""
    lines: list[dict[str, Any]] = []
    giver = APPLICANT
    for step in steps:
        taker = names.get((step.agency, step.unit)) or ROLE_NAMES[Role(step.role)]
        lines.append(
            {
                "giver": giver,
                "taker": taker,
                "at": when(step.opened_at),
                "until": when(step.closed_at),
                "result": _result(step),
                "note": step.name,
            }
        )
        giver = taker
    return lines


def _result(step: Any) -> str:
    """Whether a task was done before its day, on it, or too late; empty while it is open."""
    if step.state != "completed":
        return "Hủy" if step.state == "cancelled" else ""
    if step.overdue or step.closed_at > step.due_at:
        return LATE
    return ON_TIME if local(step.closed_at).date() == local(step.due_at).date() else EARLY
