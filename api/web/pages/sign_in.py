"""Signing in, with a password of this house or an account of another, and out."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask import session as cookie
from werkzeug import Response as AnyResponse
from werkzeug.exceptions import NotFound, TooManyRequests

from api.edge import Call
from api.services import services
from api.sign_in import who_has
from api.v1.schemas.people import SessionIn
from api.web import device, session
from api.web.edge import acts, public
from api.web.entered import Entered, nothing_yet, read
from api.web.frame import render
from api.web.language import gettext as _
from api.web.provider import Provider, back_to, chosen
from engine.errors import EngineError, WrongCredentials
from engine.errors.access import NoAccountHere, ProviderUnreachable
from engine.model.actor import Actor
from engine.store import sessions, users

routes = Blueprint("sign_in", __name__)
_WANTED = "wanted"


@routes.get("/dang-nhap")
@public
def show() -> str:
    """The log-in."""
    return _page(nothing_yet())


@routes.post("/dang-nhap")
@public
def enter() -> Any:
    """Sign in with name and password."""
    entered = read(SessionIn)
    if entered.is_good:
        username = entered.data["username"]
        try:
            actor = who_has(username, entered.data["password"], device.known(username))
        except WrongCredentials as refused:
            entered.refuse(refused)
        except TooManyRequests as refused:
            entered.errors["_"] = [too_often(refused)]
        else:
            return _welcome(actor)
    return _page(entered), 422


@routes.get("/dang-nhap/noi-khac")
@public
def elsewhere() -> Any:
    """To the provider that the office chose."""
    cookie[_WANTED] = _wanted()
    try:
        return _provider().send_to(back_to(url_for("sign_in.come_back")))
    except ProviderUnreachable as refused:
        return _refused(refused)


@routes.get("/dang-nhap/tro-ve")
@public
def come_back() -> Any:
    """From the provider: sign in whom it names."""
    provider = _provider()
    try:
        actor = _known_as(provider, provider.who_came_back())
    except EngineError as refused:
        return _refused(refused)
    return _welcome(actor)


@routes.post("/dang-xuat")
@acts
def leave(call: Call) -> AnyResponse:
    """Sign out."""
    sessions.end(call.tx, call.actor.id, users.digest_of(call.token))
    session.forget()
    return redirect(url_for("sign_in.show"), 303)


def too_often(refused: TooManyRequests) -> str:
    """How long one has to wait, in words."""
    seconds = refused.retry_after
    minutes = -(-seconds // 60) if isinstance(seconds, int) else 1
    return _("Đã thử sai quá nhiều lần. Hãy đợi {minutes} phút rồi thử lại.").format(
        minutes=minutes
    )


def _refused(refused: EngineError) -> tuple[str, int]:
    return _page(nothing_yet(), refused.message), 503 if isinstance(
        refused, ProviderUnreachable
    ) else 403


def _provider() -> Provider:
    provider = chosen()
    if provider is None:
        raise NotFound
    return provider


def _known_as(provider: Provider, sign_in_id: str) -> Actor:
    with services().database.reading() as tx:
        actor = users.actor_by_sign_in_id(tx, sign_in_id)
    if actor is None:
        raise NoAccountHere(provider=provider.name)
    return actor


def _welcome(actor: Actor) -> AnyResponse:
    wanted = _wanted()
    session.open_for(actor.id)
    answer = redirect(wanted or url_for("home.index"), 303)
    device.remember(answer, actor.username)
    return answer


def _page(entered: Entered, notice: str | None = None) -> str:
    return render(
        "sign_in.html", entered=entered, notice=notice, wanted=_wanted(), provider=chosen()
    )


def _wanted() -> str | None:
    """Where one wanted to go before signing in, also by way of another house."""
    elsewhere = request.endpoint == "sign_in.come_back"
    return session.within(cookie.get(_WANTED) if elsewhere else request.args.get("tiep"))
