"""The diagrams of a dossier's own version of its procedure, and where it stands in them."""

from typing import Any

from flask import Response
from werkzeug.exceptions import NotFound

from api.documenting import Blueprint
from api.edge import Call, reads
from api.v1.schemas.diagrams import DrawingListOut
from engine.model.reading import Looked
from engine.queries import drawing
from engine.queries.dossiers import find

routes = Blueprint(
    "diagrams",
    __name__,
    url_prefix="/dossiers/<code:code>/diagrams",
    description="Bản vẽ quy trình của hồ sơ.",
)


@routes.get("")
@reads(404, looks_at=Looked.DOSSIER)
@routes.response(200, DrawingListOut)
def list_diagrams(call: Call, code: str) -> dict[str, Any]:
    """Show where a dossier stands in its diagrams.

    Các bản vẽ của phiên bản mà hồ sơ đang theo, với chỗ đang làm, đang chờ, đã làm.
    """
    found = find(call.tx, code, call.actor)
    return {"items": drawing.drawings(found.dossier, found.procedure)}


@routes.get("/<code:name>")
@reads(404, looks_at=Looked.DOSSIER)
@routes.response(200, {"type": "string"}, content_type="application/xml")
def show_diagram(call: Call, code: str, name: str) -> Response:
    """Give one diagram of a dossier.

    Bản vẽ BPMN 2.0: `procedure` là bản vẽ chính, các bản khác theo danh sách trên.
    """
    found = find(call.tx, code, call.actor)
    return answer(drawing.source(found.procedure, name))


def answer(source: str | None) -> Response:
    """The XML of a diagram; raises 404 where there is none."""
    if source is None:
        raise NotFound
    return Response(source, content_type="application/xml; charset=utf-8")
