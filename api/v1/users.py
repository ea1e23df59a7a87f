"""People and their tokens."""

import secrets
from datetime import timedelta
from functools import partial
from typing import Any

from api.converters import PLACE
from api.documenting import Blueprint
from api.edge import Call, asked_revision, etag, reads, writes
from api.paging import answer, wanted
from api.passwords import hash_password
from api.v1.schemas.people import (
    ActivityIn,
    GrantIn,
    HeldTasksOut,
    MeOut,
    PasswordIn,
    RevokeIn,
    TokenIn,
    TokenOut,
    UserChangeIn,
    UserIn,
    UserListIn,
    UserOut,
    UserPage,
)
from engine.commands.activity import ChangeActivity, change_activity
from engine.commands.grants import GiveRole, TakeRole, give_role, take_role
from engine.commands.leaving import MOST_HELD, HandOver
from engine.commands.people import (
    ChangeUser,
    CreateUser,
    GivenRole,
    SetPassword,
    change_user,
    create_user,
    set_password,
)
from engine.model.actor import Permission, has
from engine.queries import people
from engine.store import users

ONE = "/<number:user>"
ETAG = {"ETag": {"description": "Lần sửa của người dùng.", "schema": {"type": "string"}}}
Shown = tuple[people.UserItem, int, dict[str, str]]

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
@routes.arguments(UserListIn, location="query")
@routes.response(200, UserPage)
def list_users(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the users whom one administers.

    Người dùng có vai trò tại cơ quan do bạn quản trị, theo tên.
    """
    part = wanted(query)
    return answer(people.list_users(call.tx, part, call.actor, people.UserFilter(**query)))


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


@routes.get(ONE)
@reads(403, 404)
@routes.response(200, UserOut, headers=ETAG)
def show_user(call: Call, user: int) -> Shown:
    """Show a user whom one administers.

    Một người dùng có vai trò tại cơ quan do bạn quản trị.
    """
    return _shown(people.administered_user(call.tx, user, call.actor))


@routes.patch(ONE)
@writes(403, 404, 412, revised=True)
@routes.arguments(UserChangeIn)
@routes.response(200, UserOut, headers=ETAG)
def change(call: Call, body: dict[str, Any], user: int) -> Shown:
    """Change a user's name or address.

    Chỉ sửa được người dùng mà mọi vai trò đều tại cơ quan do bạn quản trị.
    """
    change_user(call.tx, ChangeUser(user, body, asked_revision()), call.actor, call.now)
    return _shown(people.user(call.tx, user))


@routes.get(f"{ONE}/tasks")
@reads(403, 404)
@routes.response(200, HeldTasksOut)
def list_held_tasks(call: Call, user: int) -> dict[str, Any]:
    """List the open tasks that a user holds.

    Việc mà người này đang giữ, để xem trước khi ngừng hoạt động hoặc bỏ vai trò.
    """
    return {"items": people.held_tasks(call.tx, user, MOST_HELD + 1, call.actor)}


@routes.put(f"{ONE}/activity")
@writes(403, 404, 409, 412, revised=True)
@routes.arguments(ActivityIn)
@routes.response(200, UserOut, headers=ETAG)
def set_activity(call: Call, body: dict[str, Any], user: int) -> Shown:
    """Deactivate or reactivate a user.

    Ngừng hoạt động thì mọi phiên và mã truy cập hết hiệu lực; việc đang giữ phải được giao lại
    hoặc trả về đơn vị: ghi số việc đã xem vào `tasks.seen`.
    """
    command = ChangeActivity(user, body["active"], HandOver(**body["tasks"]), asked_revision())
    change_activity(call.tx, command, call.actor, call.now)
    return _shown(people.user(call.tx, user))


@routes.put(f"{ONE}/password")
@writes(403, 404, 412, keyed=False, revised=True)
@routes.arguments(PasswordIn)
@routes.response(200, UserOut, headers=ETAG)
def replace_password(call: Call, body: dict[str, Any], user: int) -> Shown:
    """Set a user's password.

    Mọi phiên và mã truy cập của người này hết hiệu lực.
    """
    command = SetPassword(user, partial(hash_password, body["password"]), asked_revision())
    set_password(call.tx, command, call.actor, call.now)
    return _shown(people.user(call.tx, user))


@routes.post(f"{ONE}/grants")
@writes(403, 404, 409, 412, revised=True)
@routes.arguments(GrantIn)
@routes.response(200, UserOut, headers=ETAG)
def add_grant(call: Call, body: dict[str, Any], user: int) -> Shown:
    """Give a user a role.

    Chỉ cấp được vai trò tại cơ quan do bạn quản trị.
    """
    give_role(call.tx, GiveRole(user, GivenRole(**body), asked_revision()), call.actor, call.now)
    return _shown(people.user(call.tx, user))


@routes.post(f"{ONE}/grants/<{PLACE}:grant>/revoke")
@writes(403, 404, 409, 412, revised=True)
@routes.arguments(RevokeIn, required=False)
@routes.response(200, UserOut, headers=ETAG)
def revoke_grant(call: Call, body: dict[str, Any], user: int, grant: int) -> Shown:
    """Take a role from a user.

    Vai trò cuối cùng không bỏ được; việc chỉ làm được nhờ vai trò này phải được giao lại hoặc
    trả về đơn vị.
    """
    tasks = HandOver(**body.get("tasks", {}))
    take_role(call.tx, TakeRole(user, grant, tasks, asked_revision()), call.actor, call.now)
    return _shown(people.user(call.tx, user))


def _shown(user: people.UserItem) -> Shown:
    return user, 200, etag(user.revision)


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
