"""One task of the inbox: take it, put it back, hand it to someone else; each can be undone."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug import Response as AnyResponse

from api.converters import PLACE
from api.edge import Call
from api.v1.schemas.tasks import HandIn
from api.web.edge import acts, came_from, reads
from api.web.entered import Entered, nothing_yet, read
from api.web.frame import render
from api.web.language import gettext as _
from api.web.session import within
from engine.commands.acting import Target
from engine.commands.tasks import (
    HandTask,
    OnTask,
    assign_task,
    claim_task,
    delegate_task,
    release_task,
)
from engine.errors import TaskNotOpen
from engine.model.actor import Permission, may
from engine.model.dossier import Task
from engine.queries import dossiers, people

routes = Blueprint("inbox_acts", __name__, url_prefix=f"/viec/<code:code>/<{PLACE}:place>")


@routes.post("/nhan")
@acts
def claim(call: Call, code: str, place: int) -> AnyResponse:
    """Take a free task."""
    dossier = claim_task(call.tx, OnTask(Target(code), place), call.actor, call.now)
    said = _("Đã nhận việc «{name}» của hồ sơ {code}.")
    _tell(said, dossier.tasks[place], code, url_for(".release", code=code, place=place))
    return redirect(came_from(), 303)


@routes.post("/tra")
@acts
def release(call: Call, code: str, place: int) -> AnyResponse:
    """Put back a task that one holds."""
    dossier = release_task(call.tx, OnTask(Target(code), place), call.actor, call.now)
    said = _("Đã trả việc «{name}» của hồ sơ {code} về đơn vị.")
    _tell(said, dossier.tasks[place], code, url_for(".claim", code=code, place=place))
    return redirect(came_from(), 303)


@routes.get("/chuyen")
@reads
def choose(call: Call, code: str, place: int) -> str:
    """Whom to hand a task to."""
    return _page(call, code, place, nothing_yet())


@routes.post("/chuyen")
@acts
def hand(call: Call, code: str, place: int) -> Any:
    """Hand it over: supervisors any task, others the one that they hold."""
    entered = read(HandIn)
    if not entered.is_good:
        return _page(call, code, place, entered), 422
    command = HandTask(Target(code), place, **entered.data)
    found = dossiers.find(call.tx, code, call.actor)
    assigns = may(call.actor, Permission.TASK_ASSIGN, found.dossier)
    do = assign_task if assigns else delegate_task
    dossier = do(call.tx, command, call.actor, call.now)
    name = people.names_of(call.tx, [command.assignee])[command.assignee]
    said = _("Đã giao việc «{name}» của hồ sơ {code} cho {who}.")
    flash(said.format(name=dossier.tasks[place].name, code=code, who=name), "done")
    return redirect(_back(), 303)


def _page(call: Call, code: str, place: int, entered: Entered) -> str:
    found = dossiers.find(call.tx, code, call.actor)
    task = found.dossier.tasks.get(place)
    if task is None:
        raise TaskNotOpen(code=code, place=place)
    persons = [p for p in people.candidates(call.tx, task) if p.id != task.assignee]
    return render(
        "inbox/hand.html",
        entered=entered,
        code=code,
        task=task,
        people=[(person.id, person.full_name) for person in persons],
        back=_back(),
    )


def _back() -> str:
    """The list one came from."""
    return within(request.args.get("tu")) or url_for("inbox.index")


def _tell(said: str, task: Task, code: str, undo: str) -> None:
    """Say what was done, with a button that undoes it."""
    flash({"text": said.format(name=task.name, code=code), "undo": undo}, "done")  # type: ignore[arg-type]
