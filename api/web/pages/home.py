"""The first page, and what belongs to no place: the language, addresses of old."""

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.web.edge import came_from, public, reads
from api.web.frame import places
from api.web.language import COOKIE, LANGUAGES

routes = Blueprint("home", __name__)
_A_YEAR = 365 * 86_400


@routes.get("/")
@reads
def index(call: Call) -> AnyResponse:
    """To the place one works in most."""
    open_ = places(call.actor)
    return redirect(open_[0].path if open_ else "/tai-khoan", 303)


@routes.get("/dossiers/<code:code>")
@public
def dossier(code: str) -> AnyResponse:
    """Where letters point to."""
    return redirect(f"/ho-so/{code}", 301)


@routes.post("/ngon-ngu")
@public
def speak() -> Response:
    """Speak another language from now on."""
    chosen = request.form.get("language", "")
    response = make_response(redirect(came_from(), 303))
    if chosen in LANGUAGES:
        response.set_cookie(COOKIE, chosen, max_age=_A_YEAR, samesite="Lax", httponly=True)
    return response
