"""The small form of an act: shown with what will happen, and again with what is wrong."""

from typing import Any

from flask import flash, redirect, url_for

from api.problems import STATUS_OF
from api.web.dossier.acting import ActForm, Subject
from api.web.dossier.head import head
from api.web.dossier.scene import Scene
from api.web.dossier.stale import meanwhile, target
from api.web.entered import Entered, nothing_yet, read
from api.web.frame import render
from api.web.language import gettext as _
from engine.errors import EngineError
from engine.life.guards import open_task
from engine.model.dossier import Task

_FIELDS = {
    "pause_needs_evidence": "evidence.document",
    "pause_until_needed": "until",
    "pause_until_invalid": "until",
    "extension_date_invalid": "until",
    "outage_needed": "outage",
}
"""Beside which field a refusal stands, by its code."""


def ask_for(scene: Scene, form: ActForm, place: int | None = None) -> str:
    """The form with nothing in it yet."""
    return _page(_subject(scene, place), form, nothing_yet())


def carry_out(scene: Scene, form: ActForm, place: int | None = None) -> Any:
    """Do what the form asks for; or show it again with everything that was typed."""
    subject, entered, status = _subject(scene, place), read(form.schema), 422
    if entered.is_good:
        try:
            form.run(subject, entered.data)
            flash(_(form.done), "ok")
            return redirect(_back(scene, place, form), 303)
        except EngineError as refused:
            status = STATUS_OF[refused.kind]
            _refuse(entered, refused)
    _move(entered.errors, "evidence", "evidence.document")
    fresh = Scene.of(scene.call, scene.code)
    return _page(_subject(fresh, None), form, entered, subject.task), status


def _subject(scene: Scene, place: int | None) -> Subject:
    task = None if place is None else open_task(scene.dossier, place)
    return Subject(scene, target(scene.code), task)


def _page(subject: Subject, form: ActForm, entered: Entered, task: Task | None = None) -> str:
    subject = Subject(subject.scene, subject.target, task or subject.task)
    chosen = {ask.name: ask.options(subject) for ask in form.asks if ask.options}
    return render(
        "dossier/act.html",
        **head(subject.scene),
        form=form,
        task=subject.task,
        happens=form.happens(subject),
        options=chosen,
        entered=entered,
        labels={ask.name: _(ask.label) for ask in form.asks},
        meanwhile=meanwhile(subject.scene),
    )


def _back(scene: Scene, place: int | None, form: ActForm) -> str:
    """To the task if it can still be looked at, else to where the form belongs."""
    if place is not None:
        return url_for("task.show", code=scene.code, place=place)
    return url_for(form.back, code=scene.code)


def _refuse(entered: Entered, refused: EngineError) -> None:
    field = _FIELDS.get(refused.code)
    if field is None:
        entered.refuse(refused)
    else:
        entered.errors[field] = [refused.message]


def _move(errors: dict[str, Any], name: str, to: str) -> None:
    if name in errors:
        errors[to] = errors.pop(name)
