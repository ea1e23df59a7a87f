"""The counter: finding a procedure, then four steps to a dossier and its slip."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.web.edge import acts, reads
from api.web.frame import render
from api.web.language import gettext as _
from api.web.reception.applicant import card_known, card_texts
from api.web.reception.applying import kept_unsent
from api.web.reception.declaration import CHECK, PREFIX, filled_texts, holder_name
from api.web.reception.desk import Desk
from api.web.reception.showing import context_of
from api.web.reception.steps import WizardStep, following, steps
from bpmn.particulars import OWNER, SUBMITTER
from engine.commands.reception import (
    begin_reception,
    drop_reception,
    finish_reception,
    save_reception,
)
from engine.commands.submission import rehearse_submission
from engine.errors import EngineError, NotPermitted
from engine.model.actor import Permission, has
from engine.model.id_card import read_id_card
from engine.queries import reception
from engine.queries.paging import Slice
from engine.queries.procedure_search import find_procedures
from engine.queries.procedures import procedure
from engine.store import reception_drafts

routes = Blueprint("reception", __name__, url_prefix="/tiep-nhan")
MOST_FOUND = 8
MOST_AWAITED = 20
UNREAD = (SUBMITTER, OWNER, "holder")
"""Whose card was scanned, should it be unreadable."""


@routes.get("")
@reads
def index(call: Call) -> str:
    """Whom to receive: a procedure to find, what was begun, what waits to be answered."""
    counters = _counters(call)
    return render(
        "reception/start.html",
        counters=counters,
        drafts=reception.drafts_of(call.tx, call.actor),
        awaited=reception.awaiting_intake(call.tx, Slice(MOST_AWAITED), call.actor, call.now),
        **_found(call, counters),
    )


@routes.get("/goi-y")
@reads
def suggest(call: Call) -> str:
    """The procedures that fit what is being typed."""
    return render("reception/found.html", **_found(call, _counters(call)))


def _counters(call: Call) -> list[reception.Agency]:
    if not has(call.actor, Permission.DOSSIER_RECEIVE):
        raise NotPermitted(what="tiếp nhận hồ sơ")
    return reception.counters(call.tx, call.actor)


def _found(call: Call, counters: list[reception.Agency]) -> dict[str, Any]:
    typed, codes = request.args.get("tim", "")[:200], [each.code for each in counters]
    counter = request.args.get("tai", codes[0])
    counter = counter if counter in codes else codes[0]
    found = find_procedures(call.tx, typed, counter, call.actor, MOST_FOUND)
    return {"typed": typed, "counter": counter, "found": found}


@routes.post("")
@acts
def begin(call: Call) -> AnyResponse:
    """Begin to receive an application for the chosen procedure."""
    code, counter = request.form.get("procedure", ""), request.form.get("counter", "")
    number = begin_reception(call.tx, code, counter, call.actor, call.now)
    return _to(number, steps()[0].path)


@routes.post("/<number:number>/bo")
@acts
def drop(call: Call, number: int) -> AnyResponse:
    """Throw away what was typed."""
    drop_reception(call.tx, number, call.actor)
    flash(_("Đã bỏ hồ sơ đang nhập."), "ok")
    return redirect(url_for("reception.index"), 303)


@routes.get("/<number:number>/<path>")
@reads
def show(call: Call, number: int, path: str) -> Any:
    """One step, with all that was typed so far."""
    step, desk = _step(path), _desk(call, number)
    if desk.draft.dossier is not None:
        return redirect(url_for("letters.newest", code=desk.draft.dossier), 303)
    checked = "kiem" in request.args
    context = context_of(call, desk, step, checked)
    return render(step.template, desk=desk, step=step, steps=steps(), checked=checked, **context)


@routes.post("/<number:number>/<path>")
@acts
def save(call: Call, number: int, path: str) -> Any:
    """Keep a step, whatever is still wrong with it, and go where the button says."""
    step, desk = _step(path), _desk(call, number, lock=True)
    if desk.draft.dossier is not None:
        return redirect(url_for("letters.newest", code=desk.draft.dossier), 303)
    texts, scanned = _typed(desk, step)
    save_reception(call.tx, number, texts, call.actor, call.now)
    to = request.form.get("to", "")
    if to == "stay":
        return "", 204
    return _sent_on(number, step, to, scanned) or _go_on(call, number, step)


def _sent_on(number: int, step: WizardStep, to: str, scanned: str) -> AnyResponse | None:
    """Where the button leads whatever is still wrong; None where one wants to go on."""
    if to == "later":
        return redirect(url_for("reception.index"), 303)
    if scanned in UNREAD:
        return _to(number, step.path, the=scanned)
    if scanned or to == "scan":
        return _to(number, step.path)
    return _to(number, to) if to in (each.path for each in steps()) else None


def _go_on(call: Call, number: int, step: WizardStep) -> AnyResponse:
    desk = _desk(call, number)
    if step.errors(desk):
        return _to(number, step.path, kiem=1)
    if (next_ := following(step)).path != step.path:
        return _to(number, next_.path)
    if any(each.errors(desk) for each in steps()) or _refusal(call, desk):
        return _to(number, step.path, kiem=1)
    code = finish_reception(call.tx, number, lambda _draft: desk.command(), call.actor, call.now)
    return redirect(url_for("letters.newest", code=code, moi=1), 303)


def _refusal(call: Call, desk: Desk) -> EngineError | None:
    """Why the engine would not take the dossier, before anything is written."""
    try:
        rehearse_submission(call.tx, desk.command(), call.actor, call.now)
    except EngineError as refused:
        return refused
    return None


def _typed(desk: Desk, step: WizardStep) -> tuple[dict[str, str], str]:
    """The texts of the draft with those of this step as sent, and what came of a scanned card:
    "", "read", or the person of whom it could not be read."""
    sent = {k: v.strip() for k, v in request.form.items()}
    if step.prefixes == (CHECK,):
        sent = {CHECK + k.removeprefix(PREFIX): v for k, v in sent.items() if k.startswith(PREFIX)}
    kept = {name: text for name, text in desk.texts.items() if not step.owns(name)}
    ours = {name: text for name, text in sent.items() if step.owns(name)}
    texts = {**kept, **ours}
    if step.path == "nguoi-nop":
        texts, scanned = _with_cards(texts)
        return desk.with_people_of(texts), scanned
    if step.path == "giay-to":
        return desk.with_papers_of(texts), ""
    if step.path == "to-khai":
        away = kept_unsent(desk.declaration.fields, desk.texts, ours)
        return _with_holder(desk, {**away, **texts})
    return texts, ""


def _with_cards(texts: dict[str, str]) -> tuple[dict[str, str], str]:
    for who in (SUBMITTER, OWNER):
        if typed := request.form.get(f"scan.{who}", "").strip():
            card = read_id_card(typed)
            if card is None:
                return texts, who
            return {**texts, **card_texts(card, who)}, "read"
    return texts, ""


def _with_holder(desk: Desk, texts: dict[str, str]) -> tuple[dict[str, str], str]:
    """A card, or what is known of the submitter, filled in for a person of the declaration."""
    who, typed = request.form.get("holder", ""), request.form.get("scan.holder", "").strip()
    if same := request.form.get("same", ""):
        return _with_holder_known(desk, texts, same, desk.people[SUBMITTER]), "read"
    if not typed:
        return texts, ""
    card = read_id_card(typed)
    if card is None:
        return texts, "holder"
    return _with_holder_known(desk, texts, who, card_known(card)), "read"


def _with_holder_known(
    desk: Desk, texts: dict[str, str], who: str, said: Mapping[str, str]
) -> dict[str, str]:
    """Said as well, for the fields may not be shown yet."""
    found = filled_texts(desk.procedure, who, said)
    if found:
        name = holder_name(desk.procedure, who)
        flash(_("Đã điền vào tờ khai: %(name)s.") % {"name": name}, "ok")
    return {**texts, **found}


def _desk(call: Call, number: int, lock: bool = False) -> Desk:
    draft = reception_drafts.get(call.tx, number, call.actor.id, lock)
    return Desk(draft, procedure(call.tx, draft.procedure))


def _step(path: str) -> WizardStep:
    found = next((step for step in steps() if step.path == path), None)
    return found or abort(404)


def _to(number: int, path: str, **query: Any) -> AnyResponse:
    return redirect(url_for("reception.show", number=number, path=path, **query), 303)
