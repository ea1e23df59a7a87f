"""Signing in and out."""

from datetime import timedelta
from secrets import token_urlsafe
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response as AnyResponse
from werkzeug.exceptions import TooManyRequests

from api.edge import Call
from api.services import services
from api.sign_in import who_has
from api.v1.schemas.people import SessionIn
from api.v1.sessions import NAME
from api.web import session
from api.web.edge import acts, public
from api.web.entered import Entered, nothing_yet, read
from api.web.frame import render
from api.web.language import gettext as _
from engine.errors import WrongCredentials
from engine.model.actor import Actor
from engine.store import users

routes = Blueprint("sign_in", __name__)


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
        try:
            _open_session(who_has(entered.data["username"], entered.data["password"]))
        except WrongCredentials as refused:
            entered.refuse(refused)
        except TooManyRequests:
            entered.errors["_"] = [_("Đã thử quá nhiều lần. Hãy đợi ít phút rồi thử lại.")]
    if entered.is_good:
        return redirect(_wanted() or url_for("home.index"), 303)
    return _page(entered), 422


@routes.post("/dang-xuat")
@acts
def leave(call: Call) -> AnyResponse:
    """Sign out."""
    users.drop_token(call.tx, call.token)
    session.forget()
    return redirect(url_for("sign_in.show"), 303)


def _open_session(actor: Actor) -> None:
    house, token = services(), token_urlsafe(32)
    now = house.clock()
    expires_at = now + timedelta(hours=house.settings.token_hours)
    with house.database.transaction() as tx:
        users.add_token(tx, actor.id, token, NAME, now, expires_at)
    session.remember(token)


def _page(entered: Entered) -> str:
    return render("sign_in.html", entered=entered, wanted=_wanted())


def _wanted() -> str | None:
    return session.within(request.args.get("tiep"))
