"""One draft: its files, what lint says of them, and the way into force."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, request
from werkzeug.exceptions import NotFound

from api.edge import Call
from api.fields import Day, Flag, In, Text
from api.services import services
from api.v1.schemas.procedures import FILE_NAME, MAX_FILE, VersionDigest
from api.web.edge import acts, reads
from api.web.entered import Entered, nothing_yet, read
from api.web.language import gettext as _
from api.web.pages.admin.procedure import differing
from api.web.pages.admin.scope import show, shown_revision
from bpmn.adopting import Remark
from bpmn.procedure import DIAGRAM_FILE
from engine.commands.adopting import open_points_of
from engine.commands.procedure_drafts import (
    PublishDraft,
    SaveFiles,
    check_draft,
    discard_draft,
    in_sight,
    publish_draft,
    save_files,
)
from engine.commands.putting_in_force import MOST_DECISION, may_decide
from engine.errors import EngineError, ProcedureRefused
from engine.model.actor import Permission
from engine.model.procedure_draft import DRAFT_STATE_NAMES, ProcedureDraft
from engine.queries.agencies import name_of as agency_name
from engine.queries.drawing import name_of
from engine.queries.people import names_of
from engine.queries.procedure_differences import compare_draft, replaced_by
from engine.queries.procedure_findings import named
from engine.queries.procedures import name_of as procedure_name

routes = Blueprint("admin_procedure_draft", __name__)
ONE = "/quan-tri/ban-thao/<number:draft>"
FILE, CHECK = "tep", "check"
MOST_LACKING = 100
"""So many open points are listed, the rest counted."""


class FileIn(In):
    """A file as it was written; `act` says whether it is to be checked at once or removed."""

    name = Text(100, 1, pattern=FILE_NAME, required=True)
    text = Text(MAX_FILE, load_default="")
    act = Text(10, load_default="")


class PublishIn(In):
    """On which decision, from which day, in the place of what."""

    decision = Text(MOST_DECISION, 1, required=True)
    effective_from = Day(load_default=None)
    replaces = VersionDigest(load_default=None)
    sure = Flag(load_default=False)


@routes.get(ONE)
@reads
def index(call: Call, draft: int) -> str:
    """The draft, with one of its files open."""
    return draft_page(call, in_sight(call.tx, draft, call.actor))


@routes.post(f"{ONE}/tep")
@acts
def write(call: Call, draft: int) -> Any:
    """Keep a file as it was written, or remove it; perhaps check all at once."""
    entered = read(FileIn)
    typed = request.form.get("text", "").replace("\r\n", "\n")
    name = entered.values.get("name", "")
    if entered.is_good:
        text = None if entered.values.get("act") == "remove" else typed
        command = SaveFiles(draft, {name: text}, shown_revision())
        try:
            save_files(call.tx, command, call.actor, call.now)
            if entered.values.get("act") == CHECK:
                check_draft(call.tx, draft, None, call.actor, call.now)
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        found = in_sight(call.tx, draft, call.actor)
        return draft_page(call, found, entered, (name, typed)), 422
    flash(_("Đã lưu %(name)s.") % {"name": name}, "ok")
    return redirect(f"{_at(draft)}?{FILE}={name}", 303)


@routes.post(f"{ONE}/kiem-tra")
@acts
def check(call: Call, draft: int) -> Any:
    """Let lint look at it."""
    check_draft(call.tx, draft, shown_revision(), call.actor, call.now)
    return redirect(f"{_at(draft)}#kiem-tra", 303)


@routes.post(f"{ONE}/ban-hanh")
@acts
def publish(call: Call, draft: int) -> Any:
    """Put it in force."""
    entered = read(PublishIn)
    found = in_sight(call.tx, draft, call.actor)
    if entered.is_good:
        said = entered.data
        command = PublishDraft(
            draft,
            said["decision"],
            said["effective_from"],
            said["replaces"] if said["sure"] else None,
            shown_revision(),
            services().settings.procedure_four_eyes,
        )
        try:
            publish_draft(call.tx, command, call.actor, call.now)
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        return draft_page(call, found, entered), 422
    flash(_("Đã ban hành. Hồ sơ nhận từ ngày có hiệu lực theo phiên bản mới."), "ok")
    return redirect(f"/quan-tri/thu-tuc/{found.procedure}", 303)


@routes.post(f"{ONE}/bo")
@acts
def discard(call: Call, draft: int) -> Any:
    """Let nothing come of it."""
    found = in_sight(call.tx, draft, call.actor)
    discard_draft(call.tx, draft, shown_revision(), call.actor, call.now)
    flash(_("Đã bỏ bản thảo."), "ok")
    return redirect(f"/quan-tri/thu-tuc?{FILE}=&q={found.procedure}", 303)


@routes.get(f"{ONE}/so-sanh")
@reads
def compare(call: Call, draft: int) -> str:
    """The draft beside the version that it would replace."""
    found = in_sight(call.tx, draft, call.actor)
    compared = compare_draft(call.tx, found, call.now)
    old = f"/quan-tri/thu-tuc/{found.procedure}/ban-ve/{compared.old}"
    return show(
        call,
        "procedure_compared.html",
        code=found.procedure,
        name=procedure_name(call.tx, found.procedure),
        back=_at(draft),
        titles=(compared.old or "")[:12],
        new_title=_("bản thảo số %(number)s") % {"number": draft},
        **differing(compared, old, f"{_at(draft)}/ban-ve"),
    )


@routes.get(f"{ONE}/ban-ve/<code:name>")
@reads
def drawing(call: Call, draft: int, name: str) -> Response:
    """The XML of one of its drawings."""
    files = in_sight(call.tx, draft, call.actor).files
    found = {name_of(file): text for file, text in files.items() if file.endswith(".bpmn")}
    if name not in found:
        raise NotFound
    return Response(found[name], content_type="application/xml; charset=utf-8")


def _at(draft: int) -> str:
    return f"/quan-tri/ban-thao/{draft}"


def draft_page(
    call: Call,
    draft: ProcedureDraft,
    entered: Entered | None = None,
    typed: tuple[str, str] | None = None,
    **more: Any,
) -> str:
    """The page of a draft: a form as it was filled in, a file as it was typed, and what more the
    template shows."""
    name = typed[0] if typed else request.args.get(FILE, "")
    if name not in draft.files and not typed:
        name = "facts.toml" if "facts.toml" in draft.files else next(iter(draft.files), "")
    findings = named(draft.findings, draft.files)
    now = replaced_by(call.tx, draft, call.now)
    return show(
        call,
        "procedure_draft.html",
        draft=draft,
        here=_at(draft.id),
        name=procedure_name(call.tx, draft.procedure),
        where=agency_name(call.tx, draft.agency) if draft.agency else _("Danh mục chung"),
        state_name=_(DRAFT_STATE_NAMES[draft.state]),
        people=names_of(call.tx, (draft.opened_by, draft.changed_by, draft.checked_by)),
        file=name,
        text=typed[1] if typed else draft.files.get(name, ""),
        is_drawing=name.endswith(".bpmn"),
        drawn=f"{_at(draft.id)}/ban-ve/{name_of(DIAGRAM_FILE)}",
        findings=findings,
        beside=[each for each in findings if each.finding.file.endswith(name)],
        outdated=now not in (None, draft.base_version),
        replaces=now,
        writes=may_decide(call.tx, call.actor, Permission.PROCEDURE_DRAFT, draft.agency),
        publishes=may_decide(call.tx, call.actor, Permission.PROCEDURE_DEPLOY, draft.agency),
        entered=entered or nothing_yet(),
        lacking=_lacking(draft),
        most_lacking=MOST_LACKING,
        **more,
    )


def _lacking(draft: ProcedureDraft) -> list[tuple[str, Remark]]:
    """What a draft that can be changed still lacks, with the file; of one whose drawing cannot be
    read nothing is known."""
    if not draft.is_open:
        return []
    try:
        found = open_points_of(draft)
    except ProcedureRefused:
        return []
    return [(file, point) for file, points in found.items() for point in points]
