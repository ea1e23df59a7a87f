"""People of the office: who there is, and someone new."""

from functools import partial
from typing import Any

from flask import Blueprint

from api.edge import Call
from api.fields import Choice, Code, In, Text
from api.paging import answer, wanted
from api.passwords import hash_password
from api.v1.schemas.people import USERNAME, Email, UserListIn
from api.web.edge import acts, reads
from api.web.entered import Entered, nothing_yet, read
from api.web.language import gettext as _
from api.web.pages.admin.passwords import new_password
from api.web.pages.admin.scope import asked, scope_of, show
from bpmn.roles import ROLE_NAMES, Role
from engine.commands.people import CreateUser, GivenRole, create_user
from engine.errors import EngineError
from engine.model.actor import Permission
from engine.queries import people
from engine.queries.agencies import unit_names

routes = Blueprint("admin_users", __name__)


class NewUserIn(In):
    """Someone new with a first role; the password is made here."""

    username = Text(64, 1, pattern=USERNAME, required=True)
    full_name = Text(100, 1, required=True)
    email = Email(load_default=None)
    role = Choice(Role, required=True)
    agency = Code(required=True)
    unit = Code(load_default=None)


@routes.get("/quan-tri/nguoi")
@reads
def index(call: Call) -> str:
    """People with a role where one administers, by name."""
    scope = scope_of(call, Permission.USER_MANAGE)
    query = asked(UserListIn)
    part = wanted(query)
    found = answer(people.list_users(call.tx, part, call.actor, people.UserFilter(**query)))
    places = {grant.agency for user in found["items"] for grant in user.grants}
    return show(
        call,
        "users.html",
        scope=scope,
        users=found["items"],
        next=found["next"],
        chosen=query,
        units=unit_names(call.tx, places | {scope.chosen}),
    )


@routes.get("/quan-tri/nguoi/moi")
@reads
def new(call: Call) -> str:
    """The form for someone new."""
    scope = scope_of(call, Permission.USER_MANAGE)
    return _form(call, nothing_yet(agency=scope.chosen))


@routes.post("/quan-tri/nguoi/moi")
@acts
def create(call: Call) -> Any:
    """Create an account; its password is shown this once."""
    entered, password = read(NewUserIn), new_password()
    if entered.is_good:
        given = {name: entered.data.pop(name) for name in ("role", "agency", "unit")}
        command = CreateUser(
            password_hash=partial(hash_password, password),
            grants=(GivenRole(**given),),
            **entered.data,
        )
        try:
            id_ = create_user(call.tx, command, call.actor, call.now)
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        return _form(call, entered), 422
    return show(
        call,
        "password.html",
        user=people.user(call.tx, id_),
        password=password,
        said=_("Đã tạo tài khoản."),
    )


def _form(call: Call, entered: Entered) -> str:
    scope = scope_of(call, Permission.USER_MANAGE)
    return show(
        call,
        "new_user.html",
        scope=scope,
        entered=entered,
        roles=ROLE_NAMES,
        units=unit_names(call.tx, scope.agencies),
    )
