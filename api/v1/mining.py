"""Process mining: what really happens to dossiers, and event logs for the tools of others."""

from collections.abc import Iterator
from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads
from api.sending import Streamed
from api.services import services
from api.v1.schemas.mining import EventLogIn, PeriodIn, PictureOut
from engine.queries.mining import Asked, LogFormat, Picture, event_log, picture
from engine.queries.supervised import supervised_agencies

routes = Blueprint("mining", __name__, url_prefix="", description="Diễn tiến thực tế.")
_TYPES = {LogFormat.XES: "application/xml", LogFormat.OCEL: "application/json"}
_LOG = {
    200: {
        "description": "Nhật ký, ghi dần.",
        "content": {
            type_: {"schema": {"type": "string", "format": "binary"}} for type_ in _TYPES.values()
        },
    }
}
_NAMES = {LogFormat.XES: "nhat-ky.xes", LogFormat.OCEL: "nhat-ky.ocel.json"}


@routes.get("/procedures/<code:code>/mining")
@reads(403, 404, 422)
@routes.arguments(PeriodIn, location="query")
@routes.response(200, PictureOut)
def show_picture(call: Call, query: dict[str, Any], code: str) -> Picture:
    """Show the ways that dossiers of a procedure really took.

    Các đường đi theo tần suất, thời gian giữa các bước, làm lại, chuyển tay, và so với bản vẽ; tính
    trên tối đa 2.000 hồ sơ xử lý xong gần nhất của kỳ.
    """
    return picture(call.tx, Asked(**query), code, call.actor)


@routes.get("/event-logs")
@reads(403, 422)
@routes.arguments(EventLogIn, location="query")
@routes.doc(responses=_LOG)
def export_event_log(call: Call, query: dict[str, Any]) -> Streamed:
    """Export the event log as XES or OCEL 2.0.

    Nhật ký sự kiện của những hồ sơ tiếp nhận trong kỳ, ghi dần. Cán bộ chỉ là số; tên, lời khai
    của công dân không đi kèm.
    """
    format_ = query.pop("format")
    reach = supervised_agencies(call.actor)
    pieces = event_log(services().database, Asked(**query), reach, format_)
    return as_file(pieces, format_)


def as_file(pieces: Iterator[bytes], format_: LogFormat) -> Streamed:
    """A log to be kept by whoever asked."""
    return Streamed(pieces, _TYPES[format_], _NAMES[format_])
