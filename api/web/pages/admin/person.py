"""One person: name, address, roles, activity, password, and what was changed lately."""

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug import Response as AnyResponse

from api.converters import PLACE
from api.edge import Call
from api.fields import In, Text, Whole
from api.passwords import hash_password
from api.v1.schemas.people import MAX_ID, Email, GrantIn
from api.web.edge import acts, reads
from api.web.entered import Entered, nothing_yet, read
from api.web.language import gettext as _
from api.web.pages.admin.access import access_of
from api.web.pages.admin.passwords import new_password
from api.web.pages.admin.scope import scope_of, show, shown_revision
from api.web.pages.admin.told import told
from bpmn.roles import ROLE_NAMES
from engine.commands.activity import ChangeActivity, change_activity
from engine.commands.grants import GiveRole, TakeRole, give_role, take_role
from engine.commands.leaving import MOST_HELD, HandOver
from engine.commands.people import ChangeUser, GivenRole, SetPassword, change_user, set_password
from engine.errors import EngineError
from engine.model.actor import Permission
from engine.model.office_event import user_subject
from engine.queries import people
from engine.queries.agencies import names_of, unit_names
from engine.queries.handing_over import successors, tasks_without
from engine.queries.office_log import OfficeEventFilter, list_office_events
from engine.queries.paging import Slice
from engine.queries.substitutions import list_substitutions

routes = Blueprint("admin_person", __name__)
ONE = f"/quan-tri/nguoi/<{PLACE}:user>"
RECENT = 10


class AboutIn(In):
    """Name and address."""

    full_name = Text(100, 1, required=True)
    email = Email(load_default=None)


class LeavingIn(In):
    """What becomes of tasks: how many were seen, and who gets them."""

    seen = Whole(0, MOST_HELD, required=True)
    to = Whole(1, MAX_ID, load_default=None)


@routes.get(ONE)
@reads
def index(call: Call, user: int) -> str:
    """Someone, with everything one may change."""
    return _page(call, user)


@routes.post(ONE)
@acts
def change(call: Call, user: int) -> Any:
    """Save name and address."""
    entered = read(AboutIn)
    if entered.is_good:
        command = ChangeUser(user, entered.data, shown_revision())
        try:
            change_user(call.tx, command, call.actor, call.now)
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        return _page(call, user, about=entered), 422
    return _done(user, _("Đã lưu tên và địa chỉ thư."))


@routes.post(f"{ONE}/vai-tro")
@acts
def give(call: Call, user: int) -> Any:
    """Give a further role."""
    entered = read(GrantIn)
    if entered.is_good:
        command = GiveRole(user, GivenRole(**entered.data), shown_revision())
        try:
            give_role(call.tx, command, call.actor, call.now)
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        return _page(call, user, role=entered), 422
    return _done(user, _("Đã cấp vai trò."))


@routes.get(f"{ONE}/vai-tro/<{PLACE}:grant>")
@reads
def ask_to_take(call: Call, user: int, grant: int) -> str:
    """What taking a role away will do."""
    return _leaving(call, user, grant)


@routes.post(f"{ONE}/vai-tro/<{PLACE}:grant>")
@acts
def take(call: Call, user: int, grant: int) -> Any:
    """Take a role away."""
    entered = read(LeavingIn)
    if entered.is_good:
        command = TakeRole(user, grant, _hand_over(entered), shown_revision())
        try:
            take_role(call.tx, command, call.actor, call.now)
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        return _leaving(call, user, grant, entered), 422
    return _done(user, _("Đã bỏ vai trò."))


@routes.get(f"{ONE}/ngung")
@reads
def ask_to_rest(call: Call, user: int) -> str:
    """What deactivating will do."""
    return _leaving(call, user, None)


@routes.post(f"{ONE}/ngung")
@acts
def rest(call: Call, user: int) -> Any:
    """Deactivate."""
    entered = read(LeavingIn)
    if entered.is_good:
        command = ChangeActivity(user, False, _hand_over(entered), shown_revision())
        try:
            change_activity(call.tx, command, call.actor, call.now)
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        return _leaving(call, user, None, entered), 422
    return _done(user, _("Đã ngừng hoạt động tài khoản. Người này không đăng nhập được nữa."))


@routes.post(f"{ONE}/hoat-dong-lai")
@acts
def return_(call: Call, user: int) -> AnyResponse:
    """Reactivate."""
    change_activity(call.tx, ChangeActivity(user, True), call.actor, call.now)
    return _done(user, _("Tài khoản hoạt động lại. Hãy đặt lại mật khẩu nếu người này đã quên."))


@routes.get(f"{ONE}/mat-khau")
@reads
def ask_for_password(call: Call, user: int) -> str:
    """What a new password will do."""
    return show(call, "reset.html", user=people.administered_user(call.tx, user, call.actor))


@routes.post(f"{ONE}/mat-khau")
@acts
def reset(call: Call, user: int) -> str:
    """Set a new password; it is shown this once, and so the form acts as often as it is sent."""
    password = new_password()
    command = SetPassword(user, partial(hash_password, password))
    set_password(call.tx, command, call.actor, call.now)
    found, said = people.user(call.tx, user), _("Đã đặt mật khẩu mới.")
    return show(call, "password.html", user=found, password=password, said=said)


def _hand_over(entered: Entered) -> HandOver:
    return HandOver(entered.data["seen"], entered.data["to"])


def _done(user: int, said: str) -> AnyResponse:
    flash(said, "ok")
    return redirect(url_for("admin_person.index", user=user), 303)


def _page(call: Call, id_: int, about: Entered | None = None, role: Entered | None = None) -> str:
    user = people.administered_user(call.tx, id_, call.actor)
    scope = scope_of(call, Permission.USER_MANAGE)
    places = scope.agencies.keys() | {grant.agency for grant in user.grants}
    mine = all(grant.agency in scope.agencies for grant in user.grants)
    recent = list_office_events(
        call.tx, Slice(RECENT), OfficeEventFilter(subject=user_subject(id_)), call.actor
    )
    return show(
        call,
        "person.html",
        user=user,
        scope=scope,
        about=about or nothing_yet(full_name=user.full_name, email=user.email or ""),
        role=role or nothing_yet(agency=scope.chosen),
        roles=ROLE_NAMES,
        agencies=names_of(call.tx, places),
        units=unit_names(call.tx, places),
        mine=mine,
        recent=told(call, recent.items),
        leaves=list_substitutions(call.tx, id_, call.actor, call.now) if mine else [],
        access=access_of(call, id_) if mine else None,
    )


def _leaving(call: Call, id_: int, grant: int | None, entered: Entered | None = None) -> str:
    """The page that says what will happen, with the tasks concerned."""
    user = people.administered_user(call.tx, id_, call.actor)
    left = tasks_without(call.tx, user, grant)
    places = {one.agency for one in user.grants}
    return show(
        call,
        "leaving.html",
        user=user,
        going=next((one for one in user.grants if one.id == grant), None),
        left=left,
        most=MOST_HELD,
        successors=successors(call.tx, left, id_),
        entered=entered or nothing_yet(),
        agencies=names_of(call.tx, places),
        units=unit_names(call.tx, places),
        action=request.path,
    )
