"""The bell: alerts that are told to whoever is signed in, asked for again and again."""

import hashlib
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, request
from werkzeug import Response as AnyResponse

from api.converters import PLACE
from api.edge import Call
from api.web.edge import acts, came_from, reads
from api.web.frame import render
from api.web.language import gettext as _
from api.web.language import language
from engine.commands.acting import Target
from engine.commands.lateness import AcknowledgeAlert, acknowledge_alert
from engine.queries.alerts import AlertFilter, AlertScope, count_alerts, list_alerts, mark_of
from engine.queries.paging import Slice
from engine.queries.petitions import alerted_petitions, mark_of_alerts

routes = Blueprint("bell", __name__, url_prefix="/chuong")
FEW, MANY = 10, 100
_UNSEEN = AlertFilter(acknowledged=False)
_SEEN = "Đã biết."
"""What the log says of one who merely pressed the button."""


@routes.get("")
@reads
def index(call: Call) -> str:
    """All of them on a page."""
    return render("bell/page.html", **_alerts(call, MANY))


@routes.get("/moi")
@reads
def latest(call: Call) -> Response:
    """The latest for the bell; 304 while nothing has changed."""
    marks = mark_of(call.tx, _UNSEEN, call.actor), mark_of_alerts(call.tx, call.actor)
    mark = f"{call.actor.id} {language()} {' '.join(marks)}"
    tag = hashlib.sha256(mark.encode()).hexdigest()[:24]
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        response = make_response(render("bell/latest.html", **_alerts(call, FEW)))
    response.set_etag(tag, weak=True)
    return response


@routes.post(f"/<code:code>/<{PLACE}:alert>/da-biet")
@acts
def acknowledge(call: Call, code: str, alert: int) -> AnyResponse:
    """Take note of one."""
    command = AcknowledgeAlert(Target(code), alert, _SEEN)
    acknowledge_alert(call.tx, command, call.actor, call.now)
    flash(_("Đã xác nhận cảnh báo của hồ sơ {code}.").format(code=code), "done")
    return redirect(came_from(), 303)


def _alerts(call: Call, limit: int) -> dict[str, Any]:
    counts = count_alerts(call.tx, AlertScope.MINE, call.actor)
    found = list_alerts(call.tx, Slice(limit), _UNSEEN, call.actor)
    told = sum(count.alerts for count in counts)
    petitions = alerted_petitions(call.tx, call.actor, call.now, limit)
    return {
        "alerts": found.items,
        "petitions": petitions,
        "total": told + len(petitions),
        "further": told - len(found.items),
    }
