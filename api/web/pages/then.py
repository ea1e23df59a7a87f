"""How things stood at a moment gone by: the board of an agency, someone's inbox, one dossier."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from flask import Blueprint, make_response, redirect, url_for
from werkzeug import Response

from api.edge import Call
from api.fields import Choice, Code, In, Moment
from api.web.edge import looks_at, reads
from api.web.entered import Entered, ask
from api.web.frame import render
from api.web.language import gettext as _
from api.web.naming import PersonIn, named
from api.web.pages.audit import tabs
from engine.errors import DossierUnknown, NotPermitted
from engine.errors.accesses import MomentAhead, RecordUnreadable, TooManyThen
from engine.model.actor import Permission, has
from engine.model.reading import Looked
from engine.model.standing import STANDING_NAMES, Standing
from engine.model.status import STATUS_NAMES
from engine.queries import agencies, then
from engine.queries.dossiers import locate, owners_of
from engine.queries.people import Account, names_of
from engine.queries.supervised import supervised_agencies

routes = Blueprint("then", __name__, url_prefix="/kiem-tra/khi-ay")
SHOWN = 100
"""So many lines at most on one page."""
Seen = TypeVar("Seen")


class MomentIn(In):
    """When."""

    at = Moment()


class BoardIn(MomentIn):
    """The board of which agency, and which of its groups."""

    agency = Code()
    standing = Choice(Standing)


class InboxIn(MomentIn, PersonIn):
    """Whose inbox, in which agency."""

    agency = Code()


class DossierIn(MomentIn):
    """Which dossier."""

    code = Code()


@routes.get("")
@reads
def board(call: Call) -> Response:
    """How many dossiers of an agency stood in each group, and which."""
    entered, ours = ask(BoardIn), _agencies(call)
    asked = entered.data
    found = _seen(
        call,
        entered,
        ("agency",),
        lambda at: then.board_then(call.tx, asked["agency"], at, call.actor),
    )
    group = asked.get("standing")
    lines = [each for each in found.dossiers if group in (None, each.standing)] if found else []
    return _page(
        call,
        "audit/then_board.html",
        entered,
        agencies=ours,
        found=found,
        group=group,
        standings=[(each, _(name)) for each, name in STANDING_NAMES.items()],
        count=len(lines),
        lines=lines[:SHOWN],
        owners=owners_of(call.tx, [each.code for each in lines[:SHOWN]], call.actor),
        names=names_of(call.tx, (task.assignee for each in lines[:SHOWN] for task in each.tasks)),
    )


@routes.get("/viec")
@reads
def inbox(call: Call) -> Response:
    """What someone had to do in an agency."""
    entered, ours = ask(InboxIn), _agencies(call)
    asked = entered.data
    whom = named(
        call.tx, entered, {asked["agency"]} & set(ours) if "agency" in asked else set(ours)
    )
    found = _inbox(call, entered, whom.account) if whom.account else None
    lines = (found or [])[:SHOWN]
    return _page(
        call,
        "audit/then_inbox.html",
        entered,
        agencies=ours,
        named=whom,
        found=found,
        lines=lines,
        owners=owners_of(call.tx, {each.dossier for each in lines}, call.actor),
        names=names_of(call.tx, (each.assignee for each in lines)),
    )


@routes.get("/ho-so")
@reads
def choose_dossier(call: Call) -> Response:
    """Ask for a dossier, and lead to how it stood."""
    _require_replay(call)
    entered = ask(DossierIn)
    code = _seen(call, entered, ("code",), lambda _at: _known(call, entered))
    if code and entered.is_good:
        return redirect(url_for("then.dossier", code=code, at=entered.values["at"]), 303)
    return _page(call, "audit/then_dossier.html", entered)


@routes.get("/ho-so/<code:code>")
@looks_at(Looked.REPLAY)
def dossier(call: Call, code: str) -> Response:
    """How one dossier stood."""
    row, entered = locate(call.tx, code, call.actor), ask(MomentIn)
    _require_replay(call)
    entered.values = {**entered.values, "code": code}
    stood = _seen(call, entered, (), lambda at: (then.dossier_then(call.tx, code, at, call.actor),))
    found = stood[0] if stood else None
    return _page(
        call,
        "audit/then_dossier.html",
        entered,
        dossier=row,
        asked=stood is not None,
        found=found,
        names=names_of(call.tx, (task.assignee for task in (found.tasks if found else ()))),
    )


def _inbox(call: Call, entered: Entered, whom: Account) -> list[then.TaskThen] | None:
    def look(at: datetime) -> list[then.TaskThen]:
        return then.inbox_then(call.tx, entered.data["agency"], whom.id, at, call.actor)

    return _seen(call, entered, ("agency",), look)


def _agencies(call: Call) -> dict[str, str]:
    """The names of the agencies that one supervises; raises `NotPermitted`."""
    return agencies.names_of(call.tx, supervised_agencies(call.actor))


def _require_replay(call: Call) -> None:
    if not has(call.actor, Permission.DOSSIER_REPLAY):
        raise NotPermitted(what="chạy lại hồ sơ")


def _known(call: Call, entered: Entered) -> str:
    """The code that was typed; noted beside it where there is no such dossier."""
    code: str = entered.data["code"]
    try:
        locate(call.tx, code, call.actor)
    except DossierUnknown as unknown:
        entered.errors["code"] = [unknown.message]
    return code


def _seen(
    call: Call, entered: Entered, needed: tuple[str, ...], look: Callable[[datetime], Seen]
) -> Seen | None:
    """What there was to see; None where not all that is needed was asked for yet, or where it was
    refused, which is then said beside the form."""
    if not entered.is_good or any(name not in entered.data for name in ("at", *needed)):
        return None
    try:
        return look(then.gone_by(entered.data["at"], call.now))
    except MomentAhead as ahead:
        entered.errors["at"] = [ahead.message]
    except (TooManyThen, RecordUnreadable) as refused:
        entered.refuse(refused)
    return None


def _page(call: Call, template: str, entered: Entered, **context: Any) -> Response:
    page = render(
        template,
        entered=entered,
        at=entered.data.get("at"),
        shown=SHOWN,
        statuses=STATUS_NAMES,
        standing_names=STANDING_NAMES,
        may_replay=has(call.actor, Permission.DOSSIER_REPLAY),
        may_supervise=has(call.actor, Permission.DOSSIER_SUPERVISE),
        **tabs(call.actor),
        **context,
    )
    return make_response(page, 200 if entered.is_good else 422)
