"""Search: the dossiers that fit what was typed into the box of the frame."""

from flask import Blueprint, redirect, request
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.paging import answer, wanted
from api.web.edge import reads
from api.web.frame import render
from engine.queries.search import search

routes = Blueprint("search", __name__)
ROWS = 30
LONGEST = 200


@routes.get("/tim")
@reads
def index(call: Call) -> str | AnyResponse:
    """Dossiers, the best fit first; the whole of a code leads to its dossier."""
    typed = request.args.get("q", "")[:LONGEST].strip()
    part = wanted({"limit": ROWS, **_cursor()})
    found = answer(search(call.tx, part, typed, call.actor))
    items = found["items"]
    if len(items) == 1 and items[0].code.casefold() == typed.casefold():
        return redirect(f"/ho-so/{items[0].code}", 303)
    return render("search/list.html", query=typed, items=items, next=found["next"])


def _cursor() -> dict[str, str]:
    cursor = request.args.get("cursor")
    return {"cursor": cursor[:500]} if cursor else {}
