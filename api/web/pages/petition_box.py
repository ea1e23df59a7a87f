"""For everyone: tell an agency what was wrong, see what became of it, read what others were told.
Nobody signs in here."""

from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, make_response, redirect, request, url_for
from werkzeug import Response as AnyResponse
from werkzeug.exceptions import TooManyRequests

from api import petition_box
from api.fields import In, Text, Whole
from api.paging import answer, wanted
from api.problems import STATUS_OF
from api.services import services
from api.v1.schemas.petitions import PetitionIn, PublishedListIn
from api.web.edge import public
from api.web.entered import Entered, nothing_yet, read
from api.web.frame import render
from api.web.language import gettext as _
from api.web.pages.board.asking import asked
from engine.commands.petition_box import MOST_STARS, MOST_TEXT, RateAnswer, SupplyPetition
from engine.errors import EngineError
from engine.errors.tracking import NothingTracked
from engine.model.petition import PETITION_EVENT_NAMES, PETITION_KIND_NAMES, PETITION_STATE_NAMES
from engine.model.slip_link import slip_key
from engine.queries.agencies import list_agencies
from engine.queries.paging import Slice
from engine.queries.petition_box import OwnPetition, agency_concerned, published_petitions
from engine.store.petition_people import PetitionClaim
from engine.store.tracking import Claim

routes = Blueprint("petition_box", __name__, url_prefix="/phan-anh")
MOST_AGENCIES = 1_000


class BoxIn(PetitionIn):
    """What someone tells; `key` where they come from the page of their dossier."""

    key = Text(64)


class ClaimIn(In):
    """A code, and a number or address that was left, or the secret key."""

    code = Text(64, 1, required=True)
    factor = Text(200, 1, required=True)


class MoreIn(In):
    """What was asked for; `code` and `key` stood in the form of the page before."""

    code = Text(64, 1, required=True)
    key = Text(64, 1, required=True)
    text = Text(MOST_TEXT, 1, required=True)


class OpinionIn(In):
    """How content one is with the answer."""

    code = Text(64, 1, required=True)
    key = Text(64, 1, required=True)
    stars = Whole(1, MOST_STARS, required=True)
    comment = Text(MOST_TEXT)


@routes.get("")
@public
def write() -> str:
    """The form; the page of a dossier and posters lead here with what they know."""
    known = {"dossier": "ma", "key": "k", "agency": "co-quan"}
    said = {name: request.args.get(arg, "")[:64] for name, arg in known.items()}
    if said["key"]:
        said["agency"] = _agency_of(Claim(said["dossier"], key=said["key"]))
    return _form(nothing_yet(**said))


@routes.post("")
@public
def send() -> AnyResponse:
    """Keep it, and lead to the page where its sender sees what becomes of it."""
    entered, status = read(BoxIn), 422
    if entered.is_good:
        said, key = entered.data["said"], entered.data.get("key")
        if key:
            said = replace(said, claim=Claim(said.dossier, key=key))
        try:
            found, mine = petition_box.send(said)
        except TooManyRequests:
            status = 429
            entered.errors["_"] = [_("Đã gửi nhiều phản ánh trong một giờ. Hãy gửi tiếp sau.")]
        except EngineError as refused:
            status = STATUS_OF[refused.kind]
            entered.refuse(refused)
        else:
            told = _("Đã gửi {code}. Hãy lưu địa chỉ trang này để xem phản ánh được xử lý ra sao.")
            flash(told.format(code=found.code), "done")
            return redirect(url_for(".open_link", code=found.code, k=mine), 303)
    return make_response(_form(entered), status)


@routes.get("/tra-cuu")
@public
def show() -> str:
    """The form of looking up; messages lead here with the code and nothing more."""
    return _search(nothing_yet(code=request.args.get("ma", "")[:64]))


@routes.post("/tra-cuu")
@public
def search() -> AnyResponse:
    """What became of it, by code and number; the number is never part of an address."""
    entered = read(ClaimIn)
    return _found(PetitionClaim(**entered.data), entered) if entered.is_good else _refused(entered)


