"""What the pages of the steps show beside what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request

from api.edge import Call
from api.web.jsonform import show
from api.web.language import gettext as _
from api.web.reception.declaration import card_holders, holder_name
from api.web.reception.desk import Desk
from api.web.reception.papers import Demand
from api.web.reception.steps import WizardStep, steps
from bpmn.applicants import applicant_categories
from bpmn.particulars import OWNER, SUBMITTER
from engine.commands.submission import rehearse_submission
from engine.deadlines.calendar import local
from engine.errors import EngineError, FormInvalid
from engine.life.decisions import ACCEPT
from engine.queries import reception, search
from engine.queries.dossiers import DossierItem, Found
from engine.queries.due import DueView, explain
from engine.queries.paging import Slice
from engine.store import definitions, editions

MOST_EARLIER = 5


@dataclass(frozen=True)
class Promise:
    """The date that would be promised, and what it comes from; or why none can be."""

    due: DueView | None = None
    off: list[tuple[date, str]] | None = None
    refused: str | None = None


def context_of(call: Call, desk: Desk, step: WizardStep, checked: bool) -> dict[str, Any]:
    """What the template of a step needs."""
    contexts = {
        "nguoi-nop": _applicant,
        "giay-to": _papers,
        "to-khai": _declaration,
        "quyet-dinh": _decision,
    }
    return contexts[step.path](call, desk, checked)


def _applicant(call: Call, desk: Desk, checked: bool) -> dict[str, Any]:
    entered, facts = desk.applicant, desk.procedure.facts
    deciding = reception.deciding_agencies(call.tx, facts.levels, desk.draft.agency)
    competent = desk.texts.get("case.competent_agency") or deciding[0].code
    rulebook = editions.rulebook(call.tx, editions.in_force(call.tx, competent).rulebook)
    shown = entered if checked else type(entered)(entered.values)
    return {
        "entered": shown,
        "unread": request.args.get("the"),
        "focus": None if checked else _cursor(desk.texts),
        "deciding": [(each.code, each.name) for each in deciding],
        "priorities": [(each.code, each.name) for each in rulebook.priorities.values()],
        "categories": [
            (each.code, each.name)
            for each in applicant_categories().values()
            if each.counts_on(local(call.now).date())
        ],
        "earlier": _earlier(call, desk),
        "special": competent != deciding[0].code
        or any(
            desk.texts.get(f"case.{name}")
            for name in ("other_owner", "ticket", "priority.reason", "category.category")
        ),
    }


def _cursor(texts: Mapping[str, str]) -> str | None:
    """Where the cursor goes: to the scanner, then to what no card says."""
    if not texts.get("submitter.name"):
        return "scan.submitter"
    return None if texts.get("submitter.phone") else "submitter.phone"


def _earlier(call: Call, desk: Desk) -> list[DossierItem]:
    """The last dossiers of the same persons."""
    numbers = {desk.texts.get(f"{who}.personal_id", "") for who in (SUBMITTER, OWNER)} - {""}
    found: dict[str, DossierItem] = {}
    for number in sorted(numbers):
        page = search.search(call.tx, Slice(MOST_EARLIER), number, call.actor)
        found |= {item.code: item for item in page.items}
    return list(found.values())[:MOST_EARLIER]


def _papers(call: Call, desk: Desk, checked: bool) -> dict[str, Any]:
    rows = desk.papers.rows
    groups = [
        (_("Phải có"), [each for each in rows if each.demand in (Demand.HAND_IN, Demand.SHOW)]),
        (
            _("Không được yêu cầu nộp: lấy từ cơ sở dữ liệu, chỉ nhận khi không tra cứu được"),
            [each for each in rows if each.demand is Demand.DATABASE],
        ),
        (
            _("Chỉ khi thuộc trường hợp được ghi"),
            [each for each in rows if each.demand is Demand.CONDITIONAL],
        ),
    ]
    return {"papers": desk.papers, "groups": [group for group in groups if group[1]]}


def _declaration(call: Call, desk: Desk, checked: bool) -> dict[str, Any]:
    typed = desk.declaration
    holders = [(who, holder_name(desk.procedure, who)) for who in card_holders(desk.procedure)]
    return {
        "shown": show(typed.fields, typed.texts, typed.errors if checked else {}),
        "holders": holders,
        "unread": request.args.get("the"),
    }


def _decision(call: Call, desk: Desk, checked: bool) -> dict[str, Any]:
    typed = desk.check
    unfinished = [step for step in steps()[:-1] if step.errors(desk)]
    promise = None if unfinished else _promise(call, desk)
    return {
        "shown": show(typed.fields, typed.texts, typed.errors if checked else {}),
        "unfinished": unfinished,
        "papers": desk.papers,
        "promise": promise,
        "refused": None if unfinished or not checked else _refused(call, desk),
        "accept": ACCEPT,
    }


def _promise(call: Call, desk: Desk) -> Promise:
    try:
        dossier = rehearse_submission(call.tx, desk.accepted(), call.actor, call.now)
    except EngineError as refused:
        return Promise(refused=refused.message)
    setting = definitions.setting_of(call.tx, dossier.version, dossier.rulebook)
    view = explain(Found(0, dossier, setting), [], local(call.now))
    return Promise(view, [(day.date, day.why) for day in view.days if not day.counted])


def _refused(call: Call, desk: Desk) -> str | None:
    """What the engine says against the dossier beside what fields say themselves."""
    try:
        rehearse_submission(call.tx, desk.command(), call.actor, call.now)
    except FormInvalid:
        return None
    except EngineError as refused:
        return refused.message
    return None
