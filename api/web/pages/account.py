"""One's own account: leave and who stands in, where one is signed in, the password."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from marshmallow import ValidationError, validates_schema
from werkzeug import Response as AnyResponse
from werkzeug.exceptions import TooManyRequests

from api.edge import Call
from api.fields import In, Text
from api.passwords import hash_password
from api.services import services
from api.sign_in import who_has
from api.v1.schemas.substitutions import SubstitutionIn
from api.web import device, session
from api.web.agents import browser_of
from api.web.edge import acts, acts_apart, reads
from api.web.entered import Entered, nothing_yet, read
from api.web.frame import render
from api.web.language import gettext as _
from api.web.pages.sign_in import too_often
from api.web.words import day
from bpmn.roles import ROLE_NAMES
from engine.commands.access import (
    ChangePassword,
    EndAccess,
    change_password,
    end_session,
    end_token,
)
from engine.commands.substitution import EndSubstitution, StandIn, end_substitution, stand_in
from engine.errors import EngineError, WrongCredentials
from engine.errors.access import NoPasswordHere
from engine.queries import access, agencies, certificates, substitutions
from engine.queries.people import names_of
from engine.store import sessions, users

routes = Blueprint("account", __name__, url_prefix="/tai-khoan")


class NewPasswordIn(In):
    """The password so far, and the new one twice."""

    current = Text(200, 1, required=True, load_only=True)
    password = Text(200, 10, required=True, load_only=True)
    again = Text(200, 1, required=True, load_only=True)

    @validates_schema
    def same(self, data: dict[str, Any], **_more: Any) -> None:
        """Both are the same."""
        if data["password"] != data["again"]:
            raise ValidationError(_("Hai lần nhập mật khẩu mới không giống nhau."), "again")


@routes.get("")
@reads
def show(call: Call) -> str:
    """The page."""
    return _page(call)


@routes.post("/nghi")
@acts
def go_on_leave(call: Call) -> Any:
    """Let a colleague stand in."""
    entered = read(SubstitutionIn)
    if entered.is_good:
        try:
            command = StandIn(**{**entered.data, "absent": call.actor.id})
            stand_in(call.tx, command, call.actor, call.now)
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        return _page(call, leave=entered), 422
    flash(_("Đã cử người làm thay."), "ok")
    return redirect(url_for("account.show"), 303)


@routes.post("/nghi/<number:substitution>/ket-thuc")
@acts
def come_back(call: Call, substitution: int) -> AnyResponse:
    """End a leave, or take it back."""
    end_substitution(call.tx, EndSubstitution(substitution), call.actor, call.now)
    return _done(_("Đã kết thúc việc làm thay."))


@routes.post("/phien/<code:digest>/ket-thuc")
@acts
def end_one_session(call: Call, digest: str) -> AnyResponse:
    """Sign another browser out."""
    end_session(call.tx, EndAccess(call.actor.id, digest), call.actor, call.now)
    return _done(_("Đã đăng xuất trình duyệt đó."))


@routes.post("/phien/ket-thuc")
@acts
def end_other_sessions(call: Call) -> AnyResponse:
    """Sign all other browsers out."""
    sessions.end_others(call.tx, call.actor.id, users.digest_of(call.token))
    return _done(_("Đã đăng xuất mọi trình duyệt khác."))


@routes.post("/ma/<code:digest>/huy")
@acts
def end_one_token(call: Call, digest: str) -> AnyResponse:
    """End a program's access."""
    end_token(call.tx, EndAccess(call.actor.id, digest), call.actor, call.now)
    return _done(_("Đã hủy mã truy cập."))


@routes.post("/mat-khau")
@acts_apart
def replace_password(call: Call) -> Any:
    """Change the password, and stay signed in here only."""
    entered = read(NewPasswordIn)
    if entered.is_good:
        _check(call, entered)
    database = services().database
    if not entered.is_good:
        with database.reading() as tx:
            return _page(Call(tx, call.actor, call.now, call.token), password=entered), 422
    command = ChangePassword(hash_password(entered.data["password"]))
    with database.transaction() as tx:
        change_password(tx, command, call.actor, call.now)
    session.open_for(call.actor.id)
    return _done(_("Đã đổi mật khẩu. Mọi nơi khác đã bị đăng xuất, mọi mã truy cập đã bị hủy."))


def _check(call: Call, entered: Entered) -> None:
    """Whoever changes a password knows the one so far, though they are signed in."""
    name = call.actor.username
    with services().database.reading() as tx:
        known = access.has_password(tx, call.actor.id)
    if not known:
        raise NoPasswordHere
    try:
        who_has(name, entered.data["current"], device.known(name))
    except WrongCredentials:
        entered.errors["current"] = [_("Mật khẩu hiện nay chưa đúng.")]
    except TooManyRequests as refused:
        entered.errors["current"] = [too_often(refused)]


def _done(message: str) -> AnyResponse:
    flash(message, "ok")
    return redirect(url_for("account.show"), 303)


@dataclass(frozen=True)
class Duty:
    """A role of someone, in words; `lent_by` names the absent person whose it is."""

    role: str
    where: str
    lent_by: str | None


def _page(call: Call, leave: Entered | None = None, password: Entered | None = None) -> str:
    tx, me, now = call.tx, call.actor, call.now
    idle = services().settings.session_idle
    found = access.list_sessions(tx, me.id, me, now, idle)
    return render(
        "account/page.html",
        duties=_duties(call),
        leave=leave or nothing_yet(first_day=day(now)),
        leaves=substitutions.list_substitutions(tx, me.id, me, now),
        colleagues=[
            (each.id, each.full_name) for each in substitutions.possible_substitutes(tx, me.id, me)
        ],
        browsers=[(each, browser_of(each.agent)) for each in found],
        here=users.digest_of(call.token),
        tokens=access.list_tokens(tx, me.id, me, now),
        password=password or nothing_yet(),
        has_password=access.has_password(tx, me.id),
        certificates=certificates.own_certificates(tx, me, now),
    )


def _duties(call: Call) -> list[Duty]:
    tx, grants = call.tx, call.actor.grants
    units = agencies.unit_names(tx, {each.agency for each in grants})
    lenders = names_of(tx, (each.lent_by for each in grants))
    found = []
    for each in grants:
        places = (units.get((each.agency, each.unit or "")), agencies.name_of(tx, each.agency))
        where = " · ".join(place for place in places if place)
        found.append(Duty(_(ROLE_NAMES[each.role]), where, lenders.get(each.lent_by or 0)))
    return found
