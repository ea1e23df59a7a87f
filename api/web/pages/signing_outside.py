"""Signing with a USB token at the desk: what is to be signed goes out, what is signed comes in."""

from base64 import b64decode, b64encode
from binascii import Error
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug import Response as AnyResponse

from api.converters import PLACE
from api.edge import Call
from api.problems import STATUS_OF
from api.services import services
from api.web.dossier.head import head
from api.web.dossier.issuing import certificate_outside, symbol
from api.web.dossier.scene import Scene
from api.web.dossier.task_page import draft_of_body
from api.web.edge import acts_apart, looks_at
from api.web.entered import Entered, nothing_yet
from api.web.frame import render
from api.web.language import gettext as _
from bpmn.steps import Paper
from engine.commands.drafts import SaveDraft, save_draft
from engine.commands.issuing import give_number
from engine.commands.signatures import Wanted
from engine.commands.signing_outside import (
    complete_signature,
    request_signature,
    requested,
)
from engine.errors import EngineError
from engine.errors.documents import DraftMissing
from engine.life.guards import open_task
from engine.model.document import CAPACITY_NAMES, DOCUMENT_KIND_NAMES, Capacity, DocumentKind
from engine.model.reading import Looked
from engine.signatures.places import FIELDS

routes = Blueprint("signing_outside", __name__, url_prefix="/ho-so/<code:code>")
_REQUEST = "/tai-lieu/<number:document>/ky-ngoai/<code:token>"
_LONGEST = 60_000


@routes.post(f"/viec/<{PLACE}:place>/ky-ngoai")
@acts_apart
def begin_at_task(call: Call, code: str, place: int) -> AnyResponse:
    """The paper of a task is to be signed; what was typed into its form is kept as a draft."""
    back = url_for("task.show", code=code, place=place)
    try:
        with services().database.transaction() as tx:
            draft = SaveDraft(code, place, draft_of_body(request.form.items(multi=True)))
            save_draft(tx, draft, call.actor, call.now)
            wanted = _wanted_at(Scene.of(replace(call, tx=tx), code), place)
        if wanted.capacity is Capacity.AGENCY:
            give_number(services().house, code, place, symbol(), call.actor)
        return _begun(call, wanted)
    except EngineError as refused:
        flash(refused.message, "error")
        return redirect(back, 303)


def _wanted_at(scene: Scene, place: int) -> Wanted:
    """Raises `TaskNotOpen`, and `DraftMissing` where there is no paper to sign."""
    task = open_task(scene.dossier, place)
    step = scene.found.procedure.places.steps[task.step]
    paper = step.seals or step.signs
    document = scene.dossier.document_of(paper) if paper else None
    if document is None:
        name = DOCUMENT_KIND_NAMES[DocumentKind(paper or Paper.RESULT)]
        raise DraftMissing(code=scene.code, name=name, task=task.name)
    capacity = Capacity.AGENCY if step.seals else Capacity.LEADER
    return Wanted(scene.code, document.number, capacity, place, certificate_outside())


@routes.post("/tai-lieu/<number:document>/ky-ngoai")
@acts_apart
def begin_digitised(call: Call, code: str, document: int) -> AnyResponse:
    """A digitised copy is to be signed by the reception officer."""
    try:
        wanted = Wanted(code, document, Capacity.RECEPTION, None, certificate_outside())
        return _begun(call, wanted)
    except EngineError as refused:
        flash(refused.message, "error")
        return redirect(url_for("digitising.show", code=code), 303)


def _begun(call: Call, wanted: Wanted) -> AnyResponse:
    made = request_signature(services().house, wanted, call.actor)
    page = url_for(".show", code=wanted.code, document=wanted.document, token=made.id)
    return redirect(page, 303)


