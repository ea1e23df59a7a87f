"""Results and refusals that do not count as signed, for those who supervise the offices (R30)."""

from api.edge import Call
from api.paging import answer, wanted
from api.v1.schemas.reports import UnsignedListIn
from api.web.edge import reads
from api.web.language import gettext as _
from api.web.pages.board.asking import address, asked, routes, show
from engine.model.document import DOCUMENT_KIND_NAMES
from engine.queries.unsigned import list_unsigned

_PATH = "/giay-to/chua-ky"


@routes.get(_PATH)
@reads
def unsigned(call: Call) -> str:
    """Those of dossiers that have ended first: nothing mends them by itself."""
    query = asked(UnsignedListIn, finished="true")
    part, finished = wanted(query), query["finished"]
    listed = answer(list_unsigned(call.tx, part, finished, call.actor))
    said = {"finished": str(finished).lower()}
    ways = [(_("Hồ sơ đã kết thúc"), "true"), (_("Hồ sơ đang giải quyết"), "false")]
    return show(
        "board/unsigned.html",
        call.tx,
        call.actor,
        None,
        items=listed["items"],
        kinds=DOCUMENT_KIND_NAMES,
        next=listed["next"] and address(_PATH, said, cursor=listed["next"]),
        ways=[(name, address(_PATH, finished=of), of == said["finished"]) for name, of in ways],
        back=address("/giay-to"),
    )
