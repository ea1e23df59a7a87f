"""Procedures: found as one types, filtered, taken along as a file, and new ones begun."""

from decimal import Decimal
from typing import Any

from flask import Blueprint, redirect, request

from api.edge import Call
from api.fields import Choice, Code, In, Text, Whole
from api.paging import PageIn, answer, wanted
from api.procedure_lists import ListFormat, ProcedureTable
from api.web.edge import acts, reads
from api.web.entered import Entered, nothing_yet, read
from api.web.language import gettext as _
from api.web.pages.admin.scope import asked, onward, scope_of, show
from bpmn.catalogue.entry import LEVEL_NAMES, Entry, Fee, Level
from bpmn.standard.process import standard_sources
from bpmn.time_limit import TimeLimit, TimeLimitError, Unit
from engine.commands.procedure_drafts import OpenDraft, open_draft
from engine.commands.putting_in_force import MOST_DECISION, may_decide
from engine.errors import EngineError
from engine.errors.procedure_drafts import ProcedureTaken
from engine.model.actor import Permission
from engine.queries.paging import Slice
from engine.queries.procedure_drafts import list_drafts
from engine.queries.procedure_list import (
    LISTED_NAMES,
    Listed,
    ProcedureFilter,
    fields_of_work,
    list_procedures,
)
from engine.store import standings

routes = Blueprint("admin_procedures", __name__)
HERE = "/quan-tri/thu-tuc"
EVERYTHING = Slice(100_000)
SHOWN_DRAFTS = Slice(20)
PART = "phan"
"""In the address of the list alone, as one types."""
LIMIT_UNITS = {
    Unit.WORKING_DAYS: "ngày làm việc",
    Unit.HOURS: "giờ làm việc",
    Unit.DAYS: "ngày",
    Unit.MONTHS: "tháng",
    Unit.SAME_DAY: "trong ngày",
}


class FilterIn(PageIn):
    """Which procedures."""

    q = Text(200)
    field = Text(200)
    level = Choice(Level)
    state = Choice(Listed)


class FileIn(FilterIn):
    """The same as a file."""

    dang = Choice(ListFormat, load_default=ListFormat.XLSX)


class NewIn(In):
    """A procedure that the catalogue does not have."""

    code = Code(required=True)
    name = Text(500, 1, required=True)
    field = Text(200, 1, required=True)
    level = Choice(Level, required=True)
    decision = Text(MOST_DECISION, 1, required=True)
    amount = Whole(1, 1000, required=True)
    unit = Choice(Unit, required=True)
    result_name = Text(300, 1, required=True)


@routes.get(HERE)
@reads
def index(call: Call) -> str:
    """The list; alone, without its page, where a script asks for it as one types."""
    query = asked(FilterIn)
    part = wanted(query)
    found = answer(list_procedures(call.tx, part, _chosen(call, query), call.actor, call.now))
    if PART in request.args:
        return show(call, "procedure_list.html", **_list(found, query))
    return _page(call, found, query)


@routes.get(f"{HERE}/xuat")
@reads
def take_along(call: Call) -> ProcedureTable:
    """All that the filters leave, as a file."""
    query = asked(FileIn)
    kind = query.pop("dang")
    chosen = _chosen(call, query)
    found = list_procedures(call.tx, EVERYTHING, chosen, call.actor, call.now)
    return ProcedureTable(found.items, kind)


@routes.post(HERE)
@acts
def begin(call: Call) -> Any:
    """Begin a draft of a new procedure, on the standard process."""
    entered = read(NewIn)
    if entered.is_good:
        try:
            return redirect(f"/quan-tri/ban-thao/{_begun(call, entered.data)}", 303)
        except TimeLimitError as refused:
            entered.errors["amount"] = [str(refused)]
        except EngineError as refused:
            entered.refuse(refused)
    found = answer(list_procedures(call.tx, Slice(50), _chosen(call, {}), call.actor, call.now))
    return _page(call, found, {}, entered), 422


def _begun(call: Call, said: dict[str, Any]) -> int:
    if standings.decided(call.tx, said["code"]):
        raise ProcedureTaken(procedure=said["code"])
    entry = Entry(
        code=said["code"],
        name=said["name"],
        decision=said["decision"],
        field=said["field"],
        levels=(said["level"],),
        time_limit=TimeLimit(Decimal(said["amount"]), said["unit"]),
        fee=Fee(None, ""),
        sheets=(),
        result_name=said["result_name"],
        result_code=None,
        coordinating="",
    )
    command = OpenDraft(said["code"], files=standard_sources(entry))
    return open_draft(call.tx, command, call.actor, call.now)


def _chosen(call: Call, query: dict[str, Any]) -> ProcedureFilter:
    scope = scope_of(call, Permission.PROCEDURE_DRAFT)
    return ProcedureFilter(
        query.get("q", ""),
        query.get("field"),
        query.get("level"),
        query.get("state", Listed.OPEN),
        scope.chosen,
    )


def _page(
    call: Call, found: dict[str, Any], query: dict[str, Any], entered: Entered | None = None
) -> str:
    return show(
        call,
        "procedures.html",
        **_list(found, query),
        scope=scope_of(call, Permission.PROCEDURE_DRAFT),
        fields=fields_of_work(call.tx),
        states=[(state.value, _(name)) for state, name in LISTED_NAMES.items()],
        entered=entered or nothing_yet(unit=Unit.WORKING_DAYS.value, level=Level.COMMUNE.value),
        units=[(unit.value, _(name)) for unit, name in LIMIT_UNITS.items()],
        level_choices=[(level.value, _(name)) for name, level in LEVEL_NAMES.items()],
        decides=may_decide(call.tx, call.actor, Permission.PROCEDURE_DRAFT, None),
        drafts=list_drafts(call.tx, SHOWN_DRAFTS, call.actor).items,
    )


def _list(found: dict[str, Any], query: dict[str, Any]) -> dict[str, Any]:
    following = onward(found["next"]).replace(f"{PART}=1&", "") if found["next"] else ""
    levels = {level: _(name) for name, level in LEVEL_NAMES.items()}
    return {"found": found["items"], "following": following, "query": query, "levels": levels}
