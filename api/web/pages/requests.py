"""What dossiers asked and told other software: a list of all, and one tab of each dossier."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, request, url_for

from api.edge import Call
from api.paging import answer, wanted
from api.problems import STATUS_OF
from api.v1.schemas.requests import DropIn, RequestListIn
from api.web import jsonform
from api.web.dossier.head import head
from api.web.dossier.scene import Scene
from api.web.dossier.stale import meanwhile, target
from api.web.edge import acts, looks_at, reads
from api.web.entered import read
from api.web.frame import render
from api.web.language import gettext as _
from api.web.pages.admin.scope import asked
from bpmn.forms import Form
from engine.commands import requests as commands
from engine.commands.requests import Answer, EnterAnswer, OnRequest
from engine.errors import EngineError
from engine.life.answering import request_of
from engine.model.actor import Permission, may
from engine.model.reading import Looked
from engine.model.request import REQUEST_STATE_NAMES, AnswerOutcome, RequestState
from engine.queries import requests
from engine.queries.requests import RequestFilter

routes = Blueprint("requests_", __name__)
LIST = "/lien-thong"
TAB = "/ho-so/<code:code>/lien-thong"
ONE = f"{TAB}/<number:number>"


@routes.get(LIST)
@reads
def index(call: Call) -> str:
    """Requests of all dossiers that one may see; first those that wait, the longest first."""
    query = asked(RequestListIn)
    if not request.args:
        query["state"] = RequestState.WAITING
    part, chosen = wanted(query), RequestFilter(**query)
    found = answer(requests.list_requests(call.tx, part, chosen, call.actor))
    return render(
        "requests.html",
        requests=found["items"],
        next=found["next"] and f"{LIST}?{urlencode({**request.args, 'cursor': found['next']})}",
        chosen=chosen,
        states=REQUEST_STATE_NAMES,
    )


@routes.get(TAB)
@looks_at(Looked.HISTORY)
def of_dossier(call: Call, code: str) -> str:
    """What one dossier asked and told, and what came."""
    scene = Scene.of(call, code)
    return render(
        "dossier/requests.html",
        **head(scene),
        requests=requests.requests_of(call.tx, scene.found, call.actor),
        may_handle=may(call.actor, Permission.REQUEST_HANDLE, scene.dossier),
    )


@routes.get(f"{ONE}/tra-loi")
@looks_at(Looked.HISTORY)
def ask_for_answer(call: Call, code: str, number: int) -> Any:
    """The form of an answer that came on paper."""
    scene = Scene.of(call, code)
    return _AnswerForm(scene, number).show(jsonform.Entry(), {})


@routes.post(f"{ONE}/tra-loi")
@acts
def enter_answer(call: Call, code: str, number: int) -> Any:
    """Enter it."""
    form = _AnswerForm(Scene.of(call, code), number)
    return form.carry_out(call)


@routes.post(f"{ONE}/thu-cong")
@acts
def drop(call: Call, code: str, number: int) -> Any:
    """Wait no longer."""
    entered = read(DropIn)
    if entered.is_good:
        command = OnRequest(target(code), number, entered.data["reason"])
        commands.drop_request(call.tx, command, call.actor, call.now)
        flash(_("Đã thôi chờ. Hồ sơ đi tiếp theo nhánh làm thủ công."), "ok")
    else:
        flash(_("Hãy ghi lý do thôi chờ."), "error")
    return redirect(url_for(".of_dossier", code=code), 303)


@routes.post(f"{ONE}/gui-lai")
@acts
def resend(call: Call, code: str, number: int) -> Any:
    """Send it once more."""
    commands.resend_request(call.tx, OnRequest(target(code), number), call.actor, call.now)
    flash(_("Yêu cầu sẽ được gửi lại ngay."), "ok")
    return redirect(url_for(".of_dossier", code=code), 303)


class _AnswerForm:
    """The answer form of a request, shown and read."""

    def __init__(self, scene: Scene, number: int) -> None:
        self._scene = scene
        self._request = request_of(scene.dossier, number)
        procedure = scene.found.procedure
        self._service = procedure.places.services[self._request.step]
        self._form: Form = procedure.forms[self._service.answer or ""]

    def show(self, entry: jsonform.Entry, errors: dict[str, list[str]]) -> str:
        """The page."""
        fields = jsonform.read(self._form.schema)
        said = {name: request.form.get(name, "") for name in ("outcome", "reason", "evidence")}
        return render(
            "dossier/request_answer.html",
            **head(self._scene),
            service=self._service,
            shown=jsonform.show(fields, entry.texts, errors),
            said=said,
            meanwhile=meanwhile(self._scene),
        )

    def carry_out(self, call: Call) -> Any:
        """Enter what was typed, or show it again with what is wrong."""
        entry = jsonform.enter(jsonform.read(self._form.schema), request.form.items(multi=True))
        refused = request.form.get("outcome") == AnswerOutcome.REFUSED
        if entry.errors and not refused:
            return self.show(entry, entry.errors), 422
        reason = request.form.get("reason", "").strip()[: commands.MOST_TEXT]
        outcome = AnswerOutcome.REFUSED if refused else AnswerOutcome.DONE
        said = Answer(outcome, {} if refused else entry.document, reason or None)
        code, evidence = self._scene.code, request.form.get("evidence", "")
        command = EnterAnswer(target(code), self._request.number, None, said, evidence)
        try:
            commands.enter_answer(call.tx, command, call.actor, call.now)
        except EngineError as error:
            return self.show(entry, _beside(error)), STATUS_OF[error.kind]
        flash(_("Đã ghi nhận trả lời; hồ sơ đi tiếp."), "ok")
        return redirect(url_for(".of_dossier", code=code), 303)


def _beside(error: EngineError) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = error.details.get("fields") or {"_": [error.message]}
    return {name.removeprefix("answer."): texts for name, texts in fields.items()}
