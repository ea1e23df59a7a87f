"""What hangs on the wall of an agency, and what should."""

from flask import Blueprint, flash, redirect, request
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.web.edge import acts, reads
from api.web.frame import render
from api.web.language import gettext as _
from api.web.pages.admin.scope import scope_of
from bpmn.catalogue.entry import STANDING_NAMES
from engine.commands.postings import PostProcedures, post_procedures
from engine.model.actor import Permission
from engine.queries.postings import board

routes = Blueprint("postings", __name__)
HERE = "/niem-yet"
SHOWN = 200


@routes.get(HERE)
@reads
def index(call: Call) -> str:
    """What is to be posted, the most urgent first."""
    scope = scope_of(call, Permission.PROCEDURE_POST)
    found = board(call.tx, scope.chosen, call.actor, call.now)
    waiting = found.waiting
    return render(
        "postings.html",
        scope=scope,
        waiting=waiting[:SHOWN],
        more=len(waiting) - len(waiting[:SHOWN]),
        late=sum(each.late for each in waiting),
        posted=len(found.items) - len(waiting),
        in_time=found.in_time,
        standings={standing: _(name) for standing, name in STANDING_NAMES.items()},
    )


@routes.post(HERE)
@acts
def post(call: Call) -> AnyResponse:
    """Those that were ticked hang there now."""
    scope = scope_of(call, Permission.PROCEDURE_POST)
    ticked = [int(text) for text in request.form.getlist("decision") if text.isdecimal()]
    number = post_procedures(call.tx, PostProcedures(scope.chosen, ticked), call.actor, call.now)
    flash(_("Đã ghi niêm yết %(num)s thủ tục.") % {"num": number}, "ok")
    return redirect(f"{HERE}?co-quan={scope.chosen}", 303)
