"""Dossiers: those one may see, new ones, and one of them."""

from typing import Any

from flask import Response, request, url_for

from api.documenting import Blueprint
from api.edge import Call, etag, reads, writes
from api.paging import answer, wanted
from api.v1.schemas.dossiers import DossierIn, DossierListIn, DossierOut, DossierPage, StandingOut
from engine.commands.submission import Paper, SubmitDossier, submit_dossier
from engine.model.dossier import Dossier
from engine.model.reading import Looked
from engine.queries import dossiers
from engine.queries.people import names_of
from engine.queries.views import DossierView, view_of
from engine.store import definitions

routes = Blueprint("dossiers", __name__, url_prefix="/dossiers", description="Hồ sơ.")
ETAG = {"ETag": {"description": "Phiên bản của hồ sơ.", "schema": {"type": "string"}}}
LOCATION = {"Location": {"description": "Địa chỉ của hồ sơ.", "schema": {"type": "string"}}}


def standing(call: Call, dossier: Dossier) -> tuple[DossierView, int, dict[str, str]]:
    """What a command answers: where the dossier now stands, without asking the database."""
    setting = definitions.setting_of(call.tx, dossier.version, dossier.rulebook)
    return view_of(dossier, setting, call.actor), 200, etag(dossier.seq)


@routes.get("")
@reads(422)
@routes.arguments(DossierListIn, location="query")
@routes.response(200, DossierPage)
def list_dossiers(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the dossiers that one may see.

    Hồ sơ bạn được xem, mới nhất trước.
    """
    part = wanted(query)
    chosen = dossiers.DossierFilter(**query)
    return answer(dossiers.list_dossiers(call.tx, part, chosen, call.actor))


@routes.post("")
@writes(403, 404, 409)
@routes.arguments(DossierIn)
@routes.response(201, StandingOut, headers={**ETAG, **LOCATION})
def submit(call: Call, body: dict[str, Any]) -> tuple[DossierView, int, dict[str, str]]:
    """Submit a dossier.

    Nộp hồ sơ trực tuyến (`online`), tiếp nhận tại quầy (`direct`, được nhận ngay) hoặc qua bưu
    chính (`postal`).
    """
    papers = tuple(
        Paper(component["code"], upload)
        for component in body["components"]
        for upload in component.pop("uploads")
    )
    body |= {name: tuple(body[name]) for name in ("components", "obtained")}
    command = SubmitDossier(**body, papers=papers)
    dossier = submit_dossier(call.tx, command, call.actor, call.now)
    view, _, headers = standing(call, dossier)
    return view, 201, {**headers, "Location": url_for("dossiers.show", code=dossier.code)}


@routes.get("/<code:code>")
@reads(404, looks_at=Looked.DOSSIER)
@routes.response(200, DossierOut, headers=ETAG)
@routes.alt_response(304, description="Hồ sơ chưa thay đổi.", headers=ETAG)
def show(call: Call, code: str) -> Any:
    """Show a dossier.

    Hồ sơ với trạng thái, hạn, việc đang mở, người nộp, tờ khai, và việc bạn có thể làm.
    """
    found = dossiers.find(call.tx, code, call.actor)
    dossier = found.dossier
    if request.if_none_match.contains_weak(str(dossier.seq)):
        return Response(status=304, headers=etag(dossier.seq))
    said = dossiers.submission(call.tx, found)
    names = names_of(call.tx, (task.assignee for task in dossier.tasks.values()))
    body = {
        **vars(view_of(dossier, found.setting, call.actor)),
        "owner": _person(said.get("owner")),
        "submitter": _person(said.get("submitter")),
        "application": said.get("application"),
        "assignees": {str(id_): name for id_, name in names.items()},
    }
    return body, 200, etag(dossier.seq)


_PERSON = ("name", "personal_id", "tax_code", "phone", "email", "address")


def _person(said: dict[str, Any] | None) -> dict[str, Any] | None:
    return {name: said.get(name) for name in _PERSON} if said else None
