"""Diagram and decision tables of a draft, edited in the browser."""

from typing import Any

from flask import Blueprint, Response, jsonify, url_for
from marshmallow import Schema, ValidationError
from webargs import core
from werkzeug.exceptions import NotFound

from api.body import read_body
from api.edge import Call, asked_revision, etag
from api.problems import STATUS_OF
from api.v1.schemas.procedure_drafts import ProcedureFileIn
from api.v1.schemas.procedure_trials import ProcedureLintIn
from api.web.edge import acts, reads
from api.web.editing.options import options, tables
from api.web.language import gettext as _
from api.web.pages.admin.scope import show
from api.web.words import moment
from bpmn.findings import ProcedureError
from bpmn.procedure import DIAGRAM_FILE, procedure_from_sources
from engine.commands.examining import examined
from engine.commands.procedure_drafts import SaveFiles, in_sight, save_files
from engine.errors import EngineError
from engine.errors.procedure_drafts import DraftChanged
from engine.life.rulebook import standard_rulebook
from engine.model.procedure_draft import ProcedureDraft
from engine.queries.people import names_of
from engine.store import connectors

routes = Blueprint("procedure_editor", __name__, url_prefix="/quan-tri/ban-thao/<number:draft>")


@routes.get("/ve")
@reads
def draw(call: Call, draft: int) -> str:
    """The diagram, with what may be drawn and said."""
    found = in_sight(call.tx, draft, call.actor)
    known = [(each.name, each.title) for each in connectors.known(call.tx).values()]
    pauses = [(code, raw["name"]) for code, raw in standard_rulebook()["pauses"].items()]
    offered = options(found.files, known, pauses)
    return _desk(call, found, "draw.html", DIAGRAM_FILE, **offered)


@routes.get("/bang/<code:name>")
@reads
def table(call: Call, draft: int, name: str) -> str:
    """A decision table; as it was saved it can be read without a script."""
    found = in_sight(call.tx, draft, call.actor)
    if f"{name}.dmn" not in found.files:
        raise NotFound
    return _desk(call, found, "table.html", f"{name}.dmn", table=_read(found, name))


@routes.get("/nguon/<file:name>")
@reads
def source(call: Call, draft: int, name: str) -> Response:
    """The XML of a file."""
    text = in_sight(call.tx, draft, call.actor).files.get(name)
    if text is None or not name.endswith((".bpmn", ".dmn")):
        raise NotFound
    return Response(text, content_type="application/xml; charset=utf-8")


@routes.post("/soat")
@reads
def lint(call: Call, draft: int) -> Any:
    """What lint says of files as they are on the desk; nothing is kept."""
    found, body = in_sight(call.tx, draft, call.actor), _body(ProcedureLintIn())
    if body is None:
        return jsonify(findings=[]), 422
    _, findings = examined(call.tx, found.procedure, {**found.files, **body["files"]})
    return jsonify(findings=[finding.plain() for finding in findings])


@routes.put("/luu/<file:name>")
@acts
def save(call: Call, draft: int, name: str) -> Any:
    """Keep a file, if nobody else has saved since it was opened."""
    body = _body(ProcedureFileIn())
    if body is None:
        return jsonify(detail=_("Tệp quá lớn hoặc có ký tự không hợp lệ.")), 422
    try:
        command = SaveFiles(draft, {name: body["text"]}, asked_revision())
        saved = save_files(call.tx, command, call.actor, call.now)
    except DraftChanged as changed:
        return jsonify(detail=_by_whom(call, draft, changed)), 412
    except EngineError as refused:
        return jsonify(detail=refused.message), STATUS_OF[refused.kind]
    return jsonify(revision=etag(saved.revision)["ETag"])


def _desk(call: Call, draft: ProcedureDraft, template: str, file: str, **more: Any) -> str:
    addresses = {
        "source": url_for("procedure_editor.source", draft=draft.id, name=file),
        "lint": url_for("procedure_editor.lint", draft=draft.id),
        "save": url_for("procedure_editor.save", draft=draft.id, name=file),
    }
    known = tables(draft.files)
    return show(
        call, f"editor/{template}", draft=draft, file=file, tables=known, **addresses, **more
    )


def _read(draft: ProcedureDraft, name: str) -> Any:
    """The table as it was saved; None where the draft cannot be read."""
    try:
        decisions = procedure_from_sources(draft.files).diagram.decisions
    except ProcedureError:
        return None
    return next((table for table in decisions.values() if table.id == name), None)


def _body(schema: Schema) -> dict[str, Any] | None:
    told = read_body()
    try:
        return None if told is core.missing else dict(schema.load(told))
    except ValidationError:
        return None


def _by_whom(call: Call, number: int, changed: DraftChanged) -> str:
    """Who saved last, and when."""
    draft = in_sight(call.tx, number, call.actor)
    who = names_of(call.tx, [draft.changed_by]).get(draft.changed_by, "")
    said = _("%(who)s đã lưu lúc %(when)s.") % {"who": who, "when": moment(draft.changed_at)}
    return f"{said} {changed.message}"
