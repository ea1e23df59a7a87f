"""Delegation of duty: who stands in for one's people while they are away."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from werkzeug import Response as AnyResponse

from api.converters import PLACE
from api.edge import Call
from api.fields import Day, In, Text, Whole
from api.v1.schemas.people import MAX_ID
from api.web.edge import acts, reads
from api.web.entered import Entered, nothing_yet, read
from api.web.language import gettext as _
from api.web.pages.admin.scope import show
from engine.commands.substitution import (
    MOST_REASON,
    EndSubstitution,
    StandIn,
    end_substitution,
    stand_in,
)
from engine.errors import EngineError
from engine.queries import people
from engine.queries.substitutions import possible_substitutes

routes = Blueprint("admin_leave", __name__)
ONE = f"/quan-tri/nguoi/<{PLACE}:user>/lam-thay"


class LeaveIn(In):
    """Who stands in, from one day to another, both included."""

    substitute = Whole(1, MAX_ID, required=True)
    first_day = Day(required=True)
    last_day = Day(required=True)
    reason = Text(MOST_REASON, 1, required=True)


@routes.get(ONE)
@reads
def ask(call: Call, user: int) -> str:
    """The form."""
    return _page(call, user, nothing_yet())


@routes.post(ONE)
@acts
def appoint(call: Call, user: int) -> Any:
    """Let somebody stand in."""
    entered = read(LeaveIn)
    if entered.is_good:
        try:
            stand_in(call.tx, StandIn(user, **entered.data), call.actor, call.now)
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        return _page(call, user, entered), 422
    return _done(user, _("Đã cử người làm thay."))


@routes.post(f"{ONE}/<number:substitution>")
@acts
def end(call: Call, user: int, substitution: int) -> AnyResponse:
    """The person is back, or someone else is to stand in."""
    end_substitution(call.tx, EndSubstitution(substitution), call.actor, call.now)
    return _done(user, _("Đã kết thúc lần làm thay."))


def _done(user: int, said: str) -> AnyResponse:
    flash(said, "ok")
    return redirect(url_for("admin_person.index", user=user), 303)


def _page(call: Call, user: int, entered: Entered) -> str:
    found = people.administered_user(call.tx, user, call.actor)
    possible = possible_substitutes(call.tx, user, call.actor)
    return show(call, "leave.html", user=found, possible=possible, entered=entered)
