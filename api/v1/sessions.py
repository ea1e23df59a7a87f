"""Logging in and out."""

import secrets
from datetime import timedelta
from typing import Any

from api.documenting import Blueprint, document
from api.edge import Call, writes
from api.services import services
from api.sign_in import who_has
from api.v1.schemas.people import SessionIn, SessionOut
from engine.store import users

routes = Blueprint(
    "sessions", __name__, url_prefix="/sessions", description="Đăng nhập và đăng xuất."
)
NAME = "Phiên đăng nhập"


@routes.arguments(SessionIn)
@routes.response(201, SessionOut)
def log_in(body: dict[str, Any]) -> dict[str, Any]:
    """Log in.

    Đổi tên đăng nhập và mật khẩu lấy mã truy cập. Sai nhiều lần liên tiếp thì phải đợi (429).
    """
    house, actor = services(), who_has(body["username"], body["password"])
    now = house.clock()
    token, expires_at = secrets.token_urlsafe(32), now + timedelta(hours=house.settings.token_hours)
    with house.database.transaction() as tx:
        users.add_token(tx, actor.id, token, NAME, now, expires_at)
    return {"token": token, "expires_at": expires_at}


document(log_in, (400, 401, 413, 415, 422, 429, 500, 503), public=True)
routes.post("")(log_in)


@routes.delete("/current")
@writes(keyed=False)
@routes.response(204)
def log_out(call: Call) -> None:
    """Log out.

    Hủy mã truy cập đang dùng.
    """
    users.drop_token(call.tx, call.token)
