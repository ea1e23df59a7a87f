"""An anchor as a file to be kept elsewhere."""

from flask import Response

from api.edge import Call
from engine.queries.anchors import anchor_file


def sent_anchor(call: Call, number: int) -> Response:
    """The file; raises `NotPermitted` and `AnchorUnknown`."""
    answer = Response(anchor_file(call.tx, number, call.actor), mimetype="application/x-ndjson")
    name = f"moc-neo-{number:08}.jsonl"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
