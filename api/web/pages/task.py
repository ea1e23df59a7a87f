"""A task of a dossier: its form, drafts of it, and what else may be done with the task."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from api.converters import PLACE
from api.drafting import Brought, drawn_up, put_brought
from api.edge import Call
from api.problems import STATUS_OF
from api.services import services
from api.web import jsonform
from api.web.dossier.act_pages import ask_for, carry_out
from api.web.dossier.head import head
from api.web.dossier.prepared import Prepared
from api.web.dossier.scene import Scene
from api.web.dossier.stale import meanwhile, target
from api.web.dossier.task_acts import BY_PATH, TASK_ACTS
from api.web.dossier.task_page import (
    CAUSE,
    OUTAGE,
    TaskPage,
    Typed,
    draft_of_body,
    lateness,
    next_path,
    texts_of_draft,
)
from api.web.edge import acts, acts_apart, looks_at
from api.web.frame import render
from api.web.language import gettext as _
from api.web.words import moment
from bpmn.answers import answers
from bpmn.steps import Paper
from engine.commands import drafts, tasks
from engine.commands.acting import Target
from engine.commands.drafting import put_draft
from engine.deadlines.calendar import local
from engine.errors import EngineError, TaskNotOpen, signatures
from engine.errors.time import OverdueCauseNeeded
from engine.model.reading import Looked
from engine.queries.drafts import draft_of
from engine.queries.possible import TaskAct

routes = Blueprint("task", __name__, url_prefix=f"/ho-so/<code:code>/viec/<{PLACE}:place>")


@routes.get("")
@looks_at(Looked.TASK)
def show(call: Call, code: str, place: int) -> Any:
    """The task with its form, and one's draft of it."""
    scene = Scene.of(call, code)
    if place not in scene.dossier.tasks:
        flash(TaskNotOpen(code=code, place=place).message, "error")
        return redirect(url_for("dossier.show", code=code), 303)
    draft = draft_of(call.tx, scene.found, place, call.actor)
    return TaskPage.of(scene, place).show(Typed(texts_of_draft(draft)), draft)


@routes.post("")
@acts_apart
def complete(call: Call, code: str, place: int) -> Any:
    """Hand the form in; the dossier moves on, and one with it.

    Where papers are drawn up, signed or sealed with it, that is done between transactions.
    """
    with services().database.reading() as tx:
        page = _page(replace(call, tx=tx), code, place)
        prepared = _prepared(page) if page else None
    if page is None or prepared is None:
        return _complete_at_once(code=code, place=place)
    try:
        prepared.do(call)
    except EngineError as refused:
        return _again(call, page, prepared.typed, refused)
    with services().database.reading() as tx:
        return redirect(_onward(Scene.of(replace(call, tx=tx), code), page.task.name), 303)


def _page(call: Call, code: str, place: int) -> TaskPage | None:
    scene = Scene.of(call, code)
    return TaskPage.of(scene, place) if place in scene.dossier.tasks else None


def _prepared(page: TaskPage) -> Prepared | None:
    """What is to be done with papers before the form is handed in; None where nothing is, or where
    the form is not right yet."""
    document, typed = _entered(page)
    if typed.errors or jsonform.asks_for_rows(request.form):
        return None
    command = tasks.CompleteTask(
        target(page.scene.code), page.task.place, document, lateness(request.form)
    )
    return Prepared.of(page, command, typed)


def _again(call: Call, page: TaskPage, typed: Typed, refused: EngineError) -> Any:
    """The page once more, with all that was typed but secrets."""
    with services().database.reading() as tx:
        scene = Scene.of(replace(call, tx=tx), page.scene.code)
        if page.task.place not in scene.dossier.tasks:
            gone = TaskNotOpen(code=scene.code, place=page.task.place)
            return _gone(scene, gone), 409
        _refuse(typed, refused)
        return TaskPage.of(scene, page.task.place).show(typed), STATUS_OF[refused.kind]


def _entered(page: TaskPage) -> tuple[dict[str, Any], Typed]:
    entry = jsonform.enter(page.fields, request.form.items(multi=True))
    errors = {**page.form.errors(entry.document), **entry.errors}
    return entry.document, Typed(entry.texts, errors, _late())


@acts
def _complete_at_once(call: Call, code: str, place: int) -> Any:
    """Hand the form in, in one transaction."""
    scene = Scene.of(call, code)
    if place not in scene.dossier.tasks:
        return _gone(scene, TaskNotOpen(code=code, place=place)), 409
    page = TaskPage.of(scene, place)
    document, typed = _entered(page)
    if jsonform.asks_for_rows(request.form):
        typed.texts, typed.errors = jsonform.with_rows(typed.texts, request.form), {}
        return page.show(typed), 422
    if typed.errors:
        return page.show(typed), 422
    return _complete(call, page, document, typed)


def _complete(call: Call, page: TaskPage, document: dict[str, Any], typed: Typed) -> Any:
    code, place = page.scene.code, page.task.place
    command = tasks.CompleteTask(target(code), place, document, lateness(request.form))
    try:
        tasks.complete_task(call.tx, command, call.actor, call.now)
    except TaskNotOpen as refused:
        return _gone(Scene.of(call, code), refused), 409
    except EngineError as refused:
        _refuse(typed, refused)
        return TaskPage.of(Scene.of(call, code), place).show(typed), STATUS_OF[refused.kind]
    return redirect(_onward(Scene.of(call, code), page.task.name), 303)


