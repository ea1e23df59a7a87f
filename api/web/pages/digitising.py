"""Digitising a dossier's papers: photographing, arranging, making documents, looking up data."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from marshmallow import ValidationError
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.page_pictures import PagePicture
from api.problems import STATUS_OF
from api.services import services
from api.v1.schemas.scans import ScanIn
from api.web.dossier.digitising import Desk, may_sign, require_digitising
from api.web.dossier.head import head
from api.web.dossier.issuing import means
from api.web.dossier.scene import Scene
from api.web.dossier.stale import target
from api.web.edge import acts, acts_apart, came_from, looks_at
from api.web.frame import render
from api.web.language import gettext as _
from engine.commands import obtaining, scans
from engine.commands.signatures import Wanted
from engine.commands.signing import sign_documents
from engine.errors import EngineError
from engine.errors.uploads import UploadUnfinished
from engine.model.document import Capacity
from engine.model.reading import Looked
from engine.scans.viewing import Width
from engine.store import uploads

routes = Blueprint("digitising", __name__, url_prefix="/ho-so/<code:code>/so-hoa")


@routes.get("")
@looks_at(Looked.DOSSIER)
def show(call: Call, code: str) -> str:
    """The desk: a pile of pages for each component."""
    scene = Scene.of(call, code)
    require_digitising(scene)
    return render("digitising/desk.html", **head(scene), desk=Desk(scene), may_sign=may_sign(scene))


@routes.get("/tinh-trang")
@looks_at(Looked.DOSSIER)
def state(call: Call, code: str) -> str:
    """How far the documents of each component are, for the script."""
    scene = Scene.of(call, code)
    require_digitising(scene)
    return render(
        "digitising/states.html", dossier=scene.view, desk=Desk(scene), may_sign=may_sign(scene)
    )


@routes.get("/anh/<code:upload>/<number:page>")
@looks_at(Looked.DOSSIER)
def picture(call: Call, code: str, upload: str, page: int) -> PagePicture:
    """A page of a file that one sent for the dossier."""
    require_digitising(Scene.of(call, code))
    found = uploads.get(call.tx, upload, call.actor.id, call.now)
    if found.facts is None:
        raise UploadUnfinished(name=found.name)
    return PagePicture(found.facts, page, Width.READABLE)


def _for_scripts(view: Callable[..., Any]) -> Callable[..., Any]:
    """What is refused is said as JSON, with the status that it has over REST."""

    @wraps(view)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        try:
            return view(*args, **kwargs)
        except ValidationError as error:
            return jsonify(message=_("Cách sắp xếp không hợp lệ."), fields=error.messages), 422
        except EngineError as refused:
            return jsonify(message=refused.message), STATUS_OF[refused.kind]

    return wrapper


@routes.post("")
@acts
@_for_scripts
def order(call: Call, code: str) -> Any:
    """Have a document made of a pile."""
    body = ScanIn().load(request.get_json(silent=True) or {})
    job = scans.order_scan(call.tx, scans.OrderScan(code, **body), call.actor, call.now)
    return jsonify(scan=job.id), 202


@routes.post("/<number:scan>/bo")
@acts
def drop(call: Call, code: str, scan: int) -> AnyResponse:
    """Throw away a document that is not made yet, or could not be."""
    scans.drop_scan(call.tx, code, scan, call.actor, call.now)
    flash(_("Đã bỏ. Các trang lại nằm trên bàn để sắp xếp."), "ok")
    return redirect(url_for("digitising.show", code=code), 303)


@routes.post("/ky")
@acts_apart
def sign(call: Call, code: str) -> AnyResponse:
    """Sign what was digitised, all of it with one entry of the secret."""
    numbers = dict.fromkeys(request.form.getlist("document", type=int))
    by = means()
    wanted = [
        Wanted(code, number, Capacity.RECEPTION, certificate=by.certificate) for number in numbers
    ]
    outcomes = sign_documents(services().house, wanted, by.secret, call.actor)
    refused = [each.refused.message for each in outcomes if each.refused]
    if done := len(outcomes) - len(refused):
        flash(_("Đã ký số %(count)s tài liệu.") % {"count": done}, "ok")
    for message in dict.fromkeys(refused):
        flash(message, "error")
    return redirect(came_from(), 303)


@routes.post("/khai-thac/<code:component>")
@acts
def obtain(call: Call, code: str, component: str) -> AnyResponse:
    """Record what a database says, instead of asking for the paper."""
    looked_up = request.form.get("looked_up", "")
    command = obtaining.ObtainComponent(target(code), component, looked_up)
    obtaining.obtain_component(call.tx, command, call.actor, call.now)
    flash(_("Đã ghi dữ liệu khai thác; không yêu cầu nộp giấy tờ này."), "ok")
    return redirect(came_from(), 303)
