"""Sessions of browsers and tokens of programs: one's own, and those of whom one administers."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.services import services
from api.v1.schemas.access import KnownTokensOut, WebSessionsOut
from engine.commands.access import EndAccess, end_session, end_token
from engine.queries import access

routes = Blueprint(
    "access", __name__, url_prefix="/users", description="Phiên đăng nhập và mã truy cập."
)
THEIRS = "/<number:user>"


@routes.get("/me/sessions")
@reads()
@routes.response(200, WebSessionsOut)
def list_own_sessions(call: Call) -> dict[str, Any]:
    """List the browsers in which one is signed in.

    Các trình duyệt mà bạn đang đăng nhập.
    """
    return _sessions(call, call.actor.id)


@routes.delete("/me/sessions/<code:digest>")
@writes(404, keyed=False)
@routes.response(204)
def end_own_session(call: Call, digest: str) -> None:
    """Sign one of one's browsers out.

    Chấm dứt một phiên đăng nhập; có hiệu lực ngay.
    """
    end_session(call.tx, EndAccess(call.actor.id, digest), call.actor, call.now)


@routes.get("/me/tokens")
@reads()
@routes.response(200, KnownTokensOut)
def list_own_tokens(call: Call) -> dict[str, Any]:
    """List one's tokens.

    Các mã truy cập còn hiệu lực của bạn, kể cả mã của lần đăng nhập này.
    """
    return {"items": access.list_tokens(call.tx, call.actor.id, call.actor, call.now)}


@routes.delete("/me/tokens/<code:digest>")
@writes(404, keyed=False)
@routes.response(204)
def end_own_token(call: Call, digest: str) -> None:
    """End one of one's tokens.

    Hủy một mã truy cập; có hiệu lực ngay.
    """
    end_token(call.tx, EndAccess(call.actor.id, digest), call.actor, call.now)


@routes.get(f"{THEIRS}/sessions")
@reads(403, 404)
@routes.response(200, WebSessionsOut)
def list_sessions(call: Call, user: int) -> dict[str, Any]:
    """List the browsers in which someone is signed in whom one administers.

    Các trình duyệt mà người này đang đăng nhập.
    """
    return _sessions(call, user)


@routes.delete(f"{THEIRS}/sessions/<code:digest>")
@writes(403, 404, keyed=False)
@routes.response(204)
def end_their_session(call: Call, user: int, digest: str) -> None:
    """Sign a browser of someone out whom one administers.

    Chấm dứt một phiên đăng nhập của người này.
    """
    end_session(call.tx, EndAccess(user, digest), call.actor, call.now)


@routes.get(f"{THEIRS}/tokens")
@reads(403, 404)
@routes.response(200, KnownTokensOut)
def list_tokens(call: Call, user: int) -> dict[str, Any]:
    """List the tokens of someone whom one administers.

    Các mã truy cập còn hiệu lực của người này.
    """
    return {"items": access.list_tokens(call.tx, user, call.actor, call.now)}


@routes.delete(f"{THEIRS}/tokens/<code:digest>")
@writes(403, 404, keyed=False)
@routes.response(204)
def end_their_token(call: Call, user: int, digest: str) -> None:
    """End a token of someone whom one administers.

    Hủy một mã truy cập của người này.
    """
    end_token(call.tx, EndAccess(user, digest), call.actor, call.now)


def _sessions(call: Call, person: int) -> dict[str, Any]:
    idle = services().settings.session_idle
    return {"items": access.list_sessions(call.tx, person, call.actor, call.now, idle)}
