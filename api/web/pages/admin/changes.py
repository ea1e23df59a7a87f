"""The log of administration."""

from flask import Blueprint

from api.edge import Call
from api.paging import answer, wanted
from api.v1.schemas.office import OfficeEventListIn
from api.web.edge import reads
from api.web.pages.admin.scope import asked, scope_of, show
from api.web.pages.admin.told import told
from engine.model.actor import Permission
from engine.model.office_event import OFFICE_EVENT_NAMES
from engine.queries.office_log import OfficeEventFilter, list_office_events

routes = Blueprint("admin_changes", __name__)


@routes.get("/quan-tri/so-thay-doi")
@reads
def index(call: Call) -> str:
    """Who changed what, when."""
    query = asked(OfficeEventListIn)
    part = wanted(query)
    found = answer(list_office_events(call.tx, part, OfficeEventFilter(**query), call.actor))
    return show(
        call,
        "changes.html",
        items=told(call, found["items"]),
        next=found["next"],
        chosen=query,
        types=OFFICE_EVENT_NAMES,
        agencies=scope_of(call, Permission.OFFICE_LOG_READ).agencies,
    )
