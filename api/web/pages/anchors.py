"""Anchors: the list, one to be printed and posted, and its file to be kept elsewhere."""

from flask import Blueprint, Response

from api.anchors import sent_anchor
from api.edge import Call
from api.paging import PageIn, answer, wanted
from api.web.edge import reads
from api.web.entered import ask
from api.web.frame import render
from api.web.pages.audit import tabs
from engine.queries import anchors

routes = Blueprint("anchors", __name__, url_prefix="/kiem-tra/moc-neo")


@routes.get("")
@reads
def index(call: Call) -> str:
    """All anchors, the last one first, and what they wait for."""
    found = anchors.list_anchors(call.tx, wanted(ask(PageIn).data), call.actor)
    waiting = anchors.troubles(call.tx, call.actor)
    return render("audit/anchors.html", **answer(found), **tabs(call.actor), waiting=waiting)


@routes.get("/<number:anchor>")
@reads
def show(call: Call, anchor: int) -> str:
    """One anchor, as it is printed and posted."""
    return render("audit/anchor.html", anchor=anchors.show_anchor(call.tx, anchor, call.actor))


@routes.get("/<number:anchor>/tep")
@reads
def download(call: Call, anchor: int) -> Response:
    """Its file."""
    return sent_anchor(call, anchor)
