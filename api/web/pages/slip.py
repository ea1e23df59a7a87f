"""What the citizen gets on paper at the counter: appointment, supplement, refusal."""

import segno
from flask import Blueprint, redirect, request
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.services import services
from api.web.edge import looks_at
from api.web.frame import render
from engine.deadlines.calendar import local
from engine.model.reading import Looked
from engine.model.slip_link import slip_path
from engine.queries.dossiers import find
from engine.queries.slip import slip_of

routes = Blueprint("slip", __name__)


@routes.get("/phieu-hen/<code:code>")
@looks_at(Looked.DOSSIER)
def show(call: Call, code: str) -> str | AnyResponse:
    """The paper to print, one copy to keep and one to hand over."""
    slip = slip_of(call.tx, find(call.tx, code, call.actor))
    if slip is None:
        return redirect(f"/ho-so/{code}", 303)
    site = services().settings
    link = (site.base_url or request.host_url).rstrip("/") + slip_path(site.secret_key, code)
    qr = segno.make(link, error="m").svg_data_uri(scale=3, border=2)
    context = {"slip": slip, "at": local(slip.at), "is_new": "moi" in request.args}
    return render("slip.html", **context, qr=qr, link=link.partition("?")[0])
