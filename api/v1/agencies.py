"""Agencies."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads
from api.paging import PageIn, answer, wanted
from api.v1.schemas.office import AgencyPage
from engine.queries import agencies

routes = Blueprint("agencies", __name__, url_prefix="/agencies", description="Cơ quan, đơn vị.")


@routes.get("")
@reads(422)
@routes.arguments(PageIn, location="query")
@routes.response(200, AgencyPage)
def list_agencies(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List agencies with their units.

    Mọi cơ quan theo mã, với các đơn vị.
    """
    return answer(agencies.list_agencies(call.tx, wanted(query)))
