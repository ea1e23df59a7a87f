"""The page of a task: its form with what was typed, and what surrounds it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import url_for

from api.web import jsonform
from api.web.dossier.acting import Subject
from api.web.dossier.digitising import Desk, may_digitise, may_sign
from api.web.dossier.head import drawn, head, shares
from api.web.dossier.issuing import Issuing
from api.web.dossier.options import causes, outages
from api.web.dossier.scene import Scene
from api.web.dossier.sheet import Sheet
from api.web.dossier.stale import meanwhile, target
from api.web.dossier.task_acts import TASK_ACTS
from api.web.dossier.viewing import Reader
from api.web.frame import render
from api.web.jsonform.fields import PREFIX
from bpmn.forms import Form
from bpmn.roles import ROLE_NAMES
from bpmn.steps import Step
from engine.life.guards import open_task
from engine.model.actor import may_work
from engine.model.alert import WHOLE
from engine.model.dossier import Task
from engine.queries.possible import TaskAct
from engine.queries.views import TaskView
from engine.store.drafts import Draft

CAUSE, OUTAGE = "overdue.cause", "overdue.outage"
_BESIDE = (TaskAct.CLAIM, TaskAct.RELEASE, TaskAct.DELEGATE, TaskAct.ASSIGN)


@dataclass
class Typed:
    """What stands in the form: texts by name, errors by path, and why it is late."""

    texts: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    late: Mapping[str, str] = field(default_factory=dict)
    late_error: str = ""
    sign_error: str = ""


@dataclass(frozen=True)
class TaskPage:
    """One open task of a dossier, looked at in one request."""

    scene: Scene
    task: Task

    @classmethod
    def of(cls, scene: Scene, place: int) -> "TaskPage":
        """Raises `TaskNotOpen`."""
        return cls(scene, open_task(scene.dossier, place))

    @property
    def step(self) -> Step:
        """What the diagram says of it."""
        return self.scene.found.procedure.places.steps[self.task.step]

    @cached_property
    def form(self) -> Form:
        """The form of its step."""
        return self.scene.found.procedure.form_of(self.step)

    @property
    def reader(self) -> Reader:
        """What is read beside the form: the paper at hand, else the first there is."""
        at_hand = [each.number for each in self.issuing.documents if each.file.pages]
        return Reader.of(self.scene, at_hand[0] if at_hand else None)

    @cached_property
    def issuing(self) -> Issuing:
        """Its papers."""
        return Issuing(self.scene, self.task, self.step)

    @cached_property
    def fields(self) -> jsonform.Field:
        """The form's fields; raises `FormUnshowable`."""
        return jsonform.read(self.form.schema)

    @cached_property
    def view(self) -> TaskView:
        """The task as the reader looks at it."""
        return next(each for each in self.scene.view.tasks if each.place == self.task.place)

    @property
    def is_late(self) -> bool:
        """Whether a cause of lateness will be demanded, as far as can be told beforehand."""
        dossier, now = self.scene.dossier, self.scene.call.now
        step = self.task.clock.is_overdue(now) and bool(self.task.clock.limit.amount)
        unsaid = self.task.place not in dossier.lateness
        return (step and unsaid) or (dossier.overdue and WHOLE not in dossier.lateness)

    def show(self, typed: Typed, draft: Draft | None = None) -> str:
        """The page."""
        scene, desk = self.scene, Desk(self.scene)
        subject = Subject(scene, target(scene.code), self.task)
        return render(
            "dossier/task.html",
            **head(scene),
            drawn=drawn(scene),
            shares=shares(scene),
            task=self.view,
            title=self.form.schema.get("title", self.task.name),
            shown=jsonform.show(self.fields, typed.texts, typed.errors),
            typed=typed,
            ask_cause=self.is_late or bool(typed.late_error),
            causes=causes(subject),
            outages=outages(subject),
            draft=draft,
            step=self.step,
            desk=desk,
            rows=desk.rows,
            may_digitise=may_digitise(scene),
            may_sign=may_sign(scene),
            issuing=self.issuing,
            reader=self.reader,
            sign_error=typed.sign_error,
            sheet=Sheet(scene),
            acts=[TASK_ACTS[act] for act in _BESIDE if act in self.view.may],
            may_complete=TaskAct.COMPLETE in self.view.may,
            obstacle=self.obstacle(),
            meanwhile=meanwhile(scene),
        )

    def obstacle(self) -> tuple[str, Sequence[str]]:
        """Why the reader may not do the task: a code for the template and what it tells of."""
        actor, task = self.scene.call.actor, self.task
        if pause := self.scene.dossier.suspended:
            return "paused", [self.scene.setting.pause_reason(pause.reason).name]
        if not may_work(actor, task):
            return "not_meant", [ROLE_NAMES[task.role]]
        if task.assignee not in (None, actor.id):
            return "taken", [self.scene.holders.get(task.assignee or 0, "")]
        if done := self.scene.done_by_me(task):
            return "four_eyes", done
        return "", []


def texts_of_draft(draft: Draft | None) -> dict[str, str]:
    """A draft's texts under the names that the page's fields have."""
    return {f"{PREFIX}.{name}": text for name, text in draft.texts.items()} if draft else {}


def draft_of_body(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What was typed so far, as a draft keeps it."""
    begin = f"{PREFIX}."
    return {
        name.removeprefix(begin): text for name, text in pairs if name.startswith(begin) and text
    }


def lateness(body: Mapping[str, str]) -> dict[str, Any] | None:
    """The cause of lateness that was given, with the outage if there was one."""
    cause, outage = body.get(CAUSE, ""), body.get(OUTAGE, "")
    if not cause:
        return None
    number = int(outage) if outage.isascii() and outage.isdecimal() and len(outage) < 16 else None
    return {"cause": cause[:64], **({"outage": number} if number else {})}


def next_path(scene: Scene) -> str | None:
    """The page of the next open task that the reader may do at once."""
    for task in scene.view.tasks:
        if TaskAct.COMPLETE in task.may:
            return url_for("task.show", code=scene.code, place=task.place)
    return None
