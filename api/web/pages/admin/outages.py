"""The register of outages."""

from typing import Any

from flask import Blueprint, flash, redirect, request
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.paging import answer, wanted
from api.v1.schemas.outages import EndIn, OutageIn, OutageListIn
from api.web.edge import acts, reads
from api.web.entered import Entered, nothing_yet, read
from api.web.language import gettext as _
from api.web.pages.admin.scope import asked, scope_of, show
from engine.commands.outages import EndOutage, RecordOutage, end_outage, record_outage
from engine.deadlines.calendar import local
from engine.errors import EngineError
from engine.model.actor import Permission
from engine.queries import outages

routes = Blueprint("admin_outages", __name__)
HERE = "/quan-tri/gian-doan"


@routes.get(HERE)
@reads
def index(call: Call) -> str:
    """Outages, the last recorded first, and the form for a new one."""
    return _page(call)


@routes.post(HERE)
@acts
def record(call: Call) -> Any:
    """Record an outage."""
    entered = read(OutageIn)
    if entered.is_good:
        try:
            record_outage(call.tx, RecordOutage(**entered.data), call.actor, call.now)
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        return _page(call, entered), 422
    flash(_("Đã ghi vào sổ. Khi hệ thống hoạt động lại, hãy ghi thời điểm đó."), "ok")
    return redirect(HERE, 303)


@routes.post(f"{HERE}/<number:outage>/xong")
@acts
def end(call: Call, outage: int) -> AnyResponse:
    """Record that the system works again."""
    entered = read(EndIn)
    end_outage(call.tx, EndOutage(outage, **entered.data), call.actor, call.now)
    flash(_("Đã ghi hệ thống hoạt động lại."), "ok")
    return redirect(HERE, 303)


def _page(call: Call, entered: Entered | None = None) -> str:
    scope = scope_of(call, Permission.OUTAGE_RECORD, request.args.get("agency"))
    query = asked(OutageListIn)
    part = wanted(query)
    found = answer(outages.list_outages(call.tx, part, outages.OutageFilter(**query)))
    now = local(call.now).strftime("%Y-%m-%dT%H:%M")
    return show(
        call,
        "outages.html",
        scope=scope,
        outages=found["items"],
        next=found["next"],
        entered=entered or nothing_yet(agency=scope.chosen, started_at=now),
    )
