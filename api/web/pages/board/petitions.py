"""Petitions on the board: who waits for whom, one of them, and what may be done with it."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request
from marshmallow import Schema
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.paging import answer, wanted
from api.problems import STATUS_OF
from api.readings import record_petition
from api.v1.schemas.petitions import (
    ConcernedIn,
    HandlerIn,
    PetitionForwardIn,
    PetitionListIn,
    PetitionPublicIn,
    PetitionSaidIn,
)
from api.web.edge import acts, reads
from api.web.entered import Entered, nothing_yet, read
from api.web.language import gettext as _
from api.web.pages.board.asking import address, asked, routes, show
from engine.commands import petitions as commands
from engine.commands.petitions import Concerned, Forwarding, OnPetition, Public
from engine.errors import EngineError
from engine.model.actor import Permission, has
from engine.model.petition import (
    PETITION_EVENT_NAMES,
    PETITION_KIND_NAMES,
    PETITION_SOURCE_NAMES,
    PETITION_STATE_NAMES,
    Petition,
    PetitionState,
)
from engine.petitions.redacting import redacted
from engine.queries.agencies import list_agencies
from engine.queries.paging import Slice
from engine.queries.petition_view import PetitionView, petition_people_of, petition_view
from engine.queries.petitions import (
    PetitionFilter,
    PetitionStanding,
    count_petitions,
    list_petitions,
)

_PATH = "/phan-anh"
_ONE = f"{_PATH}/<code:code>"
MOST_AGENCIES = 1_000


@routes.get(_PATH)
@reads
def petitions(call: Call) -> str:
    """Petitions of one's agencies; first those that wait, by the time left."""
    query = asked(PetitionListIn)
    query.setdefault("standing", PetitionStanding.OPEN)
    part, chosen = wanted(query), PetitionFilter(**query)
    found = answer(list_petitions(call.tx, part, chosen, call.actor, call.now))
    onward = found["next"] and address(_PATH, request.args, cursor=found["next"])
    return show(
        "petitions/list.html",
        call.tx,
        call.actor,
        chosen.agency,
        items=found["items"],
        next=onward,
        chosen=chosen,
        may_enter=has(call.actor, Permission.PETITION_ENTER),
        counts=count_petitions(call.tx, call.actor, call.now),
        **_names(),
    )


@routes.get(_ONE)
@reads
def petition(call: Call, code: str) -> str:
    """One of them, with what one may do; that one looked is written down."""
    found = petition_view(call.tx, code, call.actor, call.now)
    record_petition(call, found.id)
    return _page(call, found, nothing_yet())


_Act = Callable[[Call, OnPetition, dict[str, Any]], Petition]


def _saying(act: Callable[..., Petition]) -> _Act:
    return lambda call, on, said: act(call.tx, on, call.actor, call.now)


def _accept(call: Call, on: OnPetition, said: dict[str, Any]) -> Petition:
    return commands.accept(call.tx, on, said["handler"], call.actor, call.now)


def _link(call: Call, on: OnPetition, said: dict[str, Any]) -> Petition:
    return commands.link(call.tx, on, Concerned(**said), call.actor, call.now)


def _forward(call: Call, on: OnPetition, said: dict[str, Any]) -> Petition:
    to = Forwarding(said["agency"], said["outside"])
    return commands.forward(call.tx, on, to, call.actor, call.now)


def _publish(call: Call, on: OnPetition, said: dict[str, Any]) -> Petition:
    return commands.publish(call.tx, on, Public(**said), call.actor, call.now)


ACTS: dict[str, tuple[type[Schema], _Act]] = {
    "giao": (HandlerIn, _accept),
    "lien-quan": (ConcernedIn, _link),
    "bo-sung": (PetitionSaidIn, _saying(commands.ask_for_more)),
    "tu-choi": (PetitionSaidIn, _saying(commands.refuse)),
    "chuyen": (PetitionForwardIn, _forward),
    "tra-loi": (PetitionSaidIn, _saying(commands.answer)),
    "cong-khai": (PetitionPublicIn, _publish),
    "khong-cong-khai": (PetitionSaidIn, _saying(commands.withhold)),
}
"""The last part of an address → what its form holds, and what it does."""


@routes.post(f"{_ONE}/<any({', '.join(repr(act) for act in ACTS)}):act>")
@acts
def act_on_petition(call: Call, code: str, act: str) -> AnyResponse | tuple[str, int]:
    """Do one of these; what is refused is said beside what was typed."""
    schema, do = ACTS[act]
    entered, status = read(schema), 422
    if entered.is_good:
        on = OnPetition(code, _revision(), entered.data.get("text", ""))
        try:
            found = do(call, on, entered.data)
        except EngineError as refused:
            status = STATUS_OF[refused.kind]
            entered.refuse(refused)
        else:
            flash(_("Đã ghi: {what}.").format(what=_(PETITION_STATE_NAMES[found.state])), "done")
            return redirect(address(f"{_PATH}/{code}"), 303)
    found_view = petition_view(call.tx, code, call.actor, call.now)
    return _page(call, found_view, entered, act), status


def _revision() -> int | None:
    given = request.form.get("revision", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def _page(call: Call, found: PetitionView, entered: Entered, act: str | None = None) -> str:
    people = petition_people_of(call.tx, found, call.actor)
    agencies = list_agencies(call.tx, Slice(MOST_AGENCIES)).items
    return show(
        "petitions/one.html",
        call.tx,
        call.actor,
        None,
        found=found,
        item=found.item,
        entered={act: entered},
        blank=nothing_yet(handler=str(call.actor.id)),
        handlers=[(each.id, each.full_name) for each in people.handlers],
        officers=[(each.id, each.full_name) for each in people.officers],
        other_agencies=[(e.code, e.name) for e in agencies if e.code != found.item.agency],
        proposed=_proposed(found),
        may=_open_acts(found),
        **_names(),
    )


def _proposed(found: PetitionView) -> Entered:
    """Matter and answer with what must not be published taken out, for a person to look over."""
    answered = (step.said for step in found.steps if step.type.value == "PETITION_ANSWERED")
    said = next(answered, None) or {}
    names = [*(found.sender or {}).values(), found.about, found.officer_name]
    texts = {"question": found.text or "", "answer": str(said.get("text", ""))}
    return nothing_yet(**{name: redacted(text, names) for name, text in texts.items()})


_S = PetitionState
_ACTS_OF = {
    _S.RECEIVED: ("giao", "bo-sung", "chuyen", "tu-choi", "lien-quan"),
    _S.PROCESSING: ("tra-loi", "bo-sung", "giao", "chuyen", "tu-choi", "lien-quan"),
    _S.SUPPLEMENT_ASKED: ("chuyen", "tu-choi", "lien-quan"),
    _S.ANSWERED: ("cong-khai", "khong-cong-khai"),
}


def _open_acts(found: PetitionView) -> tuple[str, ...]:
    """What one may do now, the likeliest first."""
    if not found.may_handle:
        return ()
    open_ones = _ACTS_OF.get(found.petition.state, ())
    closed = {"bo-sung"} if found.petition.anonymous else set()
    return tuple(act for act in open_ones if act not in closed)


def _names() -> dict[str, Any]:
    return {
        "kinds": PETITION_KIND_NAMES,
        "states": PETITION_STATE_NAMES,
        "sources": PETITION_SOURCE_NAMES,
        "events": PETITION_EVENT_NAMES,
    }
