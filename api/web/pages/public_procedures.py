"""For citizens: what a procedure needs, costs and takes. Nobody signs in here."""

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from api.services import services
from api.web.edge import public
from api.web.frame import render
from api.web.language import gettext as _
from bpmn.catalogue.entry import LEVEL_NAMES
from bpmn.following import usual_way
from bpmn.roles import ROLE_NAMES
from engine.printing.codes import qr
from engine.queries.drawing import name_of, source
from engine.queries.procedure_search import find_for_everyone
from engine.queries.procedures import procedure
from engine.queries.public_procedure import public_procedure

routes = Blueprint("public_procedures", __name__, url_prefix="/thu-tuc")
MOST = 50
LONGEST = 200


@routes.get("")
@public
def search() -> str:
    """Find a procedure by words of its name, its field or its code."""
    text = request.args.get("q", "")[:LONGEST]
    with services().database.reading() as tx:
        found = find_for_everyone(tx, text, MOST) if text.strip() else []
    return render("tracking/procedures.html", text=text, found=found, most=MOST)


@routes.get("/<code:code>")
@public
def show(code: str) -> str:
    """One procedure, to be read, printed and posted on the wall."""
    with services().database.reading() as tx:
        shown = public_procedure(tx, code)
    facts, base = shown.procedure.facts, services().settings.base_url
    drawn = shown.procedure.drawings[0]
    return render(
        "tracking/procedure.html",
        procedure=facts,
        prices=shown.prices,
        repealed_on=shown.repealed_on,
        levels=[_(name) for name, level in LEVEL_NAMES.items() if level in facts.levels],
        steps=usual_way(shown.procedure),
        roles={role: _(name) for role, name in ROLE_NAMES.items()},
        drawing=f"/thu-tuc/{code}/ban-ve/{name_of(drawn.file)}",
        qr=qr(f"{base.rstrip('/')}/thu-tuc/{code}") if base else None,
    )


@routes.get("/<code:code>/ban-ve/<code:name>")
@public
def drawing(code: str, name: str) -> Response:
    """The XML of a drawing of the version in force."""
    with services().database.reading() as tx:
        found = source(procedure(tx, code), name)
    if found is None:
        raise NotFound
    return Response(found, content_type="application/xml; charset=utf-8")