@routes.post("/soan")
@acts_apart
def draw_up(call: Call, code: str, place: int) -> Any:
    """Draw up a paper from what was typed so far, to look at it."""
    with services().database.reading() as tx:
        page = _page(replace(call, tx=tx), code, place)
        if page is None:
            flash(TaskNotOpen(code=code, place=place).message, "error")
            return redirect(url_for("dossier.show", code=code), 303)
        document, typed = _entered(page)
        asked = page.issuing.asked(_paper(page), document)
    try:
        put = drawn_up(code, asked, call.actor)
        with services().database.transaction() as tx:
            put_draft(tx, put, call.actor, call.now)
    except EngineError as refused:
        return _again(call, page, typed, refused)
    typed.errors = {}
    with services().database.reading() as tx:
        flash(_("Đã soạn dự thảo. Hãy đọc ở cột bên, sửa biểu mẫu rồi soạn lại nếu cần."), "ok")
        return TaskPage.of(Scene.of(replace(call, tx=tx), code), place).show(typed)


@routes.post("/tai-du-thao")
@acts_apart
def bring(call: Call, code: str, place: int) -> Any:
    """Make a PDF that was made elsewhere the draft."""
    here = redirect(url_for("task.show", code=code, place=place), 303)
    with services().database.reading() as tx:
        page = _page(replace(call, tx=tx), code, place)
        paper = _paper(page) if page else None
    try:
        if paper is not None:
            brought = Brought(place, paper, request.form.get("upload", "")[:64])
            put_brought(call, Target(code), brought)
            flash(_("Đã dùng tệp làm dự thảo."), "ok")
    except EngineError as refused:
        flash(refused.message, "error")
    return here


def _paper(page: TaskPage) -> Paper:
    """The paper that the form names, of those that are drawn up here."""
    named = request.form.get("paper", "")
    found = next((paper for paper in page.step.drafts if paper == named), None)
    if found is None:
        raise NotFound
    return found


def _refuse(typed: Typed, refused: EngineError) -> None:
    """Say a refusal where it belongs: beside the cause of lateness, a field, or the whole form."""
    if isinstance(refused, OverdueCauseNeeded) or refused.code in (
        "outage_needed",
        "outage_unknown",
    ):
        typed.late_error = refused.message
    if type(refused).__module__ == signatures.__name__:
        typed.sign_error = refused.message
    typed.errors = refused.details.get("fields") or {"_": [refused.message]}


def _late() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in (CAUSE, OUTAGE)}


def _onward(scene: Scene, done: str) -> str:
    """Where to go when a task is done: to the next one here, else to the inbox."""
    link = Markup('<a href="{}">{}</a>').format(
        url_for("dossier.show", code=scene.code), scene.code
    )
    flash(Markup(_("Đã hoàn thành «{task}» của hồ sơ {link}.")).format(task=done, link=link), "ok")  # noqa: S704 - a text of ours
    return next_path(scene) or "/viec"


def _gone(scene: Scene, refused: EngineError) -> str:
    """What to say when someone else was faster; what was typed can still be copied."""
    typed = draft_of_body(request.form.items(multi=True))
    return render(
        "dossier/gone.html",
        **head(scene),
        sentence=refused.message,
        typed=answers(typed),
        meanwhile=meanwhile(scene),
    )


@routes.post("/nhap")
@acts
def save_draft(call: Call, code: str, place: int) -> Any:
    """Keep what was typed so far: by button, or by the script every few moments."""
    by_script = request.accept_mimetypes.best == "application/json"
    command = drafts.SaveDraft(code, place, draft_of_body(request.form.items(multi=True)))
    try:
        saved = drafts.save_draft(call.tx, command, call.actor, call.now)
    except EngineError as refused:
        if not by_script:
            raise
        return jsonify(message=refused.message), STATUS_OF[refused.kind]
    if by_script:
        return jsonify(message=f"{_('Đã lưu nháp')} {local(saved.saved_at):%H:%M}")
    flash(f"{_('Đã lưu nháp lúc')} {moment(saved.saved_at)}.", "ok")
    return redirect(url_for("task.show", code=code, place=place), 303)


@routes.post("/bo-nhap")
@acts
def drop_draft(call: Call, code: str, place: int) -> Any:
    """Begin anew."""
    drafts.drop_draft(call.tx, code, place, call.actor)
    flash(_("Đã bỏ bản nháp."), "ok")
    return redirect(url_for("task.show", code=code, place=place), 303)


@routes.get("/<act>")
@looks_at(Looked.TASK)
def ask(call: Call, code: str, place: int, act: str) -> Any:
    """The form of an act on the task."""
    scene, wanted = Scene.of(call, code), _known(act)
    open_ = place in scene.dossier.tasks
    if not open_ or wanted not in TaskPage.of(scene, place).view.may:
        flash(_("Hiện không làm được việc này với hồ sơ. Đây là tình trạng mới nhất."), "error")
        return redirect(url_for("dossier.show", code=code), 303)
    return ask_for(scene, TASK_ACTS[wanted], place)


@routes.post("/<act>")
@acts
def do(call: Call, code: str, place: int, act: str) -> Any:
    """Do it."""
    return carry_out(Scene.of(call, code), TASK_ACTS[_known(act)], place)


def _known(path: str) -> TaskAct:
    if path not in BY_PATH:
        raise NotFound
    return BY_PATH[path]
