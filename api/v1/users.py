"""People and their tokens."""

import secrets
from datetime import timedelta
from functools import partial
from typing import Any

from api.converters import PLACE
from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.paging import PageIn, answer, wanted
from api.passwords import hash_password
from api.v1.schemas.people import (
    MeOut,
    TokenIn,
    TokenOut,
    UserChangeIn,
    UserIn,
    UserOut,
    UserPage,
)
from engine.commands.people import ChangeEmail, CreateUser, GivenRole, change_email, create_user
from engine.model.actor import Permission, has
from engine.queries import people
from engine.store import users

routes = Blueprint("users", __name__, url_prefix="/users", description="Người dùng và quyền.")


@routes.get("/me")
@reads()
@routes.response(200, MeOut)
def me(call: Call) -> dict[str, Any]:
    """Tell who is logged in.

    Bạn là ai, có vai trò gì ở đâu, và được làm gì.
    """
    actor = call.actor
    email = people.email_of(call.tx, actor.id)
    return {**vars(actor), "email": email, "may": [p for p in Permission if has(actor, p)]}


@routes.get("")
@reads(403, 422)
@routes.arguments(PageIn, location="query")
@routes.response(200, UserPage)
def list_users(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the users whom one administers.

    Người dùng có vai trò tại cơ quan do bạn quản trị.
    """
    return answer(people.list_users(call.tx, wanted(query), call.actor))


@routes.post("")
@writes(403, 409)
@routes.arguments(UserIn)
@routes.response(201, UserOut)
def add_user(call: Call, body: dict[str, Any]) -> people.UserItem:
    """Create a user.

    Chỉ cấp được vai trò tại cơ quan do bạn quản trị.
    """
    command = CreateUser(
        username=body["username"],
        full_name=body["full_name"],
        password_hash=partial(hash_password, body["password"]),
        email=body["email"],
        grants=tuple(GivenRole(**given) for given in body["grants"]),
    )
    return people.user(call.tx, create_user(call.tx, command, call.actor, call.now))


@routes.patch(f"/<{PLACE}:user>")
@writes(403, 404)
@routes.arguments(UserChangeIn)
@routes.response(200, UserOut)
def change_user(call: Call, body: dict[str, Any], user: int) -> people.UserItem:
    """Change where a user is written to.

    Chỉ sửa được người dùng mà mọi vai trò đều tại cơ quan do bạn quản trị.
    """
    change_email(call.tx, ChangeEmail(user, body["email"]), call.actor)
    return people.user(call.tx, user)


@routes.post("/me/tokens")
@writes(keyed=False)
@routes.arguments(TokenIn)
@routes.response(201, TokenOut)
def add_token(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """Create an API token for oneself.

    Mã truy cập cho một chương trình; chỉ hiện một lần, hãy cất giữ.
    """
    token, expires_at = secrets.token_urlsafe(32), call.now + timedelta(days=body["days"])
    users.add_token(call.tx, call.actor.id, token, body["name"], call.now, expires_at)
    return {"name": body["name"], "token": token, "expires_at": expires_at}
