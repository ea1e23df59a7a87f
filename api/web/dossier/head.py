"""The head of a dossier's pages: where it stands, who has it, how much time is left, what next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from api.web.dossier.acting import N_
from api.web.dossier.dossier_acts import DOSSIER_ACTS
from api.web.dossier.scene import Scene
from api.web.language import gettext as _
from api.web.words import day, work
from engine.letters.alerts import matter
from engine.model.standing import Standing
from engine.model.status import Channel
from engine.queries.drawing import drawings
from engine.queries.possible import DossierAct, TaskAct
from engine.queries.views import TaskView

TABS = (
    ("dossier.show", N_("Công việc")),
    ("dossier.papers", N_("Giấy tờ")),
    ("documents.show", N_("Tài liệu")),
    ("dossier.money", N_("Phí, lệ phí")),
    ("dossier.time", N_("Thời hạn")),
    ("notices.show", N_("Tin báo")),
    ("dossier.history", N_("Lịch sử")),
)
_REQUESTS = (("requests_.of_dossier", N_("Liên thông")),)
"""Of dossiers that asked or told other software something."""
_TONES = {
    Standing.NEAR_DUE: "near",
    Standing.OVERDUE: "late",
    Standing.PAUSED: "paused",
    Standing.PAUSED_OVERDUE: "late",
    Standing.DONE: "done",
    Standing.DONE_LATE: "late",
}
CHANNELS = {
    Channel.ONLINE: N_("trực tuyến"),
    Channel.DIRECT: N_("trực tiếp tại quầy"),
    Channel.POSTAL: N_("qua bưu chính"),
}
_FIRST = (
    DossierAct.SUPPLEMENT,
    DossierAct.OBLIGATION,
    DossierAct.RESUME,
    DossierAct.GRANT_PAUSE,
)
"""What is to be done next where no task is."""


@dataclass(frozen=True)
class Link:
    """Somewhere to go, with what happens there."""

    path: str
    label: str
    icon: str


@dataclass(frozen=True)
class Remaining:
    """What is left of a time limit: in words, as the share used up (None: no bar), and a tone."""

    words: str
    used: float | None
    tone: str


def head(scene: Scene) -> dict[str, Any]:
    """What the layout of a dossier's pages needs."""
    return {
        "scene": scene,
        "dossier": scene.view,
        "owner": scene.said.get("owner") or {},
        "holders": scene.holders,
        "remaining": remaining(scene),
        "tabs": TABS + (_REQUESTS if scene.dossier.requests else ()),
        "primary": primary(scene),
        "others": list(others(scene)),
        "channel": _(CHANNELS[scene.view.channel]),
        "matter": matter,
    }


def drawn(scene: Scene) -> list[dict[str, Any]]:
    """The diagrams with their addresses and marks, as the page's script wants them."""
    return [
        {
            "source": url_for("dossier.diagram", code=scene.code, name=each.name),
            "title": each.title,
            "marks": {"current": each.current, "waiting": each.waiting, "done": each.done},
        }
        for each in drawings(scene.dossier, scene.found.procedure)
    ]


def primary(scene: Scene) -> Link | None:
    """The one thing to do next, if it is for the reader to do."""
    for task in scene.view.tasks:
        if TaskAct.COMPLETE in task.may:
            return Link(task_path(scene, task), task.name, "pen-line")
    return next((_link(scene, act) for act in _FIRST if act in scene.view.may), None)


def others(scene: Scene) -> Iterator[Link]:
    """What else may be done to the dossier."""
    first = primary(scene)
    for act in DOSSIER_ACTS:
        if act in scene.view.may and (link := _link(scene, act)) != first:
            yield link


def task_path(scene: Scene, task: TaskView) -> str:
    """Address of a task's page."""
    return url_for("task.show", code=scene.code, place=task.place)


def remaining(scene: Scene) -> Remaining:
    """How the dossier stands against its time limit."""
    dossier, now = scene.dossier, scene.call.now
    clock, tone = dossier.clock, _TONES.get(scene.view.standing, "")
    if clock is None:
        return Remaining(_(scene.view.standing_name), None, tone)
    spent = clock.consumed(scene.found.calendar, dossier.processed_at or now)
    used = spent / clock.budget if clock.budget else 1.0
    return Remaining(_words(scene, clock.due_at, now), used, tone)


def _words(scene: Scene, due: datetime, now: datetime) -> str:
    pauses = scene.view.pauses
    if scene.view.standing in (Standing.DONE, Standing.DONE_LATE):
        return _(scene.view.standing_name)
    if pauses and scene.view.standing in (Standing.PAUSED, Standing.PAUSED_OVERDUE):
        until = f", {_('đến')} {day(pauses[0].until)}" if pauses[0].until else ""
        return f"{_('tạm dừng')}: {pauses[0].name}{until}"
    return _left(scene, due, now)


def _left(scene: Scene, due: datetime, now: datetime) -> str:
    """In working time, as the inbox says it."""
    left = scene.found.calendar.working_time(now, due)
    return f"{_('còn') if due >= now else _('quá hạn')} {work(left)}"


def _link(scene: Scene, act: DossierAct) -> Link:
    form = DOSSIER_ACTS[act]
    path = url_for("dossier.ask", code=scene.code, act=form.path)
    return Link(path, _(form.title), form.icon)


def shares(scene: Scene) -> Mapping[int, Remaining]:
    """What is left of each open task's limit, by place."""
    return {task.place: _of_task(scene, task) for task in scene.view.tasks}


def _of_task(scene: Scene, task: TaskView) -> Remaining:
    now, clock = scene.call.now, scene.dossier.tasks[task.place].clock
    if clock.is_halted:
        return Remaining(_("tạm dừng"), None, "paused")
    if not clock.limit.amount:
        return Remaining(_("không gấp"), None, "")
    used = clock.consumed(scene.found.calendar, now) / clock.budget if clock.budget else 1.0
    late = task.due_at < now
    words = _left(scene, task.due_at, now)
    return Remaining(words, used, "late" if late else "near" if used >= 0.8 else "")
