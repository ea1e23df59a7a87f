"""Work on the tasks of a dossier."""

from typing import Any

from api.converters import PLACE
from api.documenting import Blueprint
from api.edge import Call, reads, target, writes
from api.fields import Nothing
from api.v1.dossiers import ETAG, standing
from api.v1.schemas.dossiers import FormIn, ReturnIn, StandingOut
from api.v1.schemas.tasks import CandidateListOut, HandIn, PressIn, TaskDetailOut, TaskListOut
from engine.commands import supervising, tasks
from engine.errors import TaskNotOpen
from engine.model.dossier import Task
from engine.model.reading import Looked
from engine.queries import dossiers, people
from engine.queries.views import task_view

routes = Blueprint(
    "tasks",
    __name__,
    url_prefix="/dossiers/<code:code>/tasks",
    description="Việc của một hồ sơ.",
)
_ONE = f"/<{PLACE}:place>"
_REFUSALS = (403, 404, 409, 412)


@routes.get("")
@reads(404, looks_at=Looked.TASK)
@routes.response(200, TaskListOut)
def list_tasks(call: Call, code: str) -> dict[str, Any]:
    """List the open tasks of a dossier.

    Các việc đang mở, và việc nào bạn có thể làm.
    """
    found = dossiers.find(call.tx, code, call.actor)
    opened = found.dossier.tasks.values()
    return {"items": [task_view(found.dossier, t, found.setting, call.actor) for t in opened]}


@routes.get(_ONE)
@reads(404, 409, looks_at=Looked.TASK)
@routes.response(200, TaskDetailOut)
def show_task(call: Call, code: str, place: int) -> dict[str, Any]:
    """Show an open task with its form.

    Một việc đang mở với biểu mẫu (JSON Schema) và việc bạn có thể làm.
    """
    found = dossiers.find(call.tx, code, call.actor)
    task = _task(found, place)
    form = found.procedure.form_of(found.procedure.places.steps[task.step])
    names = people.names_of(call.tx, [task.assignee])
    return {
        **vars(task_view(found.dossier, task, found.setting, call.actor)),
        "assignee_name": names.get(task.assignee) if task.assignee else None,
        "form": form.schema,
    }


@routes.get(f"{_ONE}/candidates")
@reads(404, 409, looks_at=Looked.TASK)
@routes.response(200, CandidateListOut)
def list_candidates(call: Call, code: str, place: int) -> dict[str, Any]:
    """List the people whom a task is meant for.

    Những người có thể được giao việc này.
    """
    task = _task(dossiers.find(call.tx, code, call.actor), place)
    return {"items": people.candidates(call.tx, task)}


@routes.post(f"{_ONE}/claim")
@writes(*_REFUSALS, revised=True)
@routes.arguments(Nothing, required=False)
@routes.response(200, StandingOut, headers=ETAG)
def claim(call: Call, body: dict[str, Any], code: str, place: int) -> Any:
    """Take a free task for oneself.

    Nhận việc.
    """
    command = tasks.OnTask(target(code), place)
    return standing(call, tasks.claim_task(call.tx, command, call.actor, call.now))


@routes.post(f"{_ONE}/release")
@writes(*_REFUSALS, revised=True)
@routes.arguments(Nothing, required=False)
@routes.response(200, StandingOut, headers=ETAG)
def release(call: Call, body: dict[str, Any], code: str, place: int) -> Any:
    """Put back a task that one holds.

    Trả việc lại cho đơn vị.
    """
    command = tasks.OnTask(target(code), place)
    return standing(call, tasks.release_task(call.tx, command, call.actor, call.now))


@routes.post(f"{_ONE}/assign")
@writes(*_REFUSALS, revised=True)
@routes.arguments(HandIn)
@routes.response(200, StandingOut, headers=ETAG)
def assign(call: Call, body: dict[str, Any], code: str, place: int) -> Any:
    """As a supervisor, give a task to someone.

    Lãnh đạo giao việc, dù ai đang giữ.
    """
    command = tasks.HandTask(target(code), place, **body)
    return standing(call, tasks.assign_task(call.tx, command, call.actor, call.now))


@routes.post(f"{_ONE}/press")
@writes(*_REFUSALS, revised=True)
@routes.arguments(PressIn)
@routes.response(200, StandingOut, headers=ETAG)
def press(call: Call, body: dict[str, Any], code: str, place: int) -> Any:
    """As a supervisor, press whoever has a task.

    Đôn đốc người đang giữ việc (hoặc những người có thể nhận khi chưa ai giữ), kèm lời nhắn; mỗi
    việc không quá một lần trong một giờ.
    """
    command = supervising.PressTask(target(code), place, **body)
    return standing(call, supervising.press_task(call.tx, command, call.actor, call.now))


@routes.post(f"{_ONE}/delegate")
@writes(*_REFUSALS, revised=True)
@routes.arguments(HandIn)
@routes.response(200, StandingOut, headers=ETAG)
def delegate(call: Call, body: dict[str, Any], code: str, place: int) -> Any:
    """Hand a task that one holds to a colleague.

    Ủy quyền việc đang giữ cho đồng nghiệp.
    """
    command = tasks.HandTask(target(code), place, **body)
    return standing(call, tasks.delegate_task(call.tx, command, call.actor, call.now))


@routes.post(f"{_ONE}/complete")
@writes(*_REFUSALS, revised=True)
@routes.arguments(FormIn)
@routes.response(200, StandingOut, headers=ETAG)
def complete(call: Call, body: dict[str, Any], code: str, place: int) -> Any:
    """Complete a task.

    Hoàn thành việc với biểu mẫu đã điền; hồ sơ đi tiếp.
    """
    command = tasks.CompleteTask(target(code), place, **body)
    return standing(call, tasks.complete_task(call.tx, command, call.actor, call.now))


@routes.post(f"{_ONE}/return")
@writes(*_REFUSALS, revised=True)
@routes.arguments(ReturnIn)
@routes.response(200, StandingOut, headers=ETAG)
def return_(call: Call, body: dict[str, Any], code: str, place: int) -> Any:
    """Return a dossier to an earlier step.

    Trả hồ sơ về bước trước mà quy trình cho phép, với lý do.
    """
    command = tasks.ReturnTask(target(code), place, **body)
    return standing(call, tasks.return_task(call.tx, command, call.actor, call.now))


def _task(found: dossiers.Found, place: int) -> Task:
    if place not in found.dossier.tasks:
        raise TaskNotOpen(code=found.dossier.code, place=place)
    return found.dossier.tasks[place]
