"""Where one's people are signed in, and the programs that have access as them."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, url_for
from werkzeug import Response as AnyResponse

from api.converters import PLACE
from api.edge import Call
from api.services import services
from api.web.agents import browser_of
from api.web.edge import acts
from api.web.language import gettext as _
from engine.commands.access import EndAccess, end_session, end_token
from engine.queries.access import TokenItem, list_sessions, list_tokens
from engine.store.sessions import Session

routes = Blueprint("admin_access", __name__)
ONE = f"/quan-tri/nguoi/<{PLACE}:user>"


@dataclass(frozen=True)
class Access:
    """Sessions with the names of their browsers, and tokens."""

    sessions: list[tuple[Session, str]]
    tokens: list[TokenItem]


def access_of(call: Call, user: int) -> Access:
    """All ways in which somebody is let in now."""
    idle = services().settings.session_idle
    found = list_sessions(call.tx, user, call.actor, call.now, idle)
    named = [(session, browser_of(session.agent)) for session in found]
    return Access(named, list_tokens(call.tx, user, call.actor, call.now))


@routes.post(f"{ONE}/phien/<code:digest>")
@acts
def sign_out(call: Call, user: int, digest: str) -> AnyResponse:
    """End one session."""
    end_session(call.tx, EndAccess(user, digest), call.actor, call.now)
    return _done(user, _("Đã đăng xuất trình duyệt đó."))


@routes.post(f"{ONE}/ma-truy-cap/<code:digest>")
@acts
def drop_token(call: Call, user: int, digest: str) -> AnyResponse:
    """End one program's access."""
    end_token(call.tx, EndAccess(user, digest), call.actor, call.now)
    return _done(user, _("Đã hủy mã truy cập."))


def _done(user: int, said: str) -> AnyResponse:
    flash(said, "ok")
    return redirect(url_for("admin_person.index", user=user), 303)