@routes.get(_REQUEST)
@looks_at(Looked.DOCUMENT)
def show(call: Call, code: str, document: int, token: str) -> Any:
    """What is to be signed, and the form for what comes back."""
    try:
        return _page(call, (code, document, token), nothing_yet())
    except EngineError as refused:
        flash(refused.message, "error")
        return redirect(url_for("documents.show", code=code), 303)


@routes.get(f"{_REQUEST}/thuoc-tinh")
@looks_at(Looked.DOCUMENT)
def attributes(call: Call, code: str, document: int, token: str) -> Response:
    """The text that the key signs, as a file for the token's software."""
    found = requested(call.tx, token, (code, document), call.actor, call.now)
    name = f'attachment; filename="{code}-{document}.der"'
    return Response(
        found.attributes,
        mimetype="application/octet-stream",
        headers={"Content-Disposition": name},
    )


@routes.post(_REQUEST)
@acts_apart
def take(call: Call, code: str, document: int, token: str) -> Any:
    """What came back goes through the gate."""
    entered, of = _entered(), (code, document, token)
    try:
        with services().database.reading() as tx:
            wanted = requested(tx, token, of[:2], call.actor, call.now).wanted
    except EngineError as gone:
        flash(gone.message, "error")
        return redirect(url_for("documents.show", code=code), 303)
    if not entered.is_good:
        return _again(call, of, entered), 422
    ((field, came),) = entered.data.items()
    try:
        complete_signature(services().house, token, of[:2], came, call.actor)
    except EngineError as refused:
        entered.errors = {field: [refused.message]}
        return _again(call, of, entered), STATUS_OF[refused.kind]
    flash(_("Đã nhận chữ ký của tài liệu số {n}; chữ ký hợp lệ.").format(n=document), "ok")
    return redirect(_onward(wanted), 303)


def _again(call: Call, of: tuple[str, int, str], entered: Entered) -> str:
    """The page once more, with what was typed and what was sent."""
    with services().database.reading() as tx:
        return _page(replace(call, tx=tx), of, entered)


def _onward(wanted: Wanted) -> str:
    if wanted.place is None:
        return url_for("digitising.show", code=wanted.code)
    return url_for("task.show", code=wanted.code, place=wanted.place)


def _page(call: Call, of: tuple[str, int, str], entered: Entered) -> str:
    code, document, token = of
    scene = Scene.of(call, code)
    found = requested(call.tx, token, (code, document), call.actor, call.now)
    return render(
        "issuing/outside.html",
        **head(scene),
        document=scene.dossier.documents[document],
        wanted=found,
        token=token,
        digest=b64encode(found.digest).decode(),
        field_of_file=FIELDS[found.wanted.capacity],
        capacity=_(CAPACITY_NAMES[found.wanted.capacity]),
        name=_(DOCUMENT_KIND_NAMES[scene.dossier.documents[document].kind]),
        back=_onward(found.wanted),
        entered=entered,
    )


def _entered() -> Entered:
    """A file that came back (signed PDF, CMS, value), else a value that was pasted."""
    text = request.form.get("value", "").strip()[:_LONGEST]
    sent = request.files.get("file")
    raw = sent.read() if sent else b""
    entered = Entered({"value": text})
    if came := raw or _bytes_of(text):
        entered.data = {"file" if raw else "value": came}
    elif text:
        said = _("Không phải giá trị chữ ký. Hãy dán nguyên văn, dạng base64 hoặc hex.")
        entered.errors = {"value": [said]}
    else:
        said = _("Hãy chọn tệp PDF đã ký, hoặc dán giá trị chữ ký ở dưới.")
        entered.errors = {"file": [said]}
    return entered


def _bytes_of(text: str) -> bytes:
    """Base64, with or without the lines of PEM around it, or hexadecimal; else nothing."""
    lines = (line for line in text.splitlines() if not line.startswith("-----"))
    body = "".join("".join(lines).split())
    try:
        return bytes.fromhex(body)
    except ValueError:
        pass
    try:
        return b64decode(body, validate=True)
    except (Error, ValueError):
        return b""
