"""A draft tried out: a test dossier is walked through it, and every way of it at random."""

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from api.edge import Call
from api.trying import readable
from api.web.edge import reads
from api.web.editing.options import tables
from api.web.editing.trial_desk import TrialDesk
from api.web.language import gettext as _
from api.web.pages.admin.scope import show
from engine.commands.procedure_drafts import in_sight
from engine.errors import ProcedureRefused
from engine.model.procedure_draft import ProcedureDraft
from engine.queries import drawing
from engine.trial.moves import MoveKind
from engine.trial.ways import explore

routes = Blueprint("procedure_trial", __name__)
HERE = "/quan-tri/ban-thao/<number:draft>/thu"
_EXPLORE = "explore"


@routes.get(HERE)
@reads
def begin(call: Call, draft: int) -> Any:
    """Before anything was handed in."""
    return _page(call, in_sight(call.tx, draft, call.actor))


@routes.post(HERE)
@reads
def go_on(call: Call, draft: int) -> Any:
    """One more move, one less, or every way; the page holds the moves that were made."""
    return _page(call, in_sight(call.tx, draft, call.actor))


@routes.get(f"{HERE}/so-do/<code:name>")
@reads
def diagram(call: Call, draft: int, name: str) -> Response:
    """A drawing of the draft, where the test dossier is marked."""
    source = drawing.source(readable(in_sight(call.tx, draft, call.actor)), name)
    if source is None:
        raise NotFound
    return Response(source, content_type="application/xml; charset=utf-8")


def _page(call: Call, draft: ProcedureDraft) -> Any:
    desk, wanted = TrialDesk.of(call, draft), request.form.get("act", "")
    frame = {"draft": draft, "tables": tables(draft.files), "words": _words()}
    try:
        desk.act(wanted)
        desk.trial  # noqa: B018 - where the draft cannot be read, it says so
    except ProcedureRefused as refused:
        findings = refused.details["findings"]
        return show(call, "editor/unreadable.html", findings=findings, **frame), 422
    found = explore(readable(draft)) if wanted == _EXPLORE else None
    return show(
        call,
        "editor/trial.html",
        desk=desk,
        found=found,
        same=desk.refused or desk.errors,
        **frame,
    )


def _words() -> dict[MoveKind, str]:
    return {
        MoveKind.PAY: _("Nộp đủ tiền tại quầy"),
        MoveKind.SUPPLEMENT: _("Công dân nộp bổ sung"),
        MoveKind.OBLIGATION: _("Xác nhận nghĩa vụ tài chính đã xong"),
        MoveKind.WITHDRAW: _("Công dân rút hồ sơ"),
        MoveKind.DISCONTINUE: _("Cơ quan dừng giải quyết"),
        MoveKind.NO_ANSWER: _("Không chờ phần mềm kia nữa"),
    }
