"""The edge of the pages: who is signed in, one transaction per request, repeats.

`reads`, `looks_at` and `acts` wrap a view, which gets a `Call` first. What it answers is rendered
before the transaction ends.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Response, flash, make_response, redirect, request, url_for
from sqlalchemy import Connection
from werkzeug import Response as AnyResponse

from api.edge import Call, once
from api.readings import record, unrecorded
from api.sending import Later
from api.services import services
from api.web import session
from api.web.frame import enter
from engine.errors import EngineError
from engine.model.reading import Looked

View = Callable[..., Any]
_ONCE = re.compile("[A-Za-z0-9_-]{16,64}")


def reads(view: View) -> View:
    """The view shows something to someone who is signed in; it keeps no writer waiting."""
    return _reading(view, None)


def looks_at(looked: Looked) -> Callable[[View], View]:
    """The view shows so much of the dossier `code`: `reads`, and that is written down first."""

    def decorate(view: View) -> View:
        wrapper = _reading(view, looked)
        wrapper.__dict__["looks_at"] = looked
        return wrapper

    return decorate


def _reading(view: View, looked: Looked | None) -> View:
    @wraps(view)
    def wrapper(*args: Any, **kwargs: Any) -> AnyResponse:
        with services().database.reading() as tx:
            call = _let_in(tx)
            if call is None:
                return to_sign_in()
            said = view(call, *args, **kwargs)
            answer = None if isinstance(said, Later) else make_response(said)
            reading = looked and unrecorded(call, kwargs["code"], looked)
        if reading and (answer is None or answer.status_code < 400):
            record(reading)
        return said.made() if answer is None else answer

    return wrapper


def acts(view: View) -> View:
    """The view changes something: all of it, or nothing when it answers with an error.

    What the engine refuses and the view does not handle is said on the page one came from. A
    form with the hidden field `once` acts once, however often it is sent.
    """

    @wraps(view)
    def wrapper(*args: Any, **kwargs: Any) -> AnyResponse:
        try:
            with services().database.transaction() as tx:
                call = _let_in(tx)
                if call is None:
                    return to_sign_in()
                return _kept(_once(call, lambda: make_response(view(call, *args, **kwargs))))
        except _Undone as undone:
            return undone.answer
        except EngineError as refused:
            flash(refused.message, "error")
            return redirect(came_from(), 303)

    return wrapper


def acts_apart(view: View) -> View:
    """The view opens transactions itself, and the `tx` of its `Call` is closed: it changes many
    dossiers, each on its own (`api.apart`), or takes long and counts tries. Sent again, it does
    no harm: commands refuse what was done already."""

    @wraps(view)
    def wrapper(*args: Any, **kwargs: Any) -> AnyResponse:
        with services().database.reading() as tx:
            call = _let_in(tx)
        return to_sign_in() if call is None else make_response(view(call, *args, **kwargs))

    return wrapper


def public(view: View) -> View:
    """The view is for everyone, signed in or not; it opens what it needs itself."""
    view.__dict__["is_public"] = True
    return view


def recognise() -> None:
    """Note who asks for what does not exist, so that the answer has their frame."""
    if session.secret():
        with services().database.reading() as tx:
            _let_in(tx)


def _let_in(tx: Connection) -> Call | None:
    actor, secret = session.recognise(tx), session.secret()
    if actor is None or secret is None:
        return None
    call = Call(tx, actor, services().clock(), secret)
    enter(call)
    return call


def to_sign_in() -> AnyResponse:
    """To the log-in, and from there back to what was asked for."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("sign_in.show", tiep=wanted), 303)


def came_from() -> str:
    """The page of this site that sent the request, else the first page."""
    referrer = urlsplit(request.referrer or "")
    if referrer.netloc != request.host:
        return url_for("home.index")
    query = f"?{referrer.query}" if referrer.query else ""
    return session.within(f"{referrer.path}{query}") or url_for("home.index")


class _Undone(Exception):
    """The view answered with an error: nothing of what it did is kept."""

    def __init__(self, answer: Response) -> None:
        super().__init__()
        self.answer = answer


def _kept(answer: Response) -> Response:
    if answer.status_code >= 400:
        raise _Undone(answer)
    return answer


def _once(call: Call, view: Callable[[], Response]) -> Response:
    key = request.form.get("once", "")
    return once(call, f"web:{key}", view) if _ONCE.fullmatch(key) else view()
