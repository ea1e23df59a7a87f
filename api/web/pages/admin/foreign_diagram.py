"""A diagram of another tool is taken into a draft on its page."""

from base64 import b64encode
from typing import Any

from flask import Blueprint, request

from api.edge import Call
from api.fields import In, Text
from api.transfer import Base64
from api.v1.schemas.procedures import MAX_FILE
from api.web.edge import acts
from api.web.entered import Entered, read
from api.web.language import gettext as _
from api.web.pages.admin.procedure_draft import ONE, draft_page
from api.web.pages.admin.scope import shown_revision
from bpmn.adopting import Adoption, Kind
from engine.commands.adopting import AdoptDiagram, adopt_diagram
from engine.commands.procedure_drafts import in_sight
from engine.errors import EngineError, ProcedureRefused
from engine.model.procedure_draft import ProcedureDraft

routes = Blueprint("admin_foreign_diagram", __name__)
MOST_NAME = 200


class ForeignFormIn(In):
    """Which process of the file; `kept` and `name` are the file sent before, to choose from it."""

    process = Text(MOST_NAME, load_default="")
    name = Text(MOST_NAME, load_default="")
    kept = Base64(MAX_FILE, load_default=b"", load_only=True)


@routes.post(ONE)
@acts
def take(call: Call, draft: int) -> Any:
    """Take a diagram in the place of the draft's own; the page tells what became of it."""
    entered = read(ForeignFormIn)
    name, content = _sent(entered)
    if entered.is_good and not content:
        entered.errors["file"] = [_("Hãy chọn tệp .bpmn hoặc .xml.")]
    refused: ProcedureRefused | None = None
    if entered.is_good:
        process = entered.data["process"] or None
        command = AdoptDiagram(draft, name, content, process, shown_revision())
        try:
            return _told(call, *adopt_diagram(call.tx, command, call.actor, call.now))
        except ProcedureRefused as error:
            refused = error
        except EngineError as error:
            entered.refuse(error)
    shown = {"taking": entered, "refused": refused, **_kept(refused, name, content)}
    return draft_page(call, in_sight(call.tx, draft, call.actor), **shown), 422


def _sent(entered: Entered) -> tuple[str, bytes]:
    """The file chosen now, else the one that was kept; a byte more than may be read of it."""
    file = request.files.get("file")
    if file:
        return (file.filename or "")[-MOST_NAME:], file.read(MAX_FILE + 1)
    return entered.data.get("name", ""), entered.data.get("kept", b"")


def _kept(refused: ProcedureRefused | None, name: str, content: bytes) -> dict[str, Any]:
    """The file again, where one of its processes is to be chosen."""
    processes = refused.details["processes"] if refused else {}
    if not processes:
        return {}
    choices = [(id_, f"{called} ({id_})" if called else id_) for id_, called in processes.items()]
    return {"processes": choices, "kept": b64encode(content).decode(), "kept_name": name}


def _told(call: Call, draft: ProcedureDraft, adoption: Adoption) -> str:
    told = (
        (_("Đã đổi"), adoption.of_kind(Kind.CHANGED)),
        (_("Đã lược bỏ"), adoption.of_kind(Kind.DROPPED)),
    )
    return draft_page(call, draft, adoption=adoption, told=told)
