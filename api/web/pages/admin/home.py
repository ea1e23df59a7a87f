"""The first page of administration."""

from flask import Blueprint

from api.edge import Call
from api.web.edge import reads
from api.web.pages.admin.scope import sections, show
from engine.errors import NotPermitted

routes = Blueprint("admin", __name__)


@routes.get("/quan-tri")
@reads
def index(call: Call) -> str:
    """What one may administer."""
    if not sections(call.actor):
        raise NotPermitted(what="quản trị")
    return show(call, "home.html")
