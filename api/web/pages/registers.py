"""The register of an agency: read line by line, printed on its form, taken along as a table."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request

from api.edge import Call
from api.letters import OnDemand
from api.paging import answer, wanted
from api.registers import SECONDS, RegisterTable
from api.report_files import Format
from api.sending import Later
from api.v1.schemas.registers import RegisterIn
from api.web.edge import reads
from api.web.entered import Entered, understand
from api.web.frame import render
from api.web.pages.admin.scope import Scope, onward, scope_of
from engine.deadlines.calendar import local
from engine.errors import EngineError
from engine.model.actor import Permission
from engine.queries.register import Period, printed_register, register_page, require_reader

routes = Blueprint("registers", __name__)
HERE = "/so-theo-doi"
ROWS = 50
_ASKED = ("since", "until", "procedure", "cursor")


@routes.get(HERE)
@reads
def index(call: Call) -> Any:
    """The lines of a period; without one, of this year until today."""
    scope, entered = _asked(call)
    found: dict[str, Any] = {"items": [], "next": None}
    if entered.is_good:
        try:
            query = dict(entered.data)
            part = wanted({"limit": ROWS, "cursor": query.pop("cursor", None)})
            found = answer(register_page(call.tx, Period(**query), part, call.actor))
        except EngineError as refused:
            entered.refuse(refused)
    page = render(
        "register.html",
        scope=scope,
        entered=entered,
        entries=found["items"],
        next=found["next"],
        onward=onward,
        query=urlencode({k: v for k, v in request.args.items() if k != "cursor"}),
    )
    return page, 200 if entered.is_good else 422


@routes.get(f"{HERE}/pdf")
@reads
def on_paper(call: Call) -> Later:
    """The period on the form of the state."""
    period = _period(call)
    paper = printed_register(call.tx, period, call.actor, call.now)
    name = f"so-theo-doi-{period.agency}-{period.since}-{period.until}.pdf"
    return OnDemand(paper.details, paper.source, paper.values, name, SECONDS)


@routes.get(f"{HERE}/<any(csv, xlsx):ending>")
@reads
def as_table(call: Call, ending: str) -> Later:
    """The period as a table."""
    period = _period(call)
    require_reader(period, call.actor)
    return RegisterTable(period, call.actor, Format(ending))


def _period(call: Call) -> Period:
    """What the address asks for; where it makes no sense, this year until today."""
    _scope, entered = _asked(call)
    data = entered.data if entered.is_good else _proposed(call, _scope)[1].data
    return Period(**{name: value for name, value in data.items() if name != "cursor"})


def _asked(call: Call) -> tuple[Scope, Entered]:
    scope = scope_of(call, Permission.REGISTER_READ)
    if "since" not in request.args:
        return _proposed(call, scope)
    given = {k: v for k, v in request.args.items() if k in _ASKED and v.strip()}
    return scope, understand(RegisterIn, {**given, "agency": scope.chosen})


def _proposed(call: Call, scope: Scope) -> tuple[Scope, Entered]:
    today = local(call.now).date()
    days = {"since": date(today.year, 1, 1), "until": today}
    texts = {name: f"{day:%d/%m/%Y}" for name, day in days.items()}
    return scope, understand(RegisterIn, {**texts, "agency": scope.chosen})
