"""Documents of a dossier: what there is, files that become documents, and those taken out."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.sending import Sent
from api.v1.schemas.documents import DocumentIn, RemovalIn
from api.v1.schemas.vault import WithdrawalIn
from api.web.dossier.head import head
from api.web.dossier.scene import Scene
from api.web.edge import acts, looks_at
from api.web.entered import Entered, nothing_yet, read
from api.web.frame import render
from api.web.language import gettext as _
from engine.commands.acting import Target
from engine.commands.documents import RemoveDocument, remove_document
from engine.commands.filing import FileUpload, file_upload
from engine.commands.vault import WithdrawPaper, withdraw_paper
from engine.errors import EngineError
from engine.life.keeping import kept
from engine.model.actor import Permission, may
from engine.model.document import DOCUMENT_KIND_NAMES, ISSUED, DocumentKind
from engine.model.reading import Looked
from engine.queries.documents import file_of
from engine.queries.people import names_of

routes = Blueprint("documents", __name__, url_prefix="/ho-so/<code:code>/tai-lieu")

HANDED_IN = (DocumentKind.COMPONENT, DocumentKind.EVIDENCE)
"""Kinds that one brings as a file, at any step."""


@routes.get("")
@looks_at(Looked.DOSSIER)
def show(call: Call, code: str) -> str:
    """What there is, and the form for another."""
    return _page(call, code, nothing_yet(kind=DocumentKind.COMPONENT))


@routes.post("")
@acts
def add(call: Call, code: str) -> Any:
    """What was sent becomes a document."""
    entered = read(DocumentIn)
    if entered.is_good:
        try:
            command = FileUpload(Target(code), **entered.data)
            _dossier, document = file_upload(call.tx, command, call.actor, call.now)
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        return _page(call, code, entered), 422
    flash(_("Đã đưa tài liệu số {n} vào hồ sơ.").format(n=document.number), "ok")
    return redirect(url_for(".show", code=code), 303)


@routes.get("/<number:document>/tep")
@looks_at(Looked.DOCUMENT)
def download(call: Call, code: str, document: int) -> Sent:
    """Its file."""
    file = file_of(call.tx, code, document, call.actor)
    return Sent(file.facts.digest, file.facts.media_type, file.name)


@routes.post("/<number:document>/go")
@acts
def remove(call: Call, code: str, document: int) -> AnyResponse:
    """Take one out, for a reason."""
    entered = read(RemovalIn)
    if entered.is_good:
        command = RemoveDocument(Target(code), document, **entered.data)
        remove_document(call.tx, command, call.actor, call.now)
        flash(
            _("Đã gỡ tài liệu số {n}. Tệp vẫn được giữ theo sổ sự kiện.").format(n=document), "ok"
        )
    else:
        flash(_("Chưa gỡ tài liệu: lý do phải có ít nhất 5 ký tự."), "error")
    return redirect(url_for(".show", code=code), 303)


@routes.post("/<number:document>/thu-hoi")
@acts
def withdraw(call: Call, code: str, document: int) -> AnyResponse:
    """Take back a paper that was given to the vault, for a reason."""
    entered = read(WithdrawalIn)
    if entered.is_good:
        withdraw_paper(
            call.tx, WithdrawPaper(Target(code), document, **entered.data), call.actor, call.now
        )
        flash(_("Đã thu hồi tài liệu số {n}; kho không cho dùng nữa.").format(n=document), "ok")
    else:
        flash(_("Chưa thu hồi: lý do phải có ít nhất 5 ký tự, mã hồ sơ phải đúng."), "error")
    return redirect(url_for(".show", code=code), 303)


def _page(call: Call, code: str, entered: Entered) -> str:
    scene = Scene.of(call, code)
    documents = [scene.dossier.documents[number] for number in sorted(scene.dossier.documents)]
    people = (int(each.added_by) for each in documents if each.added_by.isdigit())
    components = scene.found.procedure.facts.components
    return render(
        "dossier/documents.html",
        **head(scene),
        documents=documents,
        entered=entered,
        kinds=[(kind.value, _(DOCUMENT_KIND_NAMES[kind])) for kind in HANDED_IN],
        kind_names=DOCUMENT_KIND_NAMES,
        components=[(each.code, each.name) for each in components],
        component_names={each.code: each.name for each in components},
        people=names_of(call.tx, people),
        may_add=scene.dossier.outcome is None
        and may(call.actor, Permission.DOCUMENT_ADD, scene.dossier),
        fixed=ISSUED | {DocumentKind.LETTER},
        kept=kept(scene.dossier, scene.found.procedure.facts)
        if may(call.actor, Permission.DOCUMENT_WITHDRAW, scene.dossier)
        else {},
    )
