"""What may be done with an open task, beside filling in its form."""

from collections.abc import Callable, Mapping
from typing import Any

from api.fields import Nothing
from api.v1.schemas.tasks import HandIn
from api.web.dossier import options, sentences
from api.web.dossier.acting import N_, ActForm, Ask, Subject
from engine.commands import tasks
from engine.model.dossier import Dossier
from engine.queries.possible import TaskAct


def _run(act: Callable[..., Dossier], command: Callable[..., Any]) -> Callable[..., Dossier]:
    def run(subject: Subject, data: dict[str, Any]) -> Dossier:
        call, place = subject.scene.call, subject.task.place if subject.task else 0
        return act(call.tx, command(subject.target, place, **data), call.actor, call.now)

    return run


_WHOM = Ask("assignee", N_("Giao cho"), "select", required=True, options=options.candidates)
_MESSAGE = Ask("note", N_("Lời nhắn"))

TASK_ACTS: Mapping[TaskAct, ActForm] = {
    TaskAct.CLAIM: ActForm(
        "nhan",
        N_("Nhận việc"),
        N_("Nhận việc"),
        N_("Bạn đã nhận việc này."),
        Nothing,
        _run(tasks.claim_task, tasks.OnTask),
        sentences.nothing_more,
        icon="user-check",
    ),
    TaskAct.RELEASE: ActForm(
        "tra-lai",
        N_("Trả việc lại cho đơn vị"),
        N_("Trả việc lại"),
        N_("Việc đã trở lại danh sách chưa ai nhận."),
        Nothing,
        _run(tasks.release_task, tasks.OnTask),
        sentences.nothing_more,
        icon="undo-2",
    ),
    TaskAct.DELEGATE: ActForm(
        "uy-quyen",
        N_("Ủy quyền việc cho đồng nghiệp"),
        N_("Ủy quyền"),
        N_("Đã ủy quyền việc."),
        HandIn,
        _run(tasks.delegate_task, tasks.HandTask),
        sentences.delegate,
        (_WHOM, _MESSAGE),
        "users",
    ),
    TaskAct.ASSIGN: ActForm(
        "giao",
        N_("Giao việc"),
        N_("Giao việc"),
        N_("Đã giao việc."),
        HandIn,
        _run(tasks.assign_task, tasks.HandTask),
        sentences.assign,
        (_WHOM, _MESSAGE),
        "user-plus",
    ),
}
"""By act. Completing and returning are done with the task's own form."""
BY_PATH = {form.path: act for act, form in TASK_ACTS.items()}
