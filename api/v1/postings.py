"""Posting procedures at the counter, and until when it is to be done."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.v1.schemas.postings import PostedOut, PostIn, PostingListIn, PostingListOut
from engine.commands.postings import PostProcedures, post_procedures
from engine.queries.postings import board

routes = Blueprint("postings", __name__, url_prefix="/postings", description="Niêm yết.")


@routes.get("")
@reads(403, 404, 422)
@routes.arguments(PostingListIn, location="query")
@routes.response(200, PostingListOut)
def list_postings(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List what an agency has posted, and what it still has to.

    Niêm yết thủ tục thuộc cấp của cơ quan: chậm nhất khi nào, đã làm lúc nào, có trễ không.
    """
    found = board(call.tx, query["agency"], call.actor, call.now)
    return {"items": found.waiting if query.get("waiting") else found.items}


@routes.post("")
@writes(403, 404)
@routes.arguments(PostIn)
@routes.response(200, PostedOut)
def post(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """Note that procedures were posted.

    Ghi đã niêm yết tại cơ quan; quyết định đã ghi rồi thì giữ nguyên.
    """
    return {"posted": post_procedures(call.tx, PostProcedures(**body), call.actor, call.now)}
