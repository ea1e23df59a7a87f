"""Books against banks: statements are taken in, days compared, differences settled."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, request
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.fields import Code, Day, In, Text, Whole
from api.paging import PageIn, answer, wanted
from api.services import services
from api.taking_in import TakenIn, take_in
from api.web.edge import acts, acts_apart, reads
from api.web.entered import Entered, nothing_yet, read
from api.web.frame import render
from api.web.language import gettext as _
from api.web.pages.admin.scope import asked, onward, scope_of
from engine.commands.differences import (
    LONGEST_NOTE,
    AssignDifference,
    ExplainDifference,
    ReverseDifference,
    assign_difference,
    explain_difference,
    reverse_difference,
)
from engine.commands.statements import BeginStatement
from engine.deadlines.calendar import local
from engine.errors import EngineError
from engine.gateways.statements.formats import format_of, formats
from engine.gateways.statements.reading import read_statement
from engine.model.actor import Permission
from engine.model.gateway import DIFFERENCE_ACT_NAMES, LinePlace
from engine.queries.differences import DifferenceFilter, list_differences
from engine.queries.paging import Slice
from engine.queries.statements import day_figures, list_statements

routes = Blueprint("reconciling", __name__)
HERE = "/doi-soat"
_DAYS = timedelta(days=13)
_LAST = 10


class StatementFormIn(In):
    """Which file, how it is written, perhaps for which days; the file comes beside."""

    format = Code(required=True)
    first_day = Day(load_default=None)
    last_day = Day(load_default=None)


class SettleIn(In):
    """How a difference is settled, and why."""

    act = Code(required=True)
    note = Text(LONGEST_NOTE, 1, required=True)
    code = Code(load_default="")
    obligation = Whole(1, 63, load_default=0)


@routes.get(HERE)
@reads
def index(call: Call) -> str:
    """The last days, and what is to be settled."""
    return _page(call)


@routes.post(HERE)
@acts_apart
def take(call: Call) -> Any:
    """Take a statement in: read whole first, then line by line."""
    entered, file = read(StatementFormIn), request.files.get("file")
    with services().database.reading() as tx:
        agency = scope_of(_on(call, tx), Permission.PAYMENT_RECONCILE).chosen
    if entered.is_good:
        try:
            form = format_of(services().settings, entered.data.pop("format"))
            content = file.read() if file else b""
            lines = read_statement(content, form)
            name = (file.filename if file else None) or form.name
            command = BeginStatement(agency, form, name, lines, **entered.data)
            taken = take_in(services().database, command, call.actor, services().clock)
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        with services().database.reading() as tx:
            return _page(_on(call, tx), entered), 422
    flash(_said(taken), "ok")
    return redirect(f"{HERE}?{urlencode({'co-quan': agency})}", 303)


@routes.post(f"{HERE}/chenh-lech/<number:difference>")
@acts
def settle(call: Call, difference: int) -> AnyResponse:
    """Settle one difference."""
    entered = read(SettleIn)
    if not entered.is_good:
        flash(" ".join(text for texts in entered.errors.values() for text in texts), "error")
    else:
        _settle(call, difference, entered.data)
        flash(_("Đã giải quyết chênh lệch và ghi lại lý do."), "ok")
    chosen = request.form.get("co-quan", "")
    return redirect(f"{HERE}?{urlencode({'co-quan': chosen})}" if chosen else HERE, 303)


def _settle(call: Call, number: int, said: dict[str, Any]) -> None:
    note = said["note"]
    if said["act"] == "assign":
        command = AssignDifference(number, said["code"], said["obligation"], note)
        assign_difference(call.tx, command, call.actor, call.now)
    elif said["act"] == "reverse":
        reverse_difference(call.tx, ReverseDifference(number, note), call.actor, call.now)
    else:
        explain_difference(call.tx, ExplainDifference(number, note), call.actor, call.now)


def _page(call: Call, entered: Entered | None = None) -> str:
    scope, today = scope_of(call, Permission.PAYMENT_RECONCILE), local(call.now).date()
    open_ = "da-xong" not in request.args
    chosen, part = DifferenceFilter(scope.chosen, open_), wanted(asked(PageIn))
    found = answer(list_differences(call.tx, part, chosen, call.actor))
    return render(
        "reconciling.html",
        scope=scope,
        formats=[(each.code, each.name) for each in formats(services().settings).values()],
        days=day_figures(call.tx, scope.chosen, today - _DAYS, today, call.actor),
        ENDED=LinePlace,
        open=open_,
        differences=found["items"],
        next=found["next"],
        onward=onward,
        acts=DIFFERENCE_ACT_NAMES,
        statements=list_statements(call.tx, Slice(_LAST), call.actor).items,
        entered=entered or nothing_yet(),
    )


def _said(taken: TakenIn) -> str:
    places = taken.places
    return _(
        "Đã nhận sao kê: {settled} dòng được ghi nộp, {matched} dòng đã có trong sổ, {difference}"
        " dòng cần giải quyết, {repeated} dòng đã nhận từ trước; {missing} khoản trong sổ chưa thấy"
        " ở sao kê."
    ).format(
        settled=places[LinePlace.SETTLED].lines,
        matched=places[LinePlace.MATCHED].lines,
        difference=places[LinePlace.DIFFERENCE].lines,
        repeated=taken.repeated.lines,
        missing=taken.missing,
    )


def _on(call: Call, tx: Any) -> Call:
    return Call(tx, call.actor, call.now, call.token)
