"""The inbox: the tasks one may take next, and lists that one keeps under a name."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from marshmallow import ValidationError
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.paging import answer, wanted
from api.v1.schemas.tasks import InboxFilterIn, InboxIn
from api.web.edge import acts, reads
from api.web.frame import render
from api.web.language import gettext as _
from api.web.remaining import left_of
from bpmn.steps import STAGE_NAMES
from engine.commands.saved_views import LONGEST_NAME, SaveView, forget_view, save_view
from engine.model.actor import Permission, has
from engine.queries import signing_batches
from engine.queries.agencies import UnitItem, units_of
from engine.queries.inbox import MOST_COUNTED, InboxFilter, View, count_inbox, list_inbox
from engine.queries.unreached import count_unreached
from engine.store import saved_views

routes = Blueprint("inbox", __name__)
ROWS = 30
"""Lines of one page: what a screen or two hold, and well under 100 kB."""
_FILTERS = ("role", "stage", "unit", "overdue", "near_due", "paused", "procedure")


@routes.get("/viec")
@reads
def index(call: Call) -> str | AnyResponse:
    """Tasks, the most urgent first; without a view, those where there is something to do."""
    query = {"limit": ROWS, **_asked(InboxIn)}
    part, chosen = wanted(query), InboxFilter(**query)
    counts = count_inbox(call.tx, chosen, call.actor)
    if "view" not in request.args:
        return redirect(_address({**vars(chosen), "view": _first(counts)}), 303)
    found = answer(list_inbox(call.tx, part, chosen, call.actor, call.now))
    return render(
        "inbox/list.html",
        items=[(item, left_of(item)) for item in found["items"]],
        next=found["next"],
        going_on="cursor" in request.args,
        chosen=chosen,
        filtered=[name for name in _FILTERS if getattr(chosen, name) is not None],
        counts=counts,
        most=MOST_COUNTED,
        to=_links(chosen),
        saved=[(view, _address(view.filter)) for view in _saved(call)],
        longest_name=LONGEST_NAME,
        stages=STAGE_NAMES,
        units=_units(call),
        signing=signing_batches.latest(call.tx, call.actor, call.now),
        unreached=count_unreached(call.tx, call.actor),
        may_assign=has(call.actor, Permission.TASK_ASSIGN),
    )


def _first(counts: dict[View, int]) -> View:
    """Where there is something to do: what one holds, then what nobody has taken."""
    order = (View.MINE, View.UNASSIGNED, View.UNIT)
    return next((view for view in order if counts[view]), View.MINE)


def _asked(schema: type[InboxFilterIn]) -> dict[str, Any]:
    try:
        given = {name: text for name, text in request.args.items() if text}
        asked: dict[str, Any] = schema().load(given)
    except ValidationError:
        abort(422)
    return asked


def _links(chosen: InboxFilter) -> Callable[..., str]:
    """Gives the address of the list with something changed; None takes a filter away."""

    def to(**changes: Any) -> str:
        return _address({**vars(chosen), **changes})

    return to


def _address(chosen: Any) -> str:
    texts: dict[str, Any] = {k: _text(value) for k, value in chosen.items() if value is not None}
    return url_for("inbox.index", **texts)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _saved(call: Call) -> list[saved_views.SavedView]:
    return saved_views.of_user(call.tx, call.actor.id)


def _units(call: Call) -> list[UnitItem]:
    """Units that someone may choose between: none where a role is for one unit only."""
    agencies = {grant.agency for grant in call.actor.grants if grant.unit is None}
    if len(agencies) != 1:
        return []
    (agency,) = agencies
    return list(units_of(call.tx, [agency]).get(agency, []))


@routes.post("/viec/danh-sach")
@acts
def keep(call: Call) -> AnyResponse:
    """Keep the filters of the list under a name."""
    chosen = InboxFilterIn().dump(vars(InboxFilter(**_asked(InboxFilterIn))))
    kept = {name: value for name, value in chosen.items() if value is not None}
    name = request.form.get("name", "").strip()
    if not 0 < len(name) <= LONGEST_NAME or "\0" in name:
        flash(_("Hãy đặt tên cho danh sách, không quá 60 ký tự."), "error")
    else:
        save_view(call.tx, SaveView(name, kept), call.actor, call.now)
        flash(_("Đã lưu danh sách «{name}».").format(name=name), "done")
    return redirect(_address(kept), 303)


@routes.post("/viec/danh-sach/<number:view>/xoa")
@acts
def forget(call: Call, view: int) -> AnyResponse:
    """Forget a list."""
    forget_view(call.tx, view, call.actor)
    flash(_("Đã xóa danh sách đã lưu."), "done")
    return redirect(url_for("inbox.index"), 303)