@routes.get("/tra-cuu/<code:code>")
@public
def open_link(code: str) -> AnyResponse:
    """The sender's own page."""
    return _found(PetitionClaim(code, key=request.args.get("k", "")), nothing_yet(code=code))


@routes.post("/bo-sung")
@public
def add() -> AnyResponse:
    """What the office asked for."""
    entered = read(MoreIn)
    claim = PetitionClaim(request.form.get("code", ""), key=request.form.get("key", ""))
    if entered.is_good:
        try:
            petition_box.add(SupplyPetition(claim, entered.data["text"]))
        except EngineError as refused:
            entered.refuse(refused)
        else:
            flash(_("Đã nhận thông tin bổ sung. Cơ quan sẽ xử lý tiếp."), "done")
            return redirect(url_for(".open_link", code=claim.code, k=claim.key), 303)
    return _found(claim, entered, 422)


@routes.post("/danh-gia")
@public
def rate() -> AnyResponse:
    """How content the sender is."""
    entered = read(OpinionIn)
    claim = PetitionClaim(request.form.get("code", ""), key=request.form.get("key", ""))
    if entered.is_good:
        said = RateAnswer(claim, entered.data["stars"], entered.data.get("comment", ""))
        try:
            petition_box.rate(said)
        except EngineError as refused:
            entered.refuse(refused)
        else:
            flash(_("Cảm ơn bạn đã đánh giá."), "done")
            return redirect(url_for(".open_link", code=claim.code, k=claim.key), 303)
    return _found(claim, entered, 422)


@routes.get("/cong-khai")
@public
def published() -> str:
    """What others asked, and were told."""
    query = asked(PublishedListIn)
    part = wanted(query)
    with services().database.reading() as tx:
        found = answer(published_petitions(tx, part, **query))
    onward = found["next"] and urlencode({**request.args, "cursor": found["next"]})
    return render(
        "petitions/published.html",
        items=found["items"],
        next=onward and f"{request.path}?{onward}",
        kinds=PETITION_KIND_NAMES,
    )


def _agency_of(claim: Claim) -> str:
    house = services()
    with suppress(NothingTracked), house.database.reading() as tx:
        return agency_concerned(tx, claim, house.settings.secret_key)
    return ""


def _form(entered: Entered) -> str:
    with services().database.reading() as tx:
        agencies = list_agencies(tx, Slice(MOST_AGENCIES)).items
    return render(
        "petitions/write.html",
        entered=entered,
        agencies=[(each.code, each.name) for each in agencies],
        kinds=[(kind.value, _(name)) for kind, name in PETITION_KIND_NAMES.items()],
        most=MOST_TEXT,
    )


def _search(entered: Entered) -> str:
    return render("petitions/search.html", entered=entered)


def _found(claim: PetitionClaim, entered: Entered, status: int = 200) -> AnyResponse:
    """The page of a petition, or the form again for whom it does not open."""
    try:
        return make_response(_page(petition_box.track(claim), entered), status)
    except TooManyRequests:
        entered.errors["_"] = [_("Đã thử quá nhiều lần. Hãy đợi một lúc rồi thử lại.")]
        return _refused(entered, 429)
    except EngineError as refused:
        entered.errors["_"] = [_(refused.message)]
        return _refused(entered, STATUS_OF[refused.kind])


def _refused(entered: Entered, status: int = 422) -> AnyResponse:
    return make_response(_search(entered), status)


def _page(told: OwnPetition, entered: Entered) -> str:
    names: dict[str, Any] = {
        "kinds": PETITION_KIND_NAMES,
        "states": PETITION_STATE_NAMES,
        "events": PETITION_EVENT_NAMES,
    }
    key = slip_key(services().settings.secret_key, told.code)
    return render("petitions/own.html", told=told, entered=entered, key=key, **names)
